import { expect, test } from "vitest";
import { splitAuthors } from "./split-authors.ts";
import { plainAccents } from "./tex-accents.ts";

test.each<[string, string[]]>([
  ["Ada A., Ben B. and Cleo C.", ["Ada A.", "Ben B.", "Cleo C."]],
  ["Ada A. (1), Ben B. (1 and 2) ((1) Somewhere, (2) Elsewhere (Here))", ["Ada A.", "Ben B."]],
  ["Ada A., Jr., Ben B. III", ["Ada A. Jr.", "Ben B. III"]],
  ["The Example Collaboration: Ada A., Ben B.", ["The Example Collaboration", "Ada A.", "Ben B."]],
  ["Ada A.,\n  Ben B.\n  and Cleo C. (never closed", ["Ada A.", "Ben B.", "Cleo C."]],
  ['J\\"urgen M{\\"u}ller and Andr\\\'e Anderson', ["Jürgen Müller", "André Anderson"]],
  ["Sandy Brandt", ["Sandy Brandt"]],
  [" , ", []],
])("%s", (line, names) => {
  expect(splitAuthors(line)).toEqual(names);
});

test.each([
  ['Schr\\"odinger', "Schrödinger"],
  ["\\'{E}tale {\\'e}tale \\'e", "Étale étale é"],
  ["Erd\\H{o}s, \\v{C}ech, \\c{c}a, {\\v c}", "Erdős, Čech, ça, č"],
  ['\\AA ngstr\\"om, Stra\\ss{}e, \\O{}re, {\\o}re, \\L{}ukasiewicz', "Ångström, Straße, Øre, øre, Łukasiewicz"],
  ['na\\"{\\i}ve', "naïve"],
  ["$\\hat{o}$ and $\\vec u$ stay, \\'o does not", "$\\hat{o}$ and $\\vec u$ stay, ó does not"],
  ["\\textbf{bold} \\cite{a} \\over", "\\textbf{bold} \\cite{a} \\over"],
  ["no backslash", "no backslash"],
])("%s becomes letters", (tex, text) => {
  expect(plainAccents(tex)).toBe(text);
});
