/** JSON lines of one's own making: a title, and whatever else is known under its plain name. */
import { z } from "zod";
import { adaptReference } from "../citation/adapter.ts";
import { cslName, sayName } from "../citation/csl.ts";
import { type JsonFormat, jsonFormat } from "../format.ts";
import { optionalString, strings } from "../shape.ts";

const author = z.union([z.string(), cslName.extend({ name: optionalString })]);
const year = z.union([z.string(), z.number()]).nullish();

const lineShape = z.object({
  title: z.string(),
  abstract: optionalString,
  summary: optionalString,
  authors: z.union([z.array(author), z.string()]).nullish(),
  arxiv: optionalString,
  arxiv_id: optionalString,
  doi: optionalString,
  url: optionalString,
  pdf: optionalString,
  pdf_url: optionalString,
  code: optionalString,
  code_url: optionalString,
  venue: optionalString,
  journal: optionalString,
  year,
  date: optionalString,
  published: optionalString,
  published_at: optionalString,
  category: optionalString,
  keywords: z.union([strings, z.string()]),
  note: optionalString,
});

const KNOWN = ["abstract", "summary", "authors", "arxiv", "arxiv_id", "doi", "url", "year", "published"];

export const jsonLines: JsonFormat = jsonFormat({
  name: "json-lines",
  sentence:
    "one JSON object per line with `title` and any of abstract, authors, arxiv, doi, url, pdf, code, venue, year, published, keywords, note",
  shape: lineShape,
  recognises: (object) => typeof object["title"] === "string" && KNOWN.some((key) => key in object),
  adapter: () => (said) =>
    adaptReference({
      title: said.title,
      abstract: said.abstract ?? said.summary,
      authors: namesIn(said.authors),
      venue: said.venue ?? said.journal,
      date: dateIn(said.published ?? said.published_at ?? said.date ?? String(said.year ?? "")),
      keywords: typeof said.keywords === "string" ? said.keywords.split(/[,;]/) : (said.keywords ?? []),
      note: said.note,
      doi: said.doi,
      arxiv: said.arxiv ?? said.arxiv_id,
      category: said.category,
      urls: [said.url],
      pdf: said.pdf ?? said.pdf_url,
      code: said.code ?? said.code_url,
    }),
});

function namesIn(authors: z.output<typeof lineShape>["authors"]): string[] {
  if (typeof authors === "string") return authors.split(/\s*;\s*|\s+and\s+/);
  return (authors ?? []).map((one) => (typeof one === "string" ? one : (one.name ?? sayName(one))));
}

function dateIn(text: string): number[] {
  const found = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?/.exec(text.trim());
  return found ? found.slice(1).filter(Boolean).map(Number) : [];
}
