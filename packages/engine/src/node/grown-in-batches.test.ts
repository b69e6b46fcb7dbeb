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

/** What batch number `batch` changes of documents that came before: some come again, some go. */
function laterChanges(documents: readonly IndexedDocument[], batch: number) {
  const earlier = documents.slice(0, batch * BATCH);
  const again = earlier.filter((_, at) => (at + batch) % 23 === 0);
  const gone = earlier.filter((_, at) => (at + batch) % 29 === 0).map((document) => document.id);
  return { again, gone: gone.filter((id) => !again.some((document) => document.id === id)) };
}

it.each([
  { merges: "at once", mergeApartFrom: 1_000_000 },
  { merges: "in a thread of their own", mergeApartFrom: 400 },
])(
  "grown in batches on disk with merges $merges, and opened again, it answers as if built at once",
  async ({ mergeApartFrom }) => {
    const documents = madeDocuments(5_000);
    const whole = createIndex(SCHEMA);
    const folder = await mkdtemp(join(tmpdir(), "paperwire-grown-"));
    const grown = await openIndex({ folder, schema: SCHEMA, mergeApartFrom });
    for (let batch = 0; batch * BATCH < documents.length; batch += 1) {
      const { again, gone } = laterChanges(documents, batch);
      const upserts = [...documents.slice(batch * BATCH, (batch + 1) * BATCH), ...again];
      whole.upsert(upserts);
      whole.remove(gone);
      await grown.apply({ upserts, removals: gone, revision: batch + 1 });
    }
    const queries = Array.from({ length: 60 }, (_, n) => [WORDS[n], WORDS[(n * 7) % 200]].join(" "));
    const answers = (index: Pick<typeof whole, "search">) =>
      queries.map((query) =>
        index.search(query, { limit: 10 }).hits.map(({ id, score }) => `${id} ${score.toFixed(4)}`),
      );
    const expected = answers(whole);
    expect(grown.size).toBe(whole.size);
    expect(answers(grown)).toEqual(expected);
    await grown.close();
    const again = await openIndex({ folder, schema: SCHEMA, mergeApartFrom });
    expect(answers(again)).toEqual(expected);
    expect(again.damaged).toBeNull();
    await again.close();
    await rm(folder, { recursive: true, force: true });
  },
  120_000,
);
