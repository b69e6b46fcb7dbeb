/**
 * How well, and how fast, papers that are one work are found: on pairs that a person judged, among all papers of the
 * data as they are, and among them again with edited copies of some planted between them (the copies are made in memory
 * by a fixed rule; nothing of the data is written down). Processor time counts, not the clock's.
 * usage: npm run bench -- duplicates [--data FOLDER] [--planted 2000] [--show 20]
 */
import { createReadStream, existsSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { createGunzip } from "node:zlib";
import { judgedPairs } from "../packages/domain/dist/identity/testdata/pairs.js";
import { createDuplicateFinder, judgePair, sketchWork } from "../packages/domain/dist/index.js";
import { SHARED } from "./site.mjs";

const { values } = parseArgs({
  options: {
    data: { type: "string", default: SHARED },
    planted: { type: "string", default: "2000" },
    show: { type: "string", default: "0" },
  },
});

const judged = onJudgedPairs();
console.table([judged]);
const files = ["conf-dev-1.jsonl.gz", "arxiv-dev-1.jsonl.gz"].map((name) => join(values.data, "papers", name));
if (files.some((file) => !existsSync(file))) {
  console.error(`${files.join(" or ")} is not there; name the folder of the data with --data.`);
  console.log(JSON.stringify({ bench: "duplicates", judged }));
  process.exit(0);
}
const papers = await read(files);
const real = amongReal(papers);
console.table([real]);
const planted = amongPlanted(papers, Number(values.planted));
console.table([planted]);
console.log(JSON.stringify({ bench: "duplicates", judged, real, planted }));

function onJudgedPairs() {
  const pairs = judgedPairs().map((pair) => ({
    ...pair,
    said: judgePair(sketchWork(pair.first), sketchWork(pair.second)).verdict === "same",
  }));
  const right = pairs.filter(({ isSame, said }) => isSame && said).length;
  const wrong = pairs.filter(({ isSame, said }) => !isSame && said).length;
  const missed = pairs.filter(({ isSame, said }) => isSame && !said).length;
  return { pairs: pairs.length, right, wrong, missed, f1: round((2 * right) / (2 * right + wrong + missed), 4) };
}

async function read(paths) {
  const all = [];
  for (const path of paths) {
    for await (const line of createInterface({ input: createReadStream(path).pipe(createGunzip()) })) {
      all.push(toWork(JSON.parse(line)));
    }
  }
  return all;
}

/** As the import would know the paper. */
function toWork({ id, title, abstract, authors, year, venue, status, arxiv }) {
  const isTurnedAway = /^(?:reject|withdraw)/i.test(status ?? "");
  const half = authors.length / 2;
  const isDoubled = Number.isInteger(half) && half > 0 && authors.every((name, at) => name === authors[at % half]);
  return {
    id,
    title,
    abstract,
    authors: isDoubled ? authors.slice(0, half) : authors,
    year,
    venue: isTurnedAway ? undefined : venue,
    arxivId: id.startsWith("ax-") ? id.slice(3) : arxiv || undefined,
  };
}

function find(works) {
  const began = process.cpuUsage();
  const finder = createDuplicateFinder();
  for (const { id, ...work } of works) finder.add(id, work);
  const pairs = finder.find();
  const { user, system } = process.cpuUsage(began);
  return {
    pairs,
    cpuSeconds: round((user + system) / 1e6, 1),
    peakMb: Math.round(process.resourceUsage().maxRSS / 1024),
  };
}

function amongReal(works) {
  const { pairs, ...cost } = find(works);
  const same = pairs.filter(({ verdict }) => verdict === "same");
  const titles = new Map(works.map(({ id, title }) => [id, title]));
  for (const { first, second } of same.slice(0, Number(values.show))) {
    console.log(`${first} ${titles.get(first)}\n  ${second} ${titles.get(second)}`);
  }
  return { papers: works.length, same: same.length, likely: pairs.length - same.length, ...cost };
}

function amongPlanted(works, count) {
  const random = sequence(7);
  const chosen = Array.from({ length: count }, () => works[Math.floor(random() * works.length)]);
  const copies = [...new Set(chosen)].map((work) => copyOf(work, random));
  const { pairs, ...cost } = find([...works, ...copies]);
  const same = new Set(
    pairs.filter(({ verdict }) => verdict === "same").map(({ first, second }) => `${first} ${second}`),
  );
  const found = copies.filter(({ id }) => same.has(`${id.slice(5)} ${id}`)).length;
  return { planted: copies.length, found, recall: round(found / copies.length, 4), ...cost };
}

/** A sentence less, one word in thirty another, a title without its subtitle or with a word changed, initials. */
function copyOf({ id, title, abstract, authors, year }, random) {
  const sentences = abstract.split(/(?<=[.!?])\s+/);
  if (sentences.length > 3) sentences.splice(1 + Math.floor(random() * (sentences.length - 1)), 1);
  const words = sentences
    .join(" ")
    .split(" ")
    .map((word) => (random() < 1 / 30 ? "another" : word));
  const titleWords = title.split(" ");
  titleWords[Math.floor(random() * titleWords.length)] = "novel";
  const kind = random();
  const [main] = title.split(": ");
  return {
    id: `copy-${id}`,
    title: kind < 0.4 ? title : kind < 0.7 ? main : titleWords.join(" "),
    abstract: words.join(" "),
    authors: authors.map((name) => name.replace(/^(\p{L})\p{L}+(?=\s)/u, "$1.")),
    year: year + (random() < 0.5 ? 1 : 0),
  };
}

/** Park and Miller's generator: the same numbers each time. */
function sequence(seed) {
  let state = seed;
  return () => {
    state = (state * 48_271) % 2_147_483_647;
    return state / 2_147_483_647;
  };
}

function round(number, digits) {
  return Number(number.toFixed(digits));
}
