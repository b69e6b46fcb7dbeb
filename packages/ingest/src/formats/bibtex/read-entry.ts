/** One BibTeX entry as citation-js understands it: its fields as they stand, and the reference that it makes of them. */
import { createRequire } from "node:module";
import { z } from "zod";
import { quote, Refusal } from "../../refusal.ts";
import { cslDate, cslName } from "../citation/csl.ts";
import { optionalString } from "../shape.ts";

/** @source citation-js: the reference as CSL-JSON, texts with a little HTML in them */
const cslShape = z.object({
  type: optionalString,
  title: optionalString,
  author: z.array(cslName).nullish(),
  issued: cslDate.nullish(),
  "container-title": optionalString,
  abstract: optionalString,
  note: optionalString,
  DOI: optionalString,
  URL: optionalString,
});
/** @source citation-js: fields by their names in small letters, TeX and all */
const rawShape = z.object({ properties: z.record(z.string(), z.unknown()) });

export type BibtexEntry = { csl: z.output<typeof cslShape>; fields: Record<string, string> };

type Chain = (text: string, options: object) => unknown;
const load = createRequire(import.meta.url);
let chain: Chain | undefined;

/** Loaded with the first entry: it costs 57 ms, which no other command should pay. */
function parser(): Chain {
  if (!chain) {
    const { plugins } = load("@citation-js/core") as { plugins: { input: { chain: Chain } } };
    load("@citation-js/plugin-bibtex");
    chain = plugins.input.chain;
  }
  return chain;
}

/** Of a formula, `$x_1$`, which is to stay TeX. */
const FORMULA = /(?<![\\$])\$(?!\$)((?:[^$\\]|\\.){1,1000})\$/g;
const MARK = /\uE000(\d{1,4})\uE001/g;

/**
 * @param macros  `@string` entries that came before
 * @throws Refusal  not BibTeX
 */
export function readEntry(text: string, macros: string): BibtexEntry {
  const formulas: string[] = [];
  // The parser knows no entries in round brackets, and none without a key.
  const braced = text.replace(/^(@\w+\s*)\(([^]*)\)$/, "$1{$2}");
  const named = braced.replace(/^(@\w+\s*\{)\s*,/, "$1entry,");
  const marked = named.replace(FORMULA, (formula) => `\uE000${formulas.push(formula) - 1}\uE001`);
  const restored = (said: string) => said.replace(MARK, (_, at) => formulas[Number(at)] ?? "");
  try {
    const source = `${macros}\n${marked}`;
    const raw = z.array(rawShape).parse(parser()(source, { generateGraph: false, target: "@biblatex/entries+list" }));
    const csl = z.array(cslShape).parse(parser()(source, { generateGraph: false }));
    const fields = Object.entries(raw.at(-1)?.properties ?? {}).map(([key, value]) => [
      key,
      typeof value === "string" ? restored(value) : "",
    ]);
    if (!csl[0]) throw new Refusal("This is not a BibTeX entry.");
    return {
      csl: JSON.parse(JSON.stringify(csl[0]), (_, value) => (typeof value === "string" ? restored(value) : value)),
      fields: Object.fromEntries(fields),
    };
  } catch (error) {
    if (error instanceof Refusal) throw error;
    throw new Refusal(`This is not BibTeX: ${reasonOf(error)}`);
  }
}

/** The parser's first line says what it met; the others draw it. */
function reasonOf(error: unknown): string {
  const [first = ""] = String(error instanceof Error ? error.message : error).split("\n");
  const plain = first.replace(/ at line \d+ col \d+:?$/, "");
  return plain.startsWith("expected ") ? `${quote(plain).slice(1, -1)}.` : "it cannot be understood.";
}
