/** Measures against trec_eval's own values, against a second definition, and by hand. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { measureRun } from "./measure-run.ts";
import { judgeList, measureList, parseMeasure } from "./measures.ts";
import { parseQrels } from "./qrels.ts";
import { parseRun } from "./run.ts";

const TESTDATA = join(import.meta.dirname, "testdata");
interface Golden {
  readonly perQuery: Record<string, Record<string, number>>;
  readonly mean: Record<string, number>;
}
/** Written by bench/search/check-trec-eval.mjs --write-golden: what trec_eval and ir_measures answered. */
const golden = JSON.parse(readFileSync(join(TESTDATA, "trec-eval.json"), "utf8")) as Record<string, Golden>;

describe("the values of trec_eval", () => {
  for (const [name, expected] of Object.entries(golden)) {
    const qrels = parseQrels(readFileSync(join(TESTDATA, `${name}.qrels`), "utf8"));
    const run = parseRun(readFileSync(join(TESTDATA, `${name}.run`), "utf8"));
    const measures = Object.keys(Object.values(expected.perQuery)[0]);

    it(`are met for every query of "${name}"`, () => {
      const { perQuery } = measureRun(qrels, run, measures, { missingQueries: "skip" });
      expect([...perQuery.keys()].toSorted()).toEqual(Object.keys(expected.perQuery).toSorted());
      for (const [query, values] of Object.entries(expected.perQuery)) {
        for (const measure of measures) {
          expect(perQuery.get(query)?.[measure]).toBeCloseTo(values[measure], 12);
        }
      }
    });

    it(`are met on average over all judged queries of "${name}"`, () => {
      const { mean, queries } = measureRun(qrels, run, Object.keys(expected.mean));
      expect(queries).toBe(qrels.size);
      for (const [measure, value] of Object.entries(expected.mean)) expect(mean[measure]).toBeCloseTo(value, 12);
    });
  }

  it("cover nine runs", () => expect(Object.keys(golden)).toHaveLength(9));
});

describe("a measured run", () => {
  const qrels = new Map([
    ["q1", new Map([["a", 2]])],
    ["q2", new Map([["b", 1]])],
  ]);
  const run = new Map([["q1", [{ id: "a", score: 1 }]]]);

  it("counts an unanswered query as zero, or leaves it out where asked", () => {
    expect(measureRun(qrels, run, ["mrr"]).mean).toEqual({ mrr: 0.5 });
    expect(measureRun(qrels, run, ["mrr"], { missingQueries: "skip" })).toMatchObject({ mean: { mrr: 1 }, queries: 1 });
  });

  it("drops the query's own document only where asked", () => {
    const own = new Map([
      [
        "q1",
        [
          { id: "q1", score: 9 },
          { id: "a", score: 1 },
        ],
      ],
    ]);
    expect(measureRun(qrels, own, ["mrr"]).perQuery.get("q1")).toEqual({ mrr: 0.5 });
    expect(measureRun(qrels, own, ["mrr"], { dropQueryId: true }).perQuery.get("q1")).toEqual({ mrr: 1 });
  });

  it("compares scores in single precision unless told to use double", () => {
    const close = new Map([
      [
        "q1",
        [
          { id: "a", score: 1 + 1e-9 },
          { id: "z", score: 1 },
        ],
      ],
    ]);
    expect(measureRun(qrels, close, ["mrr"]).perQuery.get("q1")).toEqual({ mrr: 0.5 });
    expect(measureRun(qrels, close, ["mrr"], { precision: "double" }).perQuery.get("q1")).toEqual({ mrr: 1 });
  });

  it("averages nothing to zero", () => expect(measureRun(new Map(), run, ["map"]).mean).toEqual({ map: 0 }));
});

describe("a measure", () => {
  it("gives the values worked out by hand", () => {
    const list = judgeList(
      ["a", "x", "b", "y"],
      new Map([
        ["a", 1],
        ["b", 3],
        ["c", 2],
        ["x", 0],
      ]),
    );
    const value = (name: string) => measureList(list, parseMeasure(name));
    const ideal = 3 + 2 / Math.log2(3) + 1 / 2;
    expect(value("ndcg@10")).toBeCloseTo((1 + 3 / 2) / ideal, 12);
    expect(value("ndcg@2")).toBeCloseTo(1 / (3 + 2 / Math.log2(3)), 12);
    expect(value("map")).toBeCloseTo((1 + 2 / 3) / 3, 12);
    expect(value("map@2")).toBeCloseTo(1 / 3, 12);
    expect(value("recall@3")).toBeCloseTo(2 / 3, 12);
    expect(value("p@10")).toBeCloseTo(0.2, 12);
    expect(value("success@1")).toBe(1);
    expect(value("mrr@10")).toBe(1);
  });

  it("refuses names it does not know and cutoffs that make no sense", () => {
    for (const name of ["ndgc@10", "p", "recall", "p@0", "p@-1", "p@1.5", "ndcg@", "ndcg@1@2", "p@9999999", ""]) {
      expect(() => parseMeasure(name)).toThrow(`measure "${name}"`);
    }
    expect(parseMeasure(" nDCG@10 ").name).toBe("ndcg@10");
  });

  it("agrees with a second, plainer definition on any list", () => {
    const grades = fc.array(fc.integer({ min: -1, max: 4 }), { maxLength: 30 });
    fc.assert(
      fc.property(grades, grades, fc.integer({ min: 1, max: 12 }), (retrieved, missed, cutoff) => {
        const judged = new Map([...retrieved, ...missed].map((grade, at) => [`d${at}`, grade]));
        const list = judgeList(
          retrieved.map((_, at) => `d${at}`),
          judged,
        );
        const all = [...judged.values()].filter((grade) => grade > 0);
        const found = retrieved.slice(0, cutoff).filter((grade) => grade > 0).length;
        const value = (name: string) => measureList(list, parseMeasure(`${name}@${cutoff}`));
        expect(value("p")).toBe(found / cutoff);
        expect(value("recall")).toBe(all.length === 0 ? 0 : found / all.length);
        expect(value("success")).toBe(Number(found > 0));
        const dcg = (gains: number[]) =>
          gains.slice(0, cutoff).reduce((sum, gain, at) => sum + Math.max(0, gain) / Math.log2(at + 2), 0);
        const ideal = dcg(all.toSorted((a, b) => b - a));
        expect(value("ndcg")).toBeCloseTo(ideal === 0 ? 0 : dcg(retrieved) / ideal, 10);
        const precisions = retrieved.slice(0, cutoff).map((grade, at) => {
          return grade > 0 ? retrieved.slice(0, at + 1).filter((other) => other > 0).length / (at + 1) : 0;
        });
        const sum = precisions.reduce((total, precision) => total + precision, 0);
        expect(value("map")).toBeCloseTo(all.length === 0 ? 0 : sum / all.length, 10);
      }),
    );
  });
});
