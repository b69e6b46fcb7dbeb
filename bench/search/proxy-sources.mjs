/** Reads the data that the proxy collections are made from. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { readCollection } from "@paperwire/engine/eval";
import { alignTexts } from "./proxy-alignment.mjs";

/** Lines of a gzip file, without empty ones. */
export function readLines(file) {
  const text = gunzipSync(readFileSync(file)).toString("utf8");
  return text.split("\n").filter((line) => line !== "");
}

export function readRecords(file) {
  return readLines(file).map((line) => JSON.parse(line));
}

/** Conference papers with what their authors said about them. */
export function readConferencePapers(data) {
  return readRecords(join(data, "papers/conf-dev-1.jsonl.gz")).map(({ id, title, abstract, keywords, tldr, year }) => ({
    id,
    title,
    text: abstract,
    keywords: plainKeywords(keywords),
    tldr: tldr ?? "",
    year,
  }));
}

/** Without places in a classification ("machine learning: deep learning"). */
function plainKeywords(keywords) {
  const folded = keywords.map((keyword) => keyword.trim().toLowerCase());
  return [...new Set(folded)].filter((keyword) => keyword !== "" && !/[:()]/.test(keyword));
}

/** Papers of the daily editions, each once, with the keywords that a language model wrote for them. */
export function readDailyPapers(data) {
  const papers = new Map();
  for (const { id, title, abstract, aiKeywords } of readRecords(join(data, "hf-daily/editions.jsonl.gz"))) {
    if (papers.has(id) && aiKeywords === undefined) continue;
    papers.set(id, { id, title, text: abstract, keywords: plainKeywords(aiKeywords ?? []) });
  }
  return [...papers.values()];
}

/** Papers in libraries, with their links, their tags and who keeps them; those whose text could be found. */
export function readLibraryPapers(data) {
  const folder = join(data, "rec/citeulike-a");
  const numbers = (name) => readLines(join(folder, name)).map((line) => line.split(" ").map(Number));
  const names = readLines(join(folder, "tags.txt.gz"));
  const tags = new Map(numbers("item-tags.txt.gz").map(([item, ...given]) => [item, given.map((tag) => names[tag])]));
  const links = new Map(numbers("citations.txt.gz").map(([item, ...linked]) => [item, linked]));
  const users = new Map();
  for (const [user, ...items] of numbers("users.txt.gz")) {
    for (const item of items) users.set(item, (users.get(item) ?? new Set()).add(user));
  }
  const texts = readRecords(join(folder, "items-text-part.jsonl.gz")).map(({ title, abstract }) => ({
    title: title.replace(/[{}]/g, ""),
    text: abstract.replace(/[{}]/g, ""),
  }));
  const items = alignTexts(texts, tags);
  return texts.map((paper, at) => ({
    id: `library-${at}`,
    ...paper,
    item: items[at],
    links: links.get(items[at]) ?? [],
    tags: tags.get(items[at]) ?? [],
    users: users.get(items[at]) ?? new Set(),
  }));
}

/** A judged collection that is there. */
export function readJudged(data, name, split) {
  return readCollection(join(data, "ir", name), { split });
}

/** Papers of researchers, and the sets of papers that one researcher wrote. */
export function readResearchers(data) {
  const folder = join(data, "rec/researchers");
  const papers = readRecords(join(folder, "papers.jsonl.gz")).map(({ id, title, abstract }) => ({
    id,
    title,
    text: abstract ?? "",
  }));
  const written = new Map();
  for (const { researcher, papers: own } of readRecords(join(folder, "profiles.jsonl.gz"))) {
    const known = written.get(researcher) ?? new Set();
    for (const id of own) known.add(id);
    written.set(researcher, known);
  }
  return { papers, written };
}
