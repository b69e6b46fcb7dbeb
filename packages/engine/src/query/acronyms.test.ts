/** Short forms are learnt from the texts, and a query with either form finds papers with the other. */
import { describe, expect, it } from "vitest";
import { createIndex } from "../index.ts";

const SCHEMA = { fields: { title: { weight: 2.5 }, abstract: { weight: 1 } } };

/** Golden cases: as papers introduce them, the short form, and the long form as typed. */
const FORMS: readonly [introduced: string, short: string, long: string][] = [
  ["retrieval-augmented generation (RAG)", "rag", "retrieval augmented generation"],
  ["convolutional neural networks (CNNs)", "cnn", "convolutional neural network"],
  ["Markov decision processes (MDPs)", "mdp", "markov decision process"],
  ["part-of-speech (POS)", "pos", "part of speech"],
  ["mixture of experts (MoE)", "moe", "mixture of experts"],
  ["stochastic gradient descent (SGD)", "SGD", "stochastic gradient descent"],
  ["state of the art (SOTA)", "sota", "state of the art"],
  ["reinforcement learning (RL)", "RL", "reinforcement learning"],
  ["Markov chain Monte Carlo (MCMC)", "mcmc", "markov chain monte carlo"],
  ["automatic speech recognition, ASR,", "asr", "automatic speech recognition"],
];
const INTRODUCING = 8;

function indexOf(introduced: string, short: string, long: string) {
  const index = createIndex(SCHEMA);
  index.upsert(
    Array.from({ length: INTRODUCING }, (_, at) => ({
      id: `both-${at}`,
      fields: { title: `Study number ${at}`, abstract: `We look at ${introduced} in many ways. ${short} is useful.` },
    })),
  );
  index.upsert([
    { id: "short", fields: { title: `Better ${short.toUpperCase()}`, abstract: "A new way." } },
    { id: "long", fields: { title: `Better ${long}`, abstract: "A new way." } },
    ...Array.from({ length: 30 }, (_, at) => ({
      id: `other-${at}`,
      fields: { title: "Something else", abstract: "Quite." },
    })),
  ]);
  return index;
}

describe("short forms", () => {
  it.each(FORMS)("%s: either form finds the other, and the note says so", (introduced, short, long) => {
    const index = indexOf(introduced, short, long);
    const byShort = index.search(short, { limit: 50 });
    expect(byShort.hits.map((hit) => hit.id)).toContain("long");
    expect(byShort.notes).toEqual([`searched for what "${short.toLowerCase()}" stands for as well`]);
    const byLong = index.search(long, { limit: 50 });
    expect(byLong.hits.map((hit) => hit.id)).toContain("short");
    expect(index.search(short).hits.findIndex((hit) => hit.id === "short")).toBeLessThan(
      Math.max(
        0,
        byShort.hits.findIndex((hit) => hit.id === "long"),
      ),
    );
  });
  it("are explained as other spellings, in parts that add up", () => {
    const index = indexOf(...FORMS[0]);
    const hit = index.search("rag", { limit: 50 }).hits.find(({ id }) => id === "long");
    const why = index.explain("rag", "long");
    expect(why?.parts.every((part) => part.kind === "variant")).toBe(true);
    expect(why?.parts.reduce((sum, part) => sum + part.value, 0)).toBeCloseTo(hit?.score ?? 0, 6);
  });
  it("need papers that agree: one that says so is not enough, nor are chance initials", () => {
    const index = createIndex(SCHEMA);
    index.upsert([{ id: "one", fields: { title: "Retrieval augmented generation (RAG)", abstract: "Once." } }]);
    index.upsert(
      Array.from({ length: 12 }, (_, at) => ({
        id: `word-${at}`,
        fields: { title: "An old rag", abstract: "A rag is cloth." },
      })),
    );
    index.upsert([{ id: "long", fields: { title: "Retrieval augmented generation", abstract: "Nothing more." } }]);
    expect(index.search("rag", { limit: 50 }).hits.map((hit) => hit.id)).not.toContain("long");
  });
  it("are left alone in long queries and where both forms are typed", () => {
    const index = indexOf(...FORMS[0]);
    expect(index.search("rag for better ways of looking at many useful studies").notes).toEqual([]);
    expect(index.search("retrieval augmented generation rag").notes).toEqual([]);
  });
});
