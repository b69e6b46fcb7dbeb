import { describe, expect, it } from "vitest";
import { formulaToMathml } from "./formula.ts";

const inline = (tex: string) => formulaToMathml(tex, { display: false });

describe("typesetting a formula", () => {
  it("writes MathML without wrapper, source copy or style", () => {
    expect(inline("\\frac{a}{b}")).toBe("<math><mrow><mfrac><mi>a</mi><mi>b</mi></mfrac></mrow></math>");
    expect(inline("\\fcolorbox{red}{blue}{x}")).not.toContain(" style=");
  });

  it("marks a displayed formula as a block", () => {
    expect(formulaToMathml("x", { display: true })).toContain('display="block"');
  });

  it("uses letters that browsers know for script, blackboard and bold", () => {
    expect(inline("\\mathcal{L}")).toContain("<mi>ℒ</mi>");
    expect(inline("\\mathbb{R}^n")).toContain("<mi>ℝ</mi>");
    expect(inline("\\mathbf{x}")).toContain("𝐱");
  });

  it("reads a percent sign as one", () => {
    expect(inline("95%")).toContain("%");
  });

  it.each(["\\frac{a}", "\\nosuchcommand{x}", "x^^2", "}"])("gives up on %j", (tex) => {
    expect(inline(tex)).toBeNull();
  });

  it("follows no link, loads nothing, and stops a bomb of macros", () => {
    for (const tex of [
      "\\href{javascript:alert(1)}{x}",
      "\\includegraphics{https://example.org/x.png}",
      "\\htmlClass{a}{x}",
    ]) {
      expect(inline(tex)).toBeNull();
    }
    const bomb = `\\def\\a{x}${"bcdefgh"
      .split("")
      .map((name, at) => `\\def\\${name}{${`\\${"abcdefgh"[at]}`.repeat(10)}}`)
      .join("")}\\h`;
    expect(inline(bomb)).toBeNull();
  });

  it("escapes what would be markup", () => {
    expect(inline("\\text{<script>alert(1)</script>}")).not.toContain("<script>");
  });
});
