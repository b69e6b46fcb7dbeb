/**
 * Writes the built-in edition from the facts gathered for it:
 *   node packages/cli/seed/make.mjs path/to/facts.jsonl
 * Facts and our own one-sentence summaries only: an abstract is its authors' text and is never committed.
 */
import { readFileSync, writeFileSync } from "node:fs";

const KEYS = [
  "n",
  "title",
  "arxiv_id",
  "arxiv_id_confidence",
  "published",
  "published_confidence",
  "authors",
  "primary_category",
  "venue",
  "code_url",
  "project_url",
  "tldr",
  "keywords",
  "note",
];
const PAPERS = 91;
/** A summary is one sentence of ours; longer text would be somebody else's. */
const TLDR_CHARS_MAX = 300;

const [source] = process.argv.slice(2);
if (!source) throw new Error("Name the file with the facts.");

const lines = readFileSync(source, "utf8").trim().split("\n");
if (lines.length !== PAPERS) throw new Error(`${lines.length} papers; the edition has ${PAPERS}.`);
const edition = lines.map((line, index) => {
  const facts = JSON.parse(line);
  if (facts.n !== index + 1) throw new Error(`Line ${index + 1} is number ${facts.n}.`);
  if (facts.tldr.length > TLDR_CHARS_MAX) throw new Error(`The summary of number ${facts.n} is too long.`);
  const known = KEYS.filter((key) => facts[key] !== null && facts[key] !== undefined);
  return `${JSON.stringify(Object.fromEntries(known.map((key) => [key, facts[key]])))}\n`;
});
writeFileSync(new URL("edition-2025-03-28.jsonl", import.meta.url), edition.join(""));
