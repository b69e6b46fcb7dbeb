/** An index that grew in batches, on disk, answers like one that was built at once. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { createIndex, type IndexedDocument, type Schema } from "../index.ts";
import { openIndex } from "./index.ts";

const SCHEMA: Schema = {
  fields: {
    title: { weight: 2.5 },
    abstract: { weight: 1 },
    keywords: { weight: 1 },
    authors: { weight: 1.5, kind: "name" },
    identifiers: { weight: 3, kind: "identifier" },
  },
  facets: { day: "number", topics: "keyword", code: "flag" },
};
const WORDS = Array.from({ length: 3_000 }, (_, n) => `${"bcdfghjklmnpr"[n % 13]}${"aeiou"[n % 5]}${n.toString(36)}x`);
const BATCH = 250;

function madeDocuments(count: number): IndexedDocument[] {
  let state = 12_345;
  const random = () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return state / 2 ** 32;
  };
  // A few words are everywhere, most are rare: as in real text.
  const word = () => WORDS[Math.floor(WORDS.length * random() ** 4)];
  const words = (length: number) => Array.from({ length }, word);
  return Array.from({ length: count }, (_, n) => ({
    id: `25${n % 10}1.${String(n).padStart(5, "0")}`,
    fields: {
      title: words(8).join(" "),
      abstract: words(120).join(" "),
      keywords: [words(2).join(" "), words(1).join(" "), words(2).join(" ")],
      authors: [words(2).join(" ")],
      identifiers: [`25${n % 10}1.${String(n).padStart(5, "0")}`],
    },
    facets: { day: 20_250_000 + (n % 365), topics: words(3), code: n % 3 === 0 },
  }));
}

it("grown in batches on disk, and opened again, it answers as if built at once", async () => {
  const documents = madeDocuments(5_000);
  const whole = createIndex(SCHEMA);
  whole.upsert(documents);
  const folder = await mkdtemp(join(tmpdir(), "paperwire-grown-"));
  const grown = await openIndex({ folder, schema: SCHEMA });
  for (let at = 0; at < documents.length; at += BATCH) {
    await grown.apply({ upserts: documents.slice(at, at + BATCH), removals: [], revision: at + BATCH });
  }
  const queries = Array.from({ length: 60 }, (_, n) => [WORDS[n], WORDS[(n * 7) % 200]].join(" "));
  const answers = (index: Pick<typeof whole, "search">) =>
    queries.map((query) => index.search(query, { limit: 10 }).hits.map(({ id, score }) => `${id} ${score.toFixed(4)}`));
  const expected = answers(whole);
  expect(answers(grown)).toEqual(expected);
  await grown.close();
  const again = await openIndex({ folder, schema: SCHEMA });
  expect(answers(again)).toEqual(expected);
  await again.close();
  await rm(folder, { recursive: true, force: true });
}, 120_000);
