import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { splitMath } from "./split-math.ts";

const formulas = (text: string) => splitMath(text).flatMap((piece) => (piece.kind === "math" ? [piece.tex] : []));

describe("finding formulas", () => {
  it.each([
    ["a bound of $O(n \\log n)$ steps", ["O(n \\log n)"]],
    ["images of 256$\\times$256 and $\\sim$1B weights", ["\\times", "\\sim"]],
    ["both \\(x_1\\) and \\[y = x^2\\]", ["x_1", "y = x^2"]],
    ["$$E = mc^2$$ and $ \\alpha \\leq 1 $", ["E = mc^2", "\\alpha \\leq 1"]],
    ["a speed-up of $3.5\\times$ for $\\$10$", ["3.5\\times", "\\$10"]],
    ["with $\\text{many words in text}$ inside", ["\\text{many words in text}"]],
  ])("takes what is math in %j", (text, expected) => {
    expect(formulas(text)).toEqual(expected);
  });

  it.each([
    "all at a cost of only $25 and without human labelers, or $30 with them",
    "earn $1 million, then $2 million",
    "costs \\$0.34 and \\$0.50 each",
    "between $0.8-$1.5 per run",
    "from $18/hour versus $60/hour",
    "fixing bugs for 1$: cheap and 2$: dear",
    "a lone $ sign",
    "an empty $$ pair and $ $",
    "o3's $4,500/task to GPT's $12/task",
  ])("leaves prices and stray signs alone in %j", (text) => {
    expect(formulas(text)).toEqual([]);
  });

  it("loses no character of any text", () => {
    const texts = fc.array(
      fc.constantFrom("$", "$$", "\\(", "\\)", "\\[", "\\]", "\\", "x", "5", " ", "\n\n", "word ", "^2"),
    );
    fc.assert(
      fc.property(texts, (parts) => {
        const text = parts.join("");
        const joined = splitMath(text).map((piece) => (piece.kind === "text" ? piece.text : piece.source));
        expect(joined.join("")).toBe(text);
      }),
    );
  });

  it("stays quick on ten thousand dollar signs and shows the rest as it is", () => {
    const pieces = splitMath("$x$ ".repeat(10_000));
    expect(pieces.filter((piece) => piece.kind === "math")).toHaveLength(200);
  });
});
