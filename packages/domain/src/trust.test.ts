import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { TrustLevel } from "./account.ts";
import { earnedTrust } from "./trust.ts";

describe("earned trust", () => {
  it("comes with time and accepted work, not with one of them", () => {
    expect(earnedTrust(0, { ageDays: 400, kept: 2, upheld: 0 })).toBe(0);
    expect(earnedTrust(0, { ageDays: 1, kept: 90, upheld: 0 })).toBe(0);
    expect(earnedTrust(0, { ageDays: 3, kept: 3, upheld: 0 })).toBe(1);
    expect(earnedTrust(1, { ageDays: 60, kept: 30, upheld: 0 })).toBe(2);
  });

  it("stands still while flags are upheld, and never falls by itself", () => {
    const level = fc.constantFrom<TrustLevel>(0, 1, 2);
    const conduct = fc.record({ ageDays: fc.nat(1000), kept: fc.nat(1000), upheld: fc.nat(3) });
    fc.assert(
      fc.property(level, conduct, (now, known) => {
        const next = earnedTrust(now, known);
        expect(next).toBeGreaterThanOrEqual(now);
        if (known.upheld > 0) expect(next).toBe(now);
      }),
    );
  });
});
