import { createReadStream, readFileSync } from "node:fs";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { importText, SHARED, withShared } from "../../testing.ts";
import { dateOf, formatDateLine, latestWeekday, linksIn, parseDateLine } from "./shape.ts";

const ABSTRACT = "An abstract that we made up. ".repeat(5).trim();
const pageOf = (...paragraphs: string[]) => ["new", "Subscribe", ...paragraphs].map((line) => `${line}\n\n`).join("");

describe("the date line", () => {
  test("what is written is read back", () => {
    const date = fc.date({ min: new Date("1950-01-01"), max: new Date("2150-01-01"), noInvalidDate: true });
    fc.assert(
      fc.property(date, fc.boolean(), (date, withYear) => {
        const said = {
          month: date.getUTCMonth() + 1,
          day: date.getUTCDate(),
          year: withYear ? date.getUTCFullYear() : null,
        };
        expect(parseDateLine(formatDateLine(said))).toEqual(said);
      }),
    );
  });

  test.each(["March 28", "28 Mar", "28 march", "Mar. 28", "mar 28"])("%s is one, too", (line) => {
    expect(parseDateLine(line)).toEqual({ month: 3, day: 28, year: null });
  });

  test.each(["2025-03-28", "Mar 28, 2025", "28 March 2025"])("%s names its year", (line) => {
    expect(dateOf(parseDateLine(line)!)).toBe("2025-03-28");
  });

  test.each(["Mar 32", "Mart 28", "March of the 28", "Marching 28", "28", "Mar"])("%s is none", (line) => {
    expect(parseDateLine(line)).toBeNull();
  });

  test("without a year it is the latest weekday that is not to come", () => {
    const march28 = { month: 3, day: 28, year: null };
    expect(latestWeekday(march28, "2026-05-31")).toBe("2025-03-28");
    expect(latestWeekday(march28, "2025-03-28")).toBe("2025-03-28");
    expect(latestWeekday(march28, "2025-03-27")).toBe("2024-03-28");
    expect(latestWeekday({ month: 2, day: 29, year: null }, "2026-05-31")).toBe("2024-02-29");
    expect(latestWeekday({ month: 2, day: 30, year: null }, "2026-05-31")).toBeNull();
  });
});

describe("links in an abstract", () => {
  test.each([
    ["code at https://github.com/a/b.", [{ kind: "code", url: "https://github.com/a/b" }]],
    ["https://github.com/a/b.git and (https://github.com/a/b),", [{ kind: "code", url: "https://github.com/a/b" }]],
    ["https://github.com/a/b{rm Code} are out", [{ kind: "code", url: "https://github.com/a/b" }]],
    ["https://github.com/a/b{https://github.com/a/b}.", [{ kind: "code", url: "https://github.com/a/b" }]],
    ["see~https://gitee.com/a/b/tree/main/c.", [{ kind: "code", url: "https://gitee.com/a/b/tree/main/c" }]],
    ["https://someone.github.io/work/.", [{ kind: "project", url: "https://someone.github.io/work/" }]],
    ["https://github.com/someone", [{ kind: "project", url: "https://github.com/someone" }]],
    [
      "https://huggingface.co/datasets/a/b",
      [{ kind: "dataset", url: "https://huggingface.co/datasets/a/b", label: "a/b" }],
    ],
    ["https://huggingface.co/spaces/a/b", [{ kind: "demo", url: "https://huggingface.co/spaces/a/b", label: "a/b" }]],
    ["https://huggingface.co/a/b", [{ kind: "model", url: "https://huggingface.co/a/b", label: "a/b" }]],
    [
      "https://huggingface.co/papers/2503.00001",
      [{ kind: "project", url: "https://huggingface.co/papers/2503.00001" }],
    ],
    ["javascript://x https://u:p@evil.example/ none", []],
  ])("%s", (abstract, links) => {
    expect(linksIn(abstract)).toEqual(links);
  });
});

describe("the page", () => {
  test("titles and abstracts by turns become records in the order of the page, found by title", async () => {
    const { summary, records } = await importText(
      pageOf("Mar 28", "First title", `${ABSTRACT} https://github.com/a/b`, "Second title", ABSTRACT),
    );
    expect(summary).toMatchObject({ format: "page", added: 2, refused: 0 });
    expect(summary.notes).toEqual([
      "The page names no year: 2025-03-28 is the latest weekday with that day and month.",
    ]);
    expect(records[0]).toEqual({
      identifiers: [],
      facts: {
        title: "First title",
        abstract: `${ABSTRACT} https://github.com/a/b`,
        links: [{ kind: "code", url: "https://github.com/a/b" }],
      },
      entry: { edition: "2025-03-28", position: 1 },
      asOf: "2025-03-28T01:00:00.000Z",
    });
    expect(records[1]!.entry!.position).toBe(2);
  });

  test("the date that is given counts, and nothing needs to be concluded", async () => {
    const { summary, records } = await importText(pageOf("Mar 28", "A title", ABSTRACT), { date: "2024-03-28" });
    expect(records[0]!.entry!.edition).toBe("2024-03-28");
    expect(summary.notes).toEqual([]);
  });

  test("a second date line begins another edition", async () => {
    const { records } = await importText(pageOf("Mar 28", "A", ABSTRACT, "Mar 27", "B", ABSTRACT));
    expect(records.map(({ entry }) => entry)).toEqual([
      { edition: "2025-03-28", position: 1 },
      { edition: "2025-03-27", position: 1 },
    ]);
    const { records: dated } = await importText(pageOf("Mar 28", "A", ABSTRACT, "Mar 27", "B", ABSTRACT), {
      date: "2024-03-28",
    });
    expect(dated[1]!.entry!.edition).toBe("2024-03-27");
  });

  test("a title without an abstract is refused by its line, the next ones stand", async () => {
    const { summary, records } = await importText(pageOf("Mar 28", "Alone", "A title", ABSTRACT, "Last"));
    expect(records.map(({ facts }) => facts.title)).toEqual(["A title"]);
    expect(summary.refusals).toEqual([
      { line: 7, reason: 'No abstract follows the title "Alone".' },
      { line: 13, reason: 'No abstract follows the title "Last".' },
    ]);
  });

  test("a title of 10,000 characters is refused together with its abstract", async () => {
    const { summary, records } = await importText(
      pageOf("Mar 28", "t".repeat(10_000), ABSTRACT, "???", ABSTRACT, "Good", ABSTRACT),
    );
    expect(records.map(({ facts }) => facts.title)).toEqual(["Good"]);
    expect(summary.refusals.map(({ reason }) => reason)).toEqual([
      "The title has 10,000 characters; at most 2,000 are taken.",
      'The title "???" holds no letter and no digit.',
    ]);
  });

  test.each(["Feb 30", "Feb 29, 2025"])("%s, a day that no calendar has, is no edition", async (line) => {
    const { summary } = await importText(pageOf(line, "A title", ABSTRACT));
    expect(summary.unreadable).toContain("its date line names a day that no calendar has");
  });

  test.skipIf(!withShared)("the captured one has the 91 titles of the seed in their order", async () => {
    const { records } = await importText(createReadStream(`${SHARED}seed/page.txt`));
    const seed = readFileSync(`${SHARED}seed/facts.jsonl`, "utf8").trim().split("\n");
    expect(records.map(({ facts }) => facts.title)).toEqual(seed.map((line) => JSON.parse(line).title));
    expect(records.flatMap(({ facts }) => facts.links ?? []).length).toBeGreaterThan(35);
  });
});
