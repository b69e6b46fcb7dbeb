import { describe, expect, it } from "vitest";
import { createTaste } from "./taste.ts";

const about = (topic: string, n: number) => ({
  title: `${topic} study number ${n}`,
  abstract: `We look at ${topic} again.`,
  authors: [{ name: `Author ${n}` }],
});

describe("what a text promises", () => {
  it("is nothing before anything was learnt", () => {
    expect(createTaste().promise(about("Transformers", 1))).toBe(0);
  });

  it("is learnt from how papers like it did", () => {
    const taste = createTaste();
    for (let n = 0; n < 40; n++) {
      taste.learn(about("Transformers", n), 0.8);
      taste.learn(about("Abacus", n), -0.8);
    }
    expect(taste.promise(about("Transformers", 99))).toBeGreaterThan(0.3);
    expect(taste.promise(about("Abacus", 99))).toBeLessThan(-0.3);
  });

  it("stays within its bounds, whatever it is fed", () => {
    const taste = createTaste();
    for (let n = 0; n < 200; n++) taste.learn({ title: "x ".repeat(5_000), keywords: ["", "\0", "x"] }, 1e3);
    expect(taste.promise({ title: "x x x" })).toBeLessThanOrEqual(1.2);
    expect(taste.promise({ title: "" })).toBeGreaterThanOrEqual(-1.2);
  });
});
