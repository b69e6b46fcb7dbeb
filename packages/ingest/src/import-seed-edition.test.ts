/** The edition that comes with the product, as this package reads it. */
import { createReadStream, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { importSeedEdition } from "./import-seed-edition.ts";
import { recordingPapers, streamOf } from "./testing.ts";

const FILE = fileURLToPath(new URL("../../cli/seed/edition-2025-03-28.jsonl", import.meta.url));

async function importSeed() {
  const papers = recordingPapers();
  const summary = await importSeedEdition(createReadStream(FILE), papers);
  return { summary, records: papers.records };
}

test("it has 91 papers in their places, each with our own short summary and an id to look it up by", async () => {
  const { summary, records } = await importSeed();
  expect(summary).toMatchObject({ format: "facts", read: 91, added: 91, refused: 0 });
  expect(records.map(({ entry }) => entry!.position)).toEqual(Array.from({ length: 91 }, (_, i) => i + 1));
  for (const { facts, entry, identifiers } of records) {
    expect(entry!.edition).toBe("2025-03-28");
    expect(identifiers).toHaveLength(1);
    expect(facts.summary).toMatchObject({ source: "Paperwire", generated: false });
    expect(facts.summary!.text.length).toBeLessThanOrEqual(300);
    expect(facts.authors!.length).toBeGreaterThan(0);
  }
});

test("it holds no abstracts: those are other people's text", async () => {
  expect(readFileSync(FILE, "utf8")).not.toContain('"abstract"');
  const { records } = await importSeed();
  expect(records.filter(({ facts }) => "abstract" in facts)).toEqual([]);
});

test("its doubts are kept: one id and the recalled dates", async () => {
  const { records } = await importSeed();
  const doubting = (doubt: "id" | "published") =>
    records.filter(({ facts }) => facts.unverified?.includes(doubt)).length;
  expect([doubting("id"), doubting("published")]).toEqual([1, 74]);
});

test("a damaged file is said to be damaged", async () => {
  await expect(importSeedEdition(streamOf('{"n": 1}\n'), recordingPapers())).rejects.toThrow(
    'The built-in edition is damaged: "title" is missing.',
  );
});
