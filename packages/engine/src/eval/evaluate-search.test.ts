/** The evaluation of a whole system: the reference's known figures, counts, times and the query's own document. */
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Collection } from "./beir.ts";
import { writeCollection } from "./collection-files.ts";
import { evaluateCollection, evaluateRunFile } from "./evaluate-collection.ts";
import { evaluateSearch } from "./evaluate-search.ts";
import { analyzePlain, buildPlainBm25 } from "./plain-bm25.ts";
import { stemPorter } from "./porter-stemmer.ts";
import { getSystem, SEARCH_SYSTEMS } from "./systems.ts";

const JUDGED = join(import.meta.dirname, "../../../../../shared/data/ir");

const collection: Collection = {
  corpus: [
    { id: "1", title: "Sparse graphs", text: "walks on sparse graphs" },
    { id: "2", title: "", text: "which graphs are sparse" },
    { id: "3", title: "Cooking", text: "soup" },
  ],
  queries: [
    { id: "1", text: "soup" },
    { id: "2", text: "Which graphs are  sparse" },
    { id: "unjudged", text: "soup" },
  ],
  qrels: new Map([
    ["1", new Map([["3", 1]])],
    ["2", new Map([["1", 1]])],
    ["no text", new Map([["1", 1]])],
  ]),
};

/** Ticks one millisecond a look. */
function tickingClock(): () => number {
  let now = 0;
  return () => ++now;
}

describe("an evaluated system", () => {
  it("is measured over all judged queries, with counts and times", async () => {
    const { summary, run } = await evaluateSearch({ ...collection, system: getSystem("bm25"), clock: tickingClock() });
    expect(summary).toMatchObject({ system: "bm25", queries: 3, queriesWithoutText: 1, documents: 3 });
    expect(summary).toMatchObject({ indexSeconds: 0.001, meanMs: 1, p50Ms: 1, p99Ms: 1 });
    expect(summary["mrr@10"]).toBeCloseTo(2 / 3, 12);
    expect([...run.keys()]).toEqual(["1", "2"]);
  });

  it("does not find the query itself where a document is the query, but does where only the ids are equal", async () => {
    const { run } = await evaluateSearch({ ...collection, system: getSystem("bm25"), clock: tickingClock() });
    expect(run.get("2")?.map((hit) => hit.id)).toEqual(["1"]);
    expect(run.get("1")?.map((hit) => hit.id)).toEqual(["3"]);
  });

  it("is this engine, too", async () => {
    const { run } = await evaluateSearch({ ...collection, system: getSystem("paperwire"), clock: tickingClock() });
    expect(run.get("1")?.[0].id).toBe("3");
    expect(run.get("2")?.[0].id).toBe("1");
  });

  it("takes ids that an index would refuse", async () => {
    const id = `${"x".repeat(600)}\ud800`;
    const odd = {
      ...collection,
      corpus: [{ id, title: "", text: "soup" }],
      qrels: new Map([["1", new Map([[id, 1]])]]),
    };
    const { summary } = await evaluateSearch({ ...odd, system: getSystem("paperwire"), clock: tickingClock() });
    expect(summary.map).toBe(1);
  });

  it("says how far it is: documents, answers and times", async () => {
    const said: string[] = [];
    await evaluateSearch({
      ...collection,
      system: getSystem("bm25"),
      clock: tickingClock(),
      onProgress: ({ step, done, total }) => said.push(`${step} ${done}/${total}`),
    });
    expect(said.slice(0, 5)).toEqual(["index 1/3", "index 2/3", "index 3/3", "ask 1/2", "ask 2/2"]);
    expect(said.at(-1)).toBe("time 10/10");
  });

  it("may answer later", async () => {
    const slow = {
      name: "slow",
      description: "answers with a promise",
      build: async () => ({ search: async () => [{ id: "3", score: 1 }] }),
    };
    const { summary } = await evaluateSearch({ ...collection, system: slow, clock: tickingClock(), measures: ["p@1"] });
    expect(summary["p@1"]).toBeCloseTo(1 / 3, 12);
  });
});

