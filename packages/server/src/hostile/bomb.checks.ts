/** Texts made to be expensive: each is rendered within a bound, into HTML without live parts, and never with an error. */
import { COMMENT_LIMITS } from "@paperwire/domain";
import { expect, it } from "vitest";
import { COMMENT_HTML_CHARS, renderComment } from "../talk/render-comment.ts";
import { formulaToMathml } from "../typeset/formula.ts";
import { livePartsOf } from "./live-parts.ts";

/** Ten times what the slowest takes on a busy machine; what is quadratic over 100 kB takes minutes. */
const BOUND_MS = 2_000;
const BYTES = 100_000;

const full = (part: string, most = BYTES) => part.repeat(Math.ceil(most / part.length)).slice(0, most);

const MARKDOWN: Readonly<Record<string, string>> = {
  "opening brackets": full("["),
  "brackets that close": full("[]"),
  "nested links": full("[a](") + full(")"),
  "pictures in pictures": full("!["),
  "link titles": full('[x](y "'),
  "angle brackets": full("<"),
  "half tags": full("<a "),
  "comments of HTML": full("<!--"),
  "processing instructions": full("<?"),
  "HTML blocks": full("<div>\n\n"),
  "quotes in quotes": full("> "),
  "quotes, a line each": full(">\n"),
  "lists in lists": Array.from({ length: 400 }, (_, at) => `${"  ".repeat(at)}- x`).join("\n"),
  "numbered lists": full("1. "),
  emphasis: full("*_*_"),
  stars: full("*"),
  "stars and words": full("*a **b "),
  struck: full("~~a~"),
  "backticks of rising length": Array.from({ length: 400 }, (_, at) => "`".repeat(at)).join(" "),
  backslashes: full("\\"),
  entities: full("&lt;"),
  "half entities": full("&"),
  "numbers of signs": full("&#x10ffff;"),
  "a huge table": `${full("|a", 2_000)}|\n${full("|-", 2_000)}|\n${full("|b", 90_000)}|`,
  "tables in rows": `|a|\n|-|\n${full("|b|\n")}`,
  definitions: full("[a]: b\n"),
  "definitions used": `[a]: http://x.example/${full("x", 1_000)}\n\n${full("[a]", 8_000)}`,
  mentions: full("@ada "),
  "mentions without space": full("@ada"),
  addresses: full("https://x.example/"),
  "address after address": full("https://x.example/ "),
  "brackets in addresses": `https://x.example/${full("(")}`,
  headings: full("# "),
  "lines of a heading": full("a\n=\n"),
  rules: full("***\n"),
  "blank lines": full("\n \n"),
  tabs: full("\t"),
  "one word": full("a"),
  "combining marks": full("a\u0301"),
  "direction marks": full("\u202e"),
  "emoji joined": full("👩\u200d"),
  dollars: full("$"),
  "dollars and spaces": full("$ "),
  "half formulas": full("$x"),
  "display formulas": full("$$x$$\n"),
  formulas: full("$x$ "),
  "TeX brackets": full("\\(x\\) "),
  "half TeX brackets": full("\\("),
};

const TEX: Readonly<Record<string, string>> = {
  "nested fractions": `${full("\\frac{", 3_000)}x`,
  "nested braces": full("{", 3_000),
  roots: full("\\sqrt{", 3_000),
  "a macro that calls itself": "\\def\\a{\\a\\a}\\a",
  "macros that double":
    "\\def\\a{x}\\def\\b{\\a\\a}\\def\\c{\\b\\b}\\def\\d{\\c\\c}\\def\\e{\\d\\d}\\def\\f{\\e\\e}\\def\\g{\\f\\f}\\g",
  "a new command": "\\newcommand{\\x}{\\x\\x}\\x",
  let: "\\let\\x=\\x \\x",
  "an environment": `\\begin{matrix}${full("1&", 3_000)}\\end{matrix}`,
  "left without right": full("\\left(", 3_000),
  scripts: full("x^", 3_000),
  "scripts in scripts": `${full("x^{", 3_000)}`,
  "a picture": "\\includegraphics[width=9999em]{https://x.example/x.png}",
  "a link that runs": "\\href{javascript:alert(1)}{x}",
  "an address": "\\url{javascript:alert(1)}",
  "an attribute": "\\htmlData{onclick=alert(1)}{x}",
  "an id": "\\htmlId{x}{y}",
  "a style": "\\htmlStyle{background:url(//x.example)}{y}",
  "a class": "\\htmlClass{x}{y}",
  "a huge rule": "\\rule{99999em}{99999em}",
  "a huge space": "\\hspace{99999em}",
  "a colour": "\\color{url(//x.example)}x",
  "text that is a tag": "\\text{<script>alert(1)</script>}",
  "a sign by number": '\\char"3C script\\char"3E',
  unicode: full("\u{1d54f}", 3_000),
};

export function bombChecks(): void {
  const within = (make: () => string, most = COMMENT_HTML_CHARS) => {
    const startedMs = performance.now();
    const html = make();
    expect(performance.now() - startedMs).toBeLessThan(BOUND_MS);
    expect(html.length).toBeLessThanOrEqual(most);
    expect(livePartsOf(html)).toEqual([]);
  };

  it.each(Object.entries(MARKDOWN))("that are expensive as Markdown are cheap here: %s", (_, text) => {
    within(() => renderComment(text.slice(0, COMMENT_LIMITS.chars)));
    within(() => renderComment(text.slice(-COMMENT_LIMITS.chars)));
    // Ten times as long as a comment may be: nothing here grows faster than it should.
    within(() => renderComment(text, { asSigns: true }), BYTES * 10);
  });

  it.each(Object.entries(TEX))("that are expensive as TeX are cheap here: %s", (_, tex) => {
    within(() => formulaToMathml(tex, { display: true }) ?? "");
    within(() => renderComment(full(`$${tex}$ `, COMMENT_LIMITS.chars)));
  });
}
