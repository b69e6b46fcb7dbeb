/**
 * A paper as BibTeX, in the shape arXiv itself exports (`eprint`, `archivePrefix`, `primaryClass`).
 *
 * Written here and not by citation-js 0.8.2, which was tried and reads these entries back in the tests: its writer drops every
 * character it has no TeX name for (a Chinese title becomes empty), prints `month = {may 24}`, escapes the dollars of formulas,
 * leaves the first word of a title unprotected and knows no arXiv fields; its core costs 57 ms at start-up.
 */
import type { Paper } from "@paperwire/domain";
import type { PersonName } from "./person-name.ts";
import { distinctKeys, type Reference, referenceOf } from "./reference.ts";
import { escapeTex, texPieces } from "./tex-text.ts";

const TYPES = { preprint: "misc", conference: "inproceedings", journal: "article" } as const;
const MONTHS = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/** UTF-8; ends with a line feed. */
export function toBibtex(paper: Paper): string {
  return entryOf(referenceOf(paper));
}

/** Entries in order with an empty line between; a key that is already taken gets the paper's id appended. */
export function listToBibtex(papers: readonly Paper[]): string {
  const keys = distinctKeys(papers);
  return papers.map((paper, at) => entryOf({ ...referenceOf(paper), key: keys[at]! })).join("\n");
}

function entryOf(reference: Reference): string {
  const { kind, key, container, arxivId, primaryClass, doi, url, doubts, date } = reference;
  const fields: [string, string | undefined][] = [
    ["title", `{${titleTex(reference.title)}}`],
    ["author", braced(reference.authors.map(nameTex).join(" and "))],
    [kind === "journal" ? "journal" : "booktitle", braced(escapeTex(container ?? ""))],
    ["year", date[0] === undefined ? undefined : `{${date[0]}}`],
    ["month", date[1] === undefined ? undefined : MONTHS[date[1] - 1]],
    ["eprint", arxivId === undefined ? undefined : `{${arxivId}}`],
    ["archivePrefix", arxivId === undefined ? undefined : "{arXiv}"],
    ["primaryClass", arxivId === undefined ? undefined : braced(escapeTex(primaryClass ?? ""))],
    ["doi", braced(doi ?? "")],
    ["url", braced(escapeUrl(url ?? ""))],
    ["note", braced(escapeTex(doubts.join("; ")))],
  ];
  const lines = fields.filter(([, value]) => value !== undefined).map(([name, value]) => `  ${name} = ${value},\n`);
  return `@${TYPES[kind]}{${key},\n${lines.join("")}}\n`;
}

function braced(value: string): string | undefined {
  return value === "" ? undefined : `{${value}}`;
}

/** BibTeX styles put titles in small letters except what stands in braces: names and formulas must keep their shape. */
function titleTex(title: string): string {
  return texPieces(title)
    .map(({ math, tex }) => (math ? `{${tex}}` : tex.replace(/[^\s]+/g, protectWord)))
    .join("");
}

/** "GPT-4", "ConvLLaVA" and "3D" are protected, "Multi-Modal" is an ordinary word. */
function protectWord(word: string): string {
  const found = /^([("'“‘[]*)(.*?)([)\]"'”’:;,.!?]*)$/su.exec(word);
  if (!found) return word;
  const [, before, core, after] = found;
  const isName = core!
    .split(/[-–—/]/)
    .some((part) => /^\P{Lu}*[^\P{L}\p{Lu}].*\p{Lu}|\p{Lu}.*\p{Lu}|\d.*\p{Lu}|^\p{Lu}.*\d/u.test(part));
  return isName ? `${before}{${core}}${after}` : word;
}

/** BibTeX's own order, "von Last, Jr, First", so that it never has to guess. */
function nameTex(name: PersonName): string {
  if ("literal" in name) return `{${escapeTex(name.literal)}}`;
  const family = name.particle === undefined ? name.family : `${name.particle} ${name.family}`;
  return escapeTex([family, name.suffix, name.given].filter((part) => part !== undefined).join(", "));
}

/** Addresses are printed verbatim by TeX: only what would break the field is encoded. */
function escapeUrl(url: string): string {
  return url.replace(/[{}\\\s]/g, (char) => encodeURIComponent(char));
}
