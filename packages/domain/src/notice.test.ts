import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mergeNotices, NOTICE_KINDS, type Notice, noticeText, strongestNotice } from "./notice.ts";

const notice: fc.Arbitrary<Notice> = fc.record(
  {
    kind: fc.constantFrom(...NOTICE_KINDS),
    source: fc.constantFrom("arXiv", "Crossref"),
    date: fc.constantFrom("2025-01-01", "2025-02-01"),
    url: fc.constantFrom("https://example.org/a", "https://example.org/b"),
  },
  { requiredKeys: ["kind", "source"] },
);
const notices = fc.array(notice, { maxLength: 5 });
const keys = (all: readonly Notice[]) => [...new Set(all.map(({ kind, source }) => `${kind} ${source}`))].sort();

describe("notices", () => {
  it("are never lost by joining, and joining again changes nothing", () => {
    fc.assert(
      fc.property(notices, notices, (winner, other) => {
        const merged = mergeNotices(winner, other);
        expect(keys(merged)).toEqual(keys([...winner, ...other]));
        expect(mergeNotices(merged, merged)).toEqual(merged);
        expect(mergeNotices(winner, merged)).toEqual(merged);
      }),
    );
  });

  it("keep the earliest date that anybody named", () => {
    const [one] = mergeNotices(
      [{ kind: "withdrawn", source: "arXiv", date: "2025-03-02" }],
      [{ kind: "withdrawn", source: "arXiv", date: "2025-03-01" }],
    );
    expect(one).toEqual({ kind: "withdrawn", source: "arXiv", date: "2025-03-01" });
  });

  it("are taken back only by the source that made them", () => {
    const known: Notice[] = [
      { kind: "withdrawn", source: "arXiv" },
      { kind: "retracted", source: "Crossref" },
    ];
    expect(mergeNotices([], known, "arXiv")).toEqual([{ kind: "retracted", source: "Crossref" }]);
    expect(mergeNotices([], known)).toHaveLength(2);
  });

  it("show the strongest first", () => {
    const all: Notice[] = [
      { kind: "concern", source: "Crossref" },
      { kind: "retracted", source: "Crossref", date: "2025-03-01" },
    ];
    expect(noticeText(strongestNotice(all)!)).toBe("Retracted (Crossref, 2025-03-01)");
    expect(strongestNotice([])).toBeUndefined();
  });
});
