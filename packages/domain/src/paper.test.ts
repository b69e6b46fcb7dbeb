import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeFacts, type PaperFacts, pageUrl, pdfUrl, topicsOf } from "./paper.ts";

const facts: fc.Arbitrary<PaperFacts> = fc.record(
  {
    title: fc.constantFrom("A", "B"),
    abstract: fc.constantFrom("one", "two"),
    note: fc.constantFrom("x", "y"),
    publishedAt: fc.constantFrom("2025-01-01T00:00:00.000Z", "2025-01-02T00:00:00.000Z"),
    publishedPrecision: fc.constantFrom("day" as const, "year" as const),
    links: fc.array(
      fc.record({ kind: fc.constant("code" as const), url: fc.constantFrom("u", "v"), stars: fc.nat(3) }),
      { maxLength: 2 },
    ),
    unverified: fc.subarray(["id" as const, "published" as const]),
  },
  { requiredKeys: ["title"] },
);

describe("mergeFacts", () => {
  it("changes nothing when told the same again, newer or older", () => {
    fc.assert(
      fc.property(facts, facts, fc.boolean(), (known, said, newer) => {
        const once = mergeFacts(known, said, { newer });
        expect(mergeFacts(once, said, { newer })).toEqual(once);
        expect(mergeFacts(once, known, { newer: !newer })).toEqual(once);
      }),
    );
  });

  it("never loses a fact, and lets the newer one win", () => {
    fc.assert(
      fc.property(facts, facts, (known, said) => {
        const merged = mergeFacts(known, said, { newer: true });
        for (const key of ["title", "abstract", "note", "publishedAt"] as const) {
          expect(merged[key]).toBe(said[key] ?? known[key]);
        }
      }),
    );
  });

  it("ends a doubt when somebody states the same without one", () => {
    const doubtful: PaperFacts = { title: "A", publishedAt: "2025-01-01T00:00:00.000Z", unverified: ["published"] };
    const silent = mergeFacts(doubtful, { title: "A", note: "x" }, { newer: true });
    expect(silent.unverified).toEqual(["published"]);
    const sure = mergeFacts(doubtful, { title: "A", publishedAt: "2025-01-02T00:00:00.000Z" }, { newer: true });
    expect(sure.unverified).toBeUndefined();
    expect(mergeFacts(sure, doubtful, { newer: false }).unverified).toBeUndefined();
  });
});

describe("a paper", () => {
  it("is listed under its keywords and categories, each once", () => {
    const topics = topicsOf({
      title: "A",
      keywords: ["Deep  Learning", "cs.LG"],
      categories: ["cs.LG"],
      primaryCategory: "cs.LG",
    });
    expect(topics).toEqual(["deep learning", "cs.lg"]);
  });

  it("has its pages where it says, else at arXiv, else nowhere", () => {
    const paper = { title: "A", revision: 1 };
    expect(pageUrl({ ...paper, id: "2503.00001" })).toBe("https://arxiv.org/abs/2503.00001");
    expect(pdfUrl({ ...paper, id: "2503.00001", links: [{ kind: "pdf", url: "https://example.org/a.pdf" }] })).toBe(
      "https://example.org/a.pdf",
    );
    expect(pageUrl({ ...paper, id: "01JQDXA7A2T0V7R3M1XH5GZ8YC" })).toBeUndefined();
  });
});