describe("an evaluated directory", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "paperwire-eval-"));
    await writeCollection(directory, collection);
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));

  it("gives one flat object, and a run file that scores the same", async () => {
    const runFile = join(directory, "bm25.run");
    const summary = await evaluateCollection({ directory, system: "bm25", runFile, clock: tickingClock() });
    for (const name of ["ndcg@10", "map", "recall@100", "mrr@10", "p@10"]) expect(summary[name]).toBeTypeOf("number");
    const { queries, map } = await evaluateRunFile({ directory, runFile });
    expect({ queries, map }).toEqual({ queries: 3, map: summary.map });
    expect(await readFile(runFile, "utf8")).toMatch(/^1 Q0 3 1 [\d.]+ bm25$/m);
  });

  it("is refused where there is nothing to ask or no place for the run, before anything is indexed", async () => {
    const other = { directory, clock: tickingClock() };
    await writeCollection(
      directory,
      { ...collection, qrels: new Map([["no text", new Map([["1", 1]])]]) },
      { split: "a" },
    );
    await expect(evaluateCollection({ ...other, split: "a" })).rejects.toThrow("none of the judged queries is in");
    await writeCollection(directory, { ...collection, qrels: new Map() }, { split: "b" });
    await expect(evaluateCollection({ ...other, split: "b" })).rejects.toThrow("b.tsv: no judgement in it");
    const runFile = join(directory, "no", "folder.run");
    let looks = 0;
    const asked = evaluateCollection({ directory, split: "test", runFile, clock: () => ++looks });
    await expect(asked).rejects.toThrow("folder.run: cannot be written: ENOENT");
    expect(looks).toBe(0);
  });

  it("says no run file of ids with spaces, before anything is indexed", async () => {
    const spaced = await mkdtemp(join(tmpdir(), "paperwire-eval-"));
    const corpus = [...collection.corpus, { id: "a b", title: "", text: "soup" }];
    await writeCollection(spaced, { ...collection, corpus });
    const runFile = join(spaced, "spaced.run");
    let looks = 0;
    const asked = evaluateCollection({ directory: spaced, runFile, clock: () => ++looks });
    await expect(asked).rejects.toThrow('spaced.run: the id "a b" is empty or holds white space');
    expect([looks, existsSync(runFile)]).toEqual([0, false]);
    await rm(spaced, { recursive: true });
  });

  it("is refused for a system that nobody knows", async () => {
    await expect(evaluateCollection({ directory, system: "x", clock: tickingClock() })).rejects.toThrow("there is");
    expect(SEARCH_SYSTEMS.map((system) => system.name)).toEqual(["paperwire", "bm25"]);
  });
});

describe("plain BM25", () => {
  it("cuts words, drops stop words and possessives, and stems", () => {
    expect(analyzePlain("The Newton's method at 0.05, don't-care U.S. motoring!")).toEqual([
      "newton",
      "method",
      "0.05",
      "don't",
      "care",
      "u.",
      "motor",
    ]);
  });

  it("gives the score worked out by hand", () => {
    const corpus = [
      { id: "a", title: "apple", text: "pear apple" },
      { id: "b", title: "", text: "pear" },
    ];
    const [hit, ...rest] = buildPlainBm25(corpus, { k1: 0.9, b: 0.4 }).search("apple", 10);
    const idf = Math.log(1 + 1.5 / 1.5);
    expect(hit).toEqual({ id: "a", score: expect.closeTo((idf * 2) / (2 + 0.9 * (0.6 + (0.4 * 3) / 2)), 12) });
    expect(rest).toEqual([]);
  });

  it("stems as Porter's own list does", () => {
    const list: Record<string, string> = {
      caresses: "caress",
      ponies: "poni",
      ties: "ti",
      cats: "cat",
      feed: "feed",
      agreed: "agre",
      plastered: "plaster",
      motoring: "motor",
      sing: "sing",
      conflated: "conflat",
      sized: "size",
      hopping: "hop",
      falling: "fall",
      hissing: "hiss",
      fizzed: "fizz",
      failing: "fail",
      filing: "file",
      happy: "happi",
      sky: "sky",
      relational: "relat",
      conditional: "condit",
      digitizer: "digit",
      conformabli: "conform",
      radicalli: "radic",
      vietnamization: "vietnam",
      operator: "oper",
      feudalism: "feudal",
      hopefulness: "hope",
      formaliti: "formal",
      sensibiliti: "sensibl",
      triplicate: "triplic",
      electrical: "electr",
      goodness: "good",
      revival: "reviv",
      allowance: "allow",
      inference: "infer",
      airliner: "airlin",
      adjustable: "adjust",
      defensible: "defens",
      replacement: "replac",
      adjustment: "adjust",
      dependent: "depend",
      adoption: "adopt",
      homologou: "homolog",
      communism: "commun",
      activate: "activ",
      angulariti: "angular",
      effective: "effect",
      bowdlerize: "bowdler",
      probate: "probat",
      rate: "rate",
      cease: "ceas",
      controll: "control",
      roll: "roll",
      generalizations: "gener",
      oscillators: "oscil",
      as: "as",
      yes: "ye",
      ion: "ion",
      analogi: "analog",
    };
    const stems = Object.keys(list).map((word) => [word, stemPorter(word)]);
    expect(Object.fromEntries(stems)).toEqual(list);
  });

  const skipped = existsSync(JUDGED) ? [] : ["the judged collections are not on this machine"];
  if (skipped.length > 0) console.warn(`Skipped: ${skipped[0]}`);
  it.skipIf(skipped.length > 0).each([
    ["scifact", [0.678, 0.6391, 0.9253]],
    ["cranfield", [0.342, 0.2794, 0.7212]],
    ["cacm", [0.4772, 0.3279, 0.6424]],
  ])("gives the known figures of %s", async (name, expected) => {
    const options = { directory: join(JUDGED, name), system: "bm25", clock: tickingClock() };
    const summary = await evaluateCollection(options);
    const figures = ["ndcg@10", "map", "recall@100"].map((measure) => Number((summary[measure] as number).toFixed(4)));
    expect(figures).toEqual(expected);
  });
});
