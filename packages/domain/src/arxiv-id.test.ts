import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatArxivId, isArxivId, parseArxivId } from "./arxiv-id.ts";

describe("arXiv ids", () => {
  it("are read from ids, references and addresses", () => {
    const cases: [string, { id: string; version: number | null }][] = [
      ["2503.12345", { id: "2503.12345", version: null }],
      ["0704.0001v2", { id: "0704.0001", version: 2 }],
      ["arXiv:2503.12345v10", { id: "2503.12345", version: 10 }],
      ["https://arxiv.org/abs/2503.12345v1", { id: "2503.12345", version: 1 }],
      ["https://arxiv.org/pdf/2503.12345.pdf", { id: "2503.12345", version: null }],
      ["https://huggingface.co/papers/2503.12345?x=1", { id: "2503.12345", version: null }],
      ["hep-th/9901001v3", { id: "hep-th/9901001", version: 3 }],
      ["math.GT/0309136", { id: "math/0309136", version: null }],
    ];
    for (const [text, id] of cases) expect([text, parseArxivId(text)]).toEqual([text, id]);
  });

  it("are nothing else", () => {
    for (const text of ["", "2513.12345", "2503.123", "2503.123456", "2503.12345v", "../2503.12345", "2503.12345 x"]) {
      expect([text, parseArxivId(text)]).toEqual([text, null]);
    }
    expect(isArxivId("2503.12345v1")).toBe(false);
  });

  it("come back as they were written", () => {
    const digits = (least: number, most: number) => fc.integer({ min: least, max: most });
    const version = fc.option(digits(1, 99));
    fc.assert(
      fc.property(digits(7, 99), digits(1, 12), digits(0, 99_999), version, (year, month, number, v) => {
        const two = (n: number) => String(n).padStart(2, "0");
        const text = `${two(year)}${two(month)}.${String(number).padStart(5, "0")}${v === null ? "" : `v${v}`}`;
        expect(formatArxivId(parseArxivId(text)!)).toBe(text);
      }),
    );
  });
});
