/** References as BibTeX or BibLaTeX. */
import { cleanText } from "../../clean-facts.ts";
import { plainJats } from "../../sources/plain-markup.ts";
import { adaptReference } from "../citation/adapter.ts";
import { arxivIn, datePartsOf, sayName } from "../citation/csl.ts";
import type { Format, RecordReader } from "../format.ts";
import { type BibtexEntry, readEntry } from "./read-entry.ts";

/** Macros of one file, together. */
const MACRO_CHARS_MAX = 100_000;

export const bibtex: Format = {
  name: "bibtex",
  sentence: "BibTeX or BibLaTeX: entries such as @article{key, title = {…}, …}",
  open: () => createReader(),
};

function createReader(): RecordReader {
  let macros = "";
  return {
    read(text, line) {
      const kind = /^@(\w+)/.exec(text)?.[1]?.toLowerCase() ?? "";
      if (kind === "comment" || kind === "preamble") return null;
      if (kind === "string") {
        if (macros.length + text.length <= MACRO_CHARS_MAX) macros += `${text}\n`;
        return null;
      }
      return { line, record: recordOf(readEntry(text, macros)) };
    },
    end() {},
    notes: () => [],
  };
}

function recordOf({ csl, fields }: BibtexEntry) {
  const isArxiv = /^arxiv$/i.test(fields["archiveprefix"] ?? fields["eprinttype"] ?? "arxiv");
  return adaptReference({
    title: plainJats(csl.title ?? ""),
    authors: (csl.author ?? []).map((name) => plainJats(sayName(name))),
    venue: plainJats(csl["container-title"] ?? ""),
    date: datePartsOf(csl.issued),
    abstract: plainJats(csl.abstract ?? ""),
    keywords: cleanText(fields["keywords"] ?? "").split(/\s*[,;]\s*/),
    note: plainJats(csl.note ?? ""),
    doi: csl.DOI,
    arxiv:
      (isArxiv ? fields["eprint"] : undefined) ?? arxivIn(fields["journal"], fields["note"], fields["howpublished"]),
    category: isArxiv ? (fields["primaryclass"] ?? fields["eprintclass"]) : undefined,
    urls: [csl.URL],
  });
}
