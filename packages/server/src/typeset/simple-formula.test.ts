import { describe, expect, it } from "vitest";
import { simpleFormula } from "./simple-formula.ts";

describe("formulas that text does better", () => {
  it.each([
    ["^3", { text: "3", script: "sup" }],
    ["_{max}", { text: "max", script: "sub" }],
    ["\\times", { text: "×", script: "none" }],
    ["{\\sim}", { text: "∼", script: "none" }],
    ["^\\circ", { text: "°", script: "none" }],
    ["90", { text: "90", script: "none" }],
  ] as const)("reads %j", (tex, expected) => {
    expect(simpleFormula(tex)).toEqual(expected);
  });

  it.each(["x", "x^2", "^{\\alpha}", "\\frac12", "^", "constructor", "1+1"])("leaves %j to the typesetter", (tex) => {
    expect(simpleFormula(tex)).toBeNull();
  });
});
