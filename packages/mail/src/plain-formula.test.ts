import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { plainText } from "./plain-formula.ts";

describe("a title or abstract as plain text", () => {
  it.each([
    ["A $10\\times$ speed-up with $\\mathcal{O}(n^2)$ memory", "A 10× speed-up with O(n²) memory"],
    ["$\\alpha$-divergence of $x_i$ and $\\mathbb{R}^n$", "α-divergence of xᵢ and Rⁿ"],
    ["Bounds \\(\\epsilon \\leq 10^{-3}\\)", "Bounds ε ≤ 10⁻³"],
    ["DETRs with $K$-Hybrid", "DETRs with K-Hybrid"],
    ["It costs $5 and not $10", "It costs $5 and not $10"],
    ["$\\frac{a}{b}$ stays as it is", "$\\frac{a}{b}$ stays as it is"],
    ["\\emph{Very} good, 50\\% less, ``quoted''", 'Very good, 50% less, "quoted"'],
    ["two\n lines", "two lines"],
  ])("%j", (source, text) => {
    expect(plainText(source)).toBe(text);
  });

  it("is one line, whatever it was made from", () => {
    fc.assert(fc.property(fc.string(), (source) => !/[\r\n\t]/.test(plainText(source))));
  });
});
