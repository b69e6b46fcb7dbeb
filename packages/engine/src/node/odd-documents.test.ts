/** Odd and huge documents are indexed or refused with a sentence that says why; the index on disk stays whole. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { type IndexedDocument, InvalidInputError, type Schema } from "../index.ts";
import { openIndex } from "./index.ts";

const SCHEMA: Schema = {
  fields: {
    title: { weight: 2 },
    abstract: { weight: 1 },
    authors: { weight: 1, kind: "name" },
    identifiers: { weight: 1, kind: "identifier" },
  },
  facets: { topics: "keyword" },
};

const ACCEPTED: readonly IndexedDocument[] = [
  { id: "e", fields: {} },
  { id: "empty", fields: { title: "", abstract: [], authors: ["", " "], identifiers: "" } },
  { id: "megabytes", fields: { title: "megabytes", abstract: "ten megabytes of words ".repeat(450_000) } },
  { id: "one word", fields: { title: "unbroken", abstract: "x".repeat(1_000_000) } },
  {
    id: "terms",
    fields: { title: "terms", abstract: Array.from({ length: 100_000 }, (_, at) => `t${at.toString(36)}q`).join(" ") },
  },
  { id: "halves", fields: { title: "halves \ud800 \udfff of pairs", authors: "\ud83d Lund", identifiers: "\udc00" } },
  { id: "\u0000\u0007\n\u007f", fields: { title: "control\u0000characters\u0001\u0002inside" } },
  { id: "ü€𝄞".repeat(30), fields: { title: "longest" }, facets: { topics: ["\ud800", "", "x".repeat(5_000)] } },
  { id: "twice", fields: { title: "earlier" } },
  { id: "twice", fields: { title: "later" } },
  { id: "__proto__", fields: { title: "constructor prototype" } },
];

const REFUSED: readonly [string, unknown][] = [
  ["no id", { fields: {} }],
  ["an empty id", { id: "", fields: {} }],
  ["an id too long", { id: "i".repeat(10_000), fields: {} }],
  ["half a character as id", { id: "a\ud800", fields: {} }],
  ["no fields", { id: "a" }],
  ["fields that are none", { id: "a", fields: "text" }],
  ["an unknown field", { id: "a", fields: { body: "text" } }],
  ["a number for text", { id: "a", fields: { title: 7 } }],
  ["an unknown facet", { id: "a", fields: {}, facets: { year: 1 } }],
  ["nothing at all", null],
];

const EXPECTED: readonly [string, string][] = [
  ["megabytes", "megabytes"],
  ["unbroken", "one word"],
  ["t0q", "terms"],
  ["halves", "halves"],
  ["characters", "\u0000\u0007\n\u007f"],
  ["longest", "ü€𝄞".repeat(30)],
  ["later", "twice"],
  ["prototype", "__proto__"],
];

it("indexes or refuses, and answers the same after a restart", { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "paperwire-odd-"));
  const index = await openIndex({ folder, schema: SCHEMA });
  await index.apply({ upserts: ACCEPTED, removals: [], revision: 1 });
  for (const [name, document] of REFUSED) {
    const batch = { upserts: [{ id: "good", fields: {} }, document as IndexedDocument], removals: ["e"], revision: 2 };
    const error = await index.apply(batch).then(
      () => null,
      (reason: unknown) => reason,
    );
    expect([name, error instanceof InvalidInputError]).toEqual([name, true]);
  }
  const answers = (one: typeof index) => EXPECTED.map(([query]) => [query, one.search(query).hits[0]?.id]);
  expect([index.size, index.revision]).toEqual([ACCEPTED.length - 1, 1]);
  expect(answers(index)).toEqual(EXPECTED);
  expect(index.search("earlier").hits).toEqual([]);
  await index.close();
  const again = await openIndex({ folder, schema: SCHEMA });
  expect([again.size, again.damaged]).toEqual([ACCEPTED.length - 1, null]);
  expect(answers(again)).toEqual(EXPECTED);
  await again.apply({ upserts: [], removals: ACCEPTED.map(({ id }) => id), revision: 2 });
  expect(again.size).toBe(0);
  await again.close();
  await rm(folder, { recursive: true, force: true });
});

it("takes nothing of a batch that is no batch, and goes on", async () => {
  const index = await openIndex({ folder: null, schema: SCHEMA });
  const many = Array.from({ length: 200 }, (_, at) => ({ id: `leftover-${at}`, fields: { title: "leftover" } }));
  const odd: unknown[] = [
    undefined,
    { upserts: many, revision: 1 },
    { upserts: many, removals: "leftover-1", revision: 1 },
    { upserts: many, removals: [() => 1], revision: 1 },
    { upserts: { ...many[0] }, removals: [], revision: 1 },
    { removals: [], revision: 1 },
  ];
  for (const changes of odd)
    await expect(index.apply(changes as Parameters<typeof index.apply>[0])).rejects.toThrow(InvalidInputError);
  const proxied = new Proxy({ id: "good", fields: { title: "good" }, format: () => "text" }, {});
  await index.apply({ upserts: [proxied], removals: [], revision: 2 });
  expect([index.size, index.search("leftover").total, index.search("good").total]).toEqual([1, 0, 1]);
  await index.close();
});
