import { describe, expect, it } from "vitest";
import { bucketOf, exposure, LOOK_BUCKETS, lookAt, looksOf, meanLooks } from "./exposure.ts";

describe("looks", () => {
  it("fall with the place, bucket by bucket, and never to nothing", () => {
    const places = Array.from({ length: 300 }, (_, at) => at + 1);
    const buckets = places.map(bucketOf);
    expect(buckets).toEqual(buckets.toSorted((a, b) => a - b));
    expect(new Set(buckets).size).toBe(LOOK_BUCKETS);
    const worth = Array.from({ length: LOOK_BUCKETS }, (_, bucket) => looksOf([{ bucket, count: 1 }]));
    expect(worth[0]).toBe(1);
    expect(worth).toEqual(worth.toSorted((a, b) => b - a));
    expect(worth.at(-1)).toBeGreaterThan(0);
    for (const place of [1, 2, 3])
      expect(looksOf([{ bucket: bucketOf(place), count: 10 }])).toBeCloseTo(10 * lookAt(place));
  });

  it("compare a paper with its own field and edition, carefully while little was counted", () => {
    const paper = (field: string, looks: number | null) => ({ edition: "2025-03-28", field, looks });
    const papers = [paper("cs.CV", 900), paper("cs.CV", 100), paper("math.CV", 4), paper("math.CV", null)];
    const mean = meanLooks(papers);
    expect(papers.map(mean)).toEqual([500, 500, 4, 4]);
    expect(exposure(900, 500)).toBeCloseTo(1.26, 2);
    expect(exposure(8, 4)).toBeCloseTo(1.106, 3);
    expect(exposure(null, 500)).toBe(1);
    expect(exposure(0, 0)).toBe(1);
    expect(exposure(1e9, 1)).toBe(10);
  });
});
