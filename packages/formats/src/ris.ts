/**
 * A paper as RIS, for EndNote, Mendeley, Zotero and their kin.
 *
 * Written here and not by citation-js 0.8.2, which reads it back in the tests: its writer loses name particles ("van") and
 * breaks long titles over two lines.
 */
import type { Paper } from "@paperwire/domain";
import { sortName } from "./person-name.ts";
import { referenceOf } from "./reference.ts";

/** `UNPB`, unpublished work, is what the common managers use for preprints. */
const TYPES = { preprint: "UNPB", conference: "CONF", journal: "JOUR" } as const;

/** UTF-8, CRLF line ends as the format asks. */
export function toRis(paper: Paper): string {
  return recordOf(paper);
}

/** Records in order, an empty line between. */
export function listToRis(papers: readonly Paper[]): string {
  return papers.map(recordOf).join("\r\n");
}

function recordOf(paper: Paper): string {
  const reference = referenceOf(paper);
  const [year, month, day] = reference.date;
  const lines: [string, string | undefined][] = [
    ["TY", TYPES[reference.kind]],
    ["ID", reference.key],
    ["TI", reference.title],
    ...reference.authors.map((name): [string, string] => ["AU", sortName(name)]),
    ["PY", year === undefined ? undefined : String(year)],
    ["DA", month === undefined ? undefined : `${year}/${twoDigits(month)}/${twoDigits(day)}`],
    ["T2", reference.container],
    // Zotero reads the proceedings from C3, EndNote the conference from T2.
    ["C3", reference.kind === "conference" ? reference.container : undefined],
    ["PB", reference.kind === "preprint" && reference.arxivId !== undefined ? "arXiv" : undefined],
    ["M1", reference.arxivId === undefined ? undefined : `arXiv:${reference.arxivId}`],
    ["DO", reference.doi],
    ["UR", reference.url],
    ["AB", paper.abstract],
    ...(paper.keywords ?? []).map((word): [string, string] => ["KW", word]),
    ["N1", reference.doubts.length > 0 ? reference.doubts.join("; ") : undefined],
  ];
  const written = lines.filter(([, value]) => value !== undefined && value !== "");
  return `${written.map(([tag, value]) => `${tag}  - ${oneLine(value!)}\r\n`).join("")}ER  - \r\n`;
}

function twoDigits(part: number | undefined): string {
  return part === undefined ? "" : String(part).padStart(2, "0");
}

/** A line break inside a value would start a new tag. */
function oneLine(text: string): string {
  return text.replace(/[\s\p{Cc}]+/gu, " ").trim();
}
