import { describe, expect, test } from "vitest";
import { adaptArxivEntry } from "./adapter.ts";
import { parseFeed } from "./feed.ts";
import { entryXml, feedXml } from "./testing.ts";

const NOW = "2026-05-31T12:00:00.000Z";
const one = (xml: string) => adaptArxivEntry(parseFeed(feedXml(xml)).entries[0]!, NOW);

describe("an entry", () => {
  test("becomes a record without version, folded, as of now", () => {
    const { record, isWithdrawn } = one(
      entryXml("2503.00001", {
        title: "On A &amp; B:\n  a &#8220;study&#x201d;",
        summary: "We show that $a &lt; b$\n  always.",
        comment: "12 pages &lt;3",
      }),
    );
    expect(isWithdrawn).toBe(false);
    expect(record).toEqual({
      identifiers: [{ scheme: "arxiv", value: "2503.00001" }],
      facts: {
        title: "On A & B: a “study”",
        abstract: "We show that $a < b$ always.",
        authors: [{ name: "Ada A." }, { name: "Ben B." }],
        publishedAt: "2025-03-01T12:00:00.000Z",
        publishedPrecision: "instant",
        primaryCategory: "cs.CV",
        categories: ["cs.CV", "cs.LG"],
        note: "12 pages <3",
        version: 2,
        versions: [
          { number: 1, at: "2025-03-01T12:00:00.000Z" },
          { number: 2, at: "2025-03-05T12:00:00.000Z" },
        ],
      },
      asOf: NOW,
      speaksFor: "arXiv",
    });
  });

  test.each([
    "This paper has been withdrawn by the authors due to an error in Lemma 2",
    "Withdrawn; superseded by another paper",
    "The authors have withdrawn this work",
  ])("withdrawn: %s", (comment) => {
    const { record, isWithdrawn } = one(entryXml("2503.00001", { comment }));
    expect(isWithdrawn).toBe(true);
    expect(record.facts.note).toBe(`Withdrawn on arXiv. ${comment}`);
    expect(record.facts.notices).toEqual([{ kind: "withdrawn", source: "arXiv", date: "2025-03-05" }]);
    expect(record.facts.abstract).toBe("What it says.");
  });

  test("a notice in place of the abstract does not replace the abstract", () => {
    const { record } = one(entryXml("2503.00001", { summary: "This paper has been withdrawn by the author." }));
    expect(record.facts).not.toHaveProperty("abstract");
    expect(record.facts.note).toBe("Withdrawn on arXiv. This paper has been withdrawn by the author.");
  });

  test("a paper about withdrawals is not withdrawn", () => {
    const summary = "Reserves shrink when savings are withdrawn. This paper asks why money is withdrawn.";
    expect(one(entryXml("2503.00001", { summary })).isWithdrawn).toBe(false);
  });
});

describe("an answer", () => {
  test("without entries is empty", () => {
    expect(parseFeed(feedXml())).toEqual({ entries: [], misfits: [] });
  });

  test("with a half-empty entry keeps the others", () => {
    const feed = parseFeed(feedXml("<entry><id>http://arxiv.org/abs/2503.00009</id></entry>", entryXml("2503.00001")));
    expect(feed.entries).toHaveLength(1);
    expect(feed.misfits).toEqual([{ id: "http://arxiv.org/abs/2503.00009", reason: '"title" is missing.' }]);
  });

  test.each([
    ["<html><body>Service unavailable</body></html>", "arXiv did not answer with a feed."],
    ["Rate exceeded.", "arXiv says that it is asked too often."],
    ["", "arXiv did not answer with a feed."],
    [feedXml(entryXml("2503.00001")).slice(0, -60), "arXiv's answer is damaged or cut short."],
    [
      feedXml(
        "<entry><id>https://arxiv.org/api/errors#bad_id</id><title>Error</title><summary>bad id</summary></entry>",
      ),
      'arXiv answers: "bad id".',
    ],
  ])("%s", (xml, reason) => {
    expect(() => parseFeed(xml)).toThrow(reason);
  });

  test("with entities of its own is refused before any is expanded", () => {
    const bomb = `<!DOCTYPE feed [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]>${feedXml(entryXml("2503.00001", { title: "&b;" }))}`;
    expect(() => parseFeed(bomb)).toThrow("declares a document type");
    expect(one(entryXml("2503.00001", { title: "x &b; &#0; &#x110000;" })).record.facts.title).toBe(
      "x &b; &#0; &#x110000;",
    );
  });
});
