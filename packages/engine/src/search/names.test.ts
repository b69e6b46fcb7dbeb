import { expect, it } from "vitest";
import { createIndex } from "../index.ts";

const FIELDS = { title: { weight: 2.5 }, text: { weight: 1 }, authors: { weight: 1.5, kind: "name" } } as const;

function indexOf(papers: Record<string, { title: string; authors: string[] }>) {
  const index = createIndex({ fields: FIELDS, operators: { author: { type: "field", field: "authors" } } });
  const fillers = Array.from({ length: 200 }, (_, at) => [
    `filler-${at}`,
    { title: `Notes on subject ${at}`, authors: [] },
  ]);
  index.upsert(
    [...Object.entries(papers), ...(fillers as [string, { title: string; authors: string[] }][])].map(
      ([id, fields]) => ({
        id,
        fields: { ...fields, text: fields.title },
      }),
    ),
  );
  return index;
}

const idsOf = (index: ReturnType<typeof indexOf>, query: string) => index.search(query).hits.map(({ id }) => id);

it("a subject comes before papers of somebody who is called so", () => {
  const tuned = Array.from({ length: 20 }, (_, at) => [
    `tuned-${at}`,
    { title: `A study of lora ${at}`, authors: ["Ann Lee"] },
  ]);
  const index = indexOf({ birds: { title: "Birds", authors: ["Lora Hill"] }, ...Object.fromEntries(tuned) });
  const hits = index.search("lora", { limit: 30 }).hits.map(({ id }) => id);
  expect(hits).toHaveLength(21);
  expect(hits.at(-1)).toBe("birds");
  expect(idsOf(index, "author:lora")).toEqual(["birds"]);
  expect(idsOf(index, "lora birds")[0]).toBe("birds");
});

it("a name that texts have too is still found", () => {
  const index = indexOf({
    capsules: { title: "Capsules", authors: ["Geo Hinton"] },
    review: { title: "What Hinton said", authors: ["Ann Lee"] },
  });
  expect(new Set(idsOf(index, "hinton"))).toEqual(new Set(["capsules", "review"]));
});

it("a whole name comes before papers whose authors share its words", () => {
  const index = indexOf({
    shared: { title: "One", authors: ["Wei Li", "Bo Zhang"] },
    hers: { title: "Two", authors: ["Ann Lee", "Wei Zhang"] },
    middle: { title: "Three", authors: ["Wei Q. Zhang"] },
  });
  expect(idsOf(index, "wei zhang")[0]).toBe("hers");
  expect(idsOf(index, "Wei Q. Zhang")[0]).toBe("middle");
  expect(idsOf(index, "papers wei zhang wrote")[0]).toBe("hers");
  expect(idsOf(index, "wei -zhang")).toEqual([]);
  const part = index.explain("wei zhang", "hers")?.parts.find(({ text }) => text === "wei zhang");
  expect(part?.kind).toBe("field");
});

it("a name that is written surname first is the same name", () => {
  const index = indexOf({
    turned: { title: "One", authors: ["Zhang, Wei"] },
    shared: { title: "Two", authors: ["Wei Li", "Bo Zhang"] },
  });
  expect(idsOf(index, "wei zhang")[0]).toBe("turned");
  expect(index.suggest("zha")).toContainEqual(expect.objectContaining({ kind: "name", text: "Zhang, Wei" }));
});
