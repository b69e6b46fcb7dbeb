import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { easternDay } from "./announcement-calendar.ts";
import { addDays } from "./edition-date.ts";
import { isAnnouncedEarlier } from "./late-papers.ts";

const day = fc.integer({ min: 0, max: 1_500 }).map((days) => addDays("2023-01-01", days));
const instant = fc.integer({ min: Date.UTC(2023, 0, 1), max: Date.UTC(2027, 0, 1) });

describe("a paper is announced earlier", () => {
  it("exactly where its day was before the edition's, and over when it came in", () => {
    fc.assert(
      fc.property(day, instant, day, (announcedOn, takenInMs, edition) => {
        const wasOver = easternDay(takenInMs) > announcedOn;
        expect(isAnnouncedEarlier({ announcedOn, takenInMs, edition })).toBe(announcedOn < edition && wasOver);
      }),
    );
  });

  it("in every later edition, once it is in one", () => {
    fc.assert(
      fc.property(day, instant, day, fc.nat(30), (announcedOn, takenInMs, edition, later) => {
        if (!isAnnouncedEarlier({ announcedOn, takenInMs, edition })) return;
        expect(isAnnouncedEarlier({ announcedOn, takenInMs, edition: addDays(edition, later) })).toBe(true);
      }),
    );
  });

  it.each([
    ["2026-11-20", "2026-11-21T04:59:59Z", "2026-11-21", false],
    ["2026-11-20", "2026-11-21T05:00:00Z", "2026-11-21", true],
    ["2026-11-20", "2026-11-23T12:00:00Z", "2026-11-20", false],
    ["2026-07-20", "2026-07-21T04:00:00Z", "2026-07-21", true],
  ])("announced for %s, here at %s, in the edition of %s: %s", (announcedOn, at, edition, expected) => {
    expect(isAnnouncedEarlier({ announcedOn, takenInMs: Date.parse(at), edition })).toBe(expected);
  });
});
