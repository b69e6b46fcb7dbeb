import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeFacts, type PaperFacts, pageUrl, pdfUrl, topicsOf } from "./paper.ts";

const facts: fc.Arbitrary<PaperFacts> = fc.record(
  {
    title: fc.constantFrom("A", "B"),
    abstract: fc.constantFrom("one", "two"),
    note: fc.constantFrom("x", "y"),
    publishedAt: fc.constantFrom("2025-01-01T00:00:00.000Z", "2025-01-02T00:00:00.000Z"),
    publishedPrecision: fc.constantFrom("instant" as const, "day" as const, "year" as const),
    authors: fc.subarray([{ name: "X" }, { name: "Y", claimedBy: "y" }, { name: "Y" }, { name: "Z" }]),
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
        for (const key of ["title", "abstract", "note"] as const) {
          expect(merged[key]).toBe(said[key] ?? known[key]);
        }
      }),
    );
  });

  it("keeps the more exact date, and the newer one where both are equally exact", () => {
    const hour: PaperFacts = { title: "A", publishedAt: "2025-03-27T17:59:51.000Z", publishedPrecision: "instant" };
    const year: PaperFacts = { title: "A", publishedAt: "2025-01-01T00:00:00.000Z", publishedPrecision: "year" };
    expect(mergeFacts(hour, year, { newer: true })).toMatchObject(hour);
    expect(mergeFacts(year, hour, { newer: false })).toMatchObject(hour);
    const later = { ...hour, publishedAt: "2025-03-28T00:00:00.000Z" };
    expect(mergeFacts(hour, later, { newer: true })).toMatchObject(later);
  });

  it("keeps who claimed to be an author when a newer list only names them", () => {
    const claimed: PaperFacts = { title: "A", authors: [{ name: "Zoë Example", claimedBy: "zoe" }, { name: "B" }] };
    const plain: PaperFacts = { title: "A", authors: [{ name: "B" }, { name: "Zoe Example" }] };
    expect(mergeFacts(claimed, plain, { newer: true }).authors).toEqual([
      { name: "B" },
      { name: "Zoe Example", claimedBy: "zoe" },
    ]);
  });

  it("keeps what proves who an author is, unless two of them share the name", () => {
    const orcid = "0000-0002-1825-0097";
    const proved: PaperFacts = { title: "A", authors: [{ name: "Ada Example", orcid }] };
    const plain: PaperFacts = { title: "A", authors: [{ name: "Ada Example" }] };
    const namesakes: PaperFacts = { title: "A", authors: [{ name: "Ada Example" }, { name: "ada example" }] };
    expect(mergeFacts(proved, plain, { newer: true }).authors).toEqual(proved.authors);
    expect(mergeFacts(proved, namesakes, { newer: true }).authors).toEqual(namesakes.authors);
  });

  it("lets no source replace what a verified author set", () => {
    const summary = { text: "Ours.", source: "Ada", generated: false, byAuthor: true };
    const code = { kind: "code" as const, url: "https://example.org/ours", byAuthor: true };
    const set: PaperFacts = { title: "A", summary, links: [code] };
    const theirs = { kind: "code" as const, url: "https://example.org/theirs" };
    const said: PaperFacts = { title: "A", summary: { text: "x", source: "y", generated: true }, links: [theirs] };
    expect(mergeFacts(set, said, { newer: true })).toMatchObject({ summary, links: [code, theirs] });
  });

  it("ends a doubt when somebody states the same without one", () => {
    const doubtful: PaperFacts = { title: "A", publishedAt: "2025-01-01T00:00:00.000Z", unverified: ["published"] };
    const silent = mergeFacts(doubtful, { title: "A", note: "x" }, { newer: true });
    expect(silent.unverified).toEqual(["published"]);
    const sure = mergeFacts(doubtful, { title: "A", publishedAt: "2025-01-02T00:00:00.000Z" }, { newer: false });
    expect(sure.publishedAt).toBe("2025-01-02T00:00:00.000Z");
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
