/** Whoever types the title of a paper wants that paper, and behind it what is like it. */
import { expect, it } from "vitest";
import { createIndex, type IndexedDocument } from "../index.ts";

const SCHEMA = { fields: { title: { weight: 2.5 }, abstract: { weight: 1 } } };
const TITLE = "Learning to stand upright";
const papers: IndexedDocument[] = [
  paper("named", TITLE, "A biped robot balances by torque control of its ankles on rough ground."),
  paper(
    "alike",
    "Torque control of the ankles",
    "A biped robot balances upright by torque control of its ankles on rough ground.",
  ),
  paper("worded", "Learning to stand for office", "How candidates win elections in small towns."),
  ...Array.from({ length: 40 }, (_, at) => paper(`other-${at}`, `Note ${at}`, "Something else about learning pianos.")),
];

function paper(id: string, title: string, abstract: string): IndexedDocument {
  return { id, fields: { title, abstract } };
}

function idsFor(query: string): string[] {
  const index = createIndex(SCHEMA);
  index.upsert(papers);
  return index.search(query, { limit: 3 }).hits.map((hit) => hit.id);
}

it("puts papers like the one that is named before those that only share words of its title", () => {
  expect(idsFor(TITLE)).toEqual(["named", "alike", "worded"]);
});

it("goes by the words where the same words are no title", () => {
  expect(idsFor("upright learning to stand")).toEqual(["named", "worded", "alike"]);
});

it("explains the score of a paper that is like the one named", () => {
  const index = createIndex(SCHEMA);
  index.upsert(papers);
  const hit = index.search(TITLE, { limit: 3 }).hits.find(({ id }) => id === "alike");
  const explanation = index.explain(TITLE, "alike");
  expect(explanation?.score).toBeCloseTo(hit?.score ?? 0, 6);
  expect(explanation?.parts[0].kind).toBe("feedback");
});
