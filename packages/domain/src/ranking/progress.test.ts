import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { progress, type Standing } from "./progress.ts";

const papers = (edition: string, field: string, more: { counted: number; expected: number; papers?: number }) =>
  Array.from({ length: more.papers ?? 100 }, () => ({
    edition,
    field,
    counted: more.counted,
    expected: more.expected,
  }));
/** A paper that is not among those that are known. */
const another = (edition: string, field: string): Standing => ({ edition, field, counted: 0, expected: 0 });

describe("how far an edition has come", () => {
  it("is what its papers have of what they will have, field by field", () => {
    const far = progress([
      ...papers("2025-03-28", "cs.CV", { counted: 1, expected: 10 }),
      ...papers("2025-03-28", "math.CV", { counted: 2, expected: 10 }),
      ...papers("2025-03-21", "cs.CV", { counted: 10, expected: 10 }),
    ]);
    expect(far(another("2025-03-28", "cs.CV"))).toBeCloseTo(0.1, 1);
    expect(far(another("2025-03-28", "math.CV"))).toBeCloseTo(0.2, 1);
    expect(far(another("2025-03-21", "cs.CV"))).toBeCloseTo(1, 6);
  });

  it("leans on the edition where a field has few papers, and on what is usual where nothing is known", () => {
    const far = progress([
      ...papers("2025-03-28", "cs.CV", { counted: 1, expected: 10 }),
      ...papers("2025-03-28", "math.CV", { counted: 3, expected: 1, papers: 1 }),
    ]);
    expect(far(another("2025-03-28", "math.CV"))).toBeLessThan(0.3);
    expect(far(another("2025-03-28", "cs.DL"))).toBeCloseTo(0.12, 2);
    expect(far(another("2024-01-01", "cs.CV"))).toBe(1);
  });

  it("is not told by a paper's own votes", () => {
    const others = papers("2025-03-28", "cs.CV", { counted: 2, expected: 4, papers: 5 });
    const far = (counted: number) => {
      const own = { edition: "2025-03-28", field: "cs.CV", counted, expected: 7 };
      return progress([...others, own])(own);
    };
    expect(far(1_000)).toBe(far(0));
    const own = { edition: "2025-03-28", field: "cs.CV", counted: 9, expected: 7 };
    expect(progress([own])(own)).toBe(1);
  });

  it("is over 0 and finite, and the same in any order", () => {
    const paper = fc.record({
      edition: fc.constantFrom("a", "b"),
      field: fc.constantFrom("", "x"),
      counted: fc.double({ min: 0, max: 1e6, noNaN: true }),
      expected: fc.double({ min: 1e-3, max: 1e6, noNaN: true }),
    });
    fc.assert(
      fc.property(fc.array(paper), (all) => {
        const far = progress(all);
        const again = progress(all.toReversed());
        for (const one of all) {
          expect(far(one)).toBeGreaterThan(0);
          expect(Number.isFinite(far(one))).toBe(true);
          expect(again(one)).toBe(far(one));
        }
      }),
    );
  });
});
