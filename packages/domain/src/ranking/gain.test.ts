import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addDays } from "../edition-date.ts";
import { gainWithin } from "./gain.ts";

const WEEK = { first: "2025-03-24", last: "2025-03-30" };
const at = (day: string, count: number) => ({ day, count });

describe("what a count gained", () => {
  it("is the difference of two looks within the days", () => {
    expect(gainWithin([at("2025-03-24", 3), at("2025-03-30", 8)], WEEK)).toBe(5);
    expect(gainWithin([at("2025-03-28", 8), at("2025-03-25", 9)], WEEK)).toBe(-1);
  });

  it("takes of a longer growth only the days' share", () => {
    // 14 a fortnight, of which seven days lie within.
    expect(gainWithin([at("2025-03-16", 10), at("2025-03-30", 24)], WEEK)).toBe(7);
    expect(gainWithin([at("2025-03-16", 10), at("2025-03-30", 24)], { first: WEEK.last, last: WEEK.last })).toBe(1);
  });

  it("is not known of one look, nor of none within the days, and later ones tell nothing", () => {
    expect(gainWithin([], WEEK)).toBeNull();
    expect(gainWithin([at("2025-03-28", 8)], WEEK)).toBeNull();
    expect(gainWithin([at("2025-03-10", 1), at("2025-03-20", 8)], WEEK)).toBeNull();
    expect(gainWithin([at("2025-03-28", 8), at("2025-04-02", 90)], WEEK)).toBeNull();
  });

  it("of a steady growth is the growth of the days, whenever one looked", () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 0, max: 20 }),
        fc.integer({ min: 0, max: 60 }),
        fc.uniqueArray(fc.integer({ min: -60, max: -1 }), { minLength: 1, maxLength: 8 }),
        (perDay, days, before) => {
          const first = "2025-03-01";
          const last = addDays(first, days);
          const looks = [...before, days].map((offset) => at(addDays(first, offset), 10_000 + perDay * offset));
          expect(gainWithin(looks, { first, last })).toBeCloseTo(perDay * (days + 1), 5);
        },
      ),
    );
  });
});
