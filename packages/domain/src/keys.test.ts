import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { nameKey, titleKey, topicKey } from "./keys.ts";

describe("keys", () => {
  it("join spellings of one title", () => {
    const key = titleKey("DETRs with $K$-Hybrid Assignments: A Study");
    expect(titleKey("detrs with k hybrid assignments — a   study")).toBe(key);
    expect(titleKey("DETRs with \\textbf{K}-Hybrid Assignments: A Study")).toBe(key);
    expect(titleKey("DETRs with Q-Hybrid Assignments: A Study")).not.toBe(key);
  });

  it("join spellings of one name, and keep names in other scripts apart", () => {
    expect(nameKey("Jürgen  MÜLLER-Lüdenscheidt")).toBe("jurgen muller ludenscheidt");
    expect(nameKey("王小明")).not.toBe(nameKey("李小明"));
    expect(nameKey("'; drop table papers")).toBe("drop table papers");
  });

  it("fold a topic once: folding again changes nothing, and no control character stays", () => {
    expect(topicKey("  Sparse\tRetrieval ")).toBe("sparse retrieval");
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (word) => {
        const key = topicKey(word);
        expect(topicKey(key)).toBe(key);
        expect(key).not.toMatch(/\p{Cc}/u);
      }),
    );
  });
});
