import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  addDays,
  addMonths,
  editionDateAt,
  formatWeek,
  isEditionDate,
  parseEditionDate,
  parseMonth,
  parseWeek,
  weekdayOf,
} from "./edition-date.ts";

const anyDay = fc
  .integer({ min: Date.UTC(1950, 0, 1) / 86_400_000, max: Date.UTC(2100, 0, 1) / 86_400_000 })
  .map((day) => new Date(day * 86_400_000).toISOString().slice(0, 10));

describe("edition dates", () => {
  it("are real days", () => {
    expect(parseEditionDate("2024-02-29")).toBe("2024-02-29");
    for (const text of ["2025-13-40", "2025-02-29", "2025-1-1", "20250101", "", "2025-03-28T00:00:00Z", "0000-01-01"]) {
      expect([text, isEditionDate(text)]).toEqual([text, false]);
      expect(() => parseEditionDate(text)).toThrow(/is not a date/);
    }
  });

  it("know their ISO week: seven days from Monday that all name the same week", () => {
    fc.assert(
      fc.property(anyDay, (day) => {
        const { first, last } = parseWeek(formatWeek(day));
        expect(weekdayOf(first)).toBe(1);
        expect(addDays(first, 6)).toBe(last);
        expect(first <= day && day <= last).toBe(true);
        expect(formatWeek(first)).toBe(formatWeek(last));
      }),
    );
  });

  it("follow ISO 8601 at the turn of the year", () => {
    expect(formatWeek("2024-12-30")).toBe("2025-W01");
    expect(formatWeek("2021-01-03")).toBe("2020-W53");
    expect(parseWeek("2025-W44")).toEqual({ first: "2025-10-27", last: "2025-11-02" });
    expect(() => parseWeek("2025-W53")).toThrow(/is not a week/);
    expect(() => parseWeek("2025-W00")).toThrow(/is not a week/);
  });

  it("gather into months", () => {
    expect(parseMonth("2024-02")).toEqual({ first: "2024-02-01", last: "2024-02-29" });
    expect(() => parseMonth("2024-13")).toThrow(/is not a month/);
    expect([addMonths("2024-11", 3), addMonths("2024-01", -1)]).toEqual(["2025-02", "2023-12"]);
  });
});

describe("the edition that is open at an instant", () => {
  const newYork = { timeZone: "America/New_York", rollOverMinutes: 21 * 60 + 30 };

  it("turns at the roll-over hour of its own zone", () => {
    expect(editionDateAt(Date.parse("2025-03-28T01:29:59Z"), newYork)).toBe("2025-03-27");
    expect(editionDateAt(Date.parse("2025-03-28T01:30:00Z"), newYork)).toBe("2025-03-28");
    expect(editionDateAt(Date.parse("2025-12-31T23:59:00Z"), { timeZone: "UTC", rollOverMinutes: 0 })).toBe(
      "2025-12-31",
    );
  });

  it("never goes back, through both changes of the clocks", () => {
    for (const start of ["2025-03-08T00:00:00Z", "2025-11-01T00:00:00Z"]) {
      let before = "";
      for (let minute = 0; minute < 72 * 60; minute += 10) {
        const date = editionDateAt(Date.parse(start) + minute * 60_000, newYork);
        expect(date >= before).toBe(true);
        before = date;
      }
    }
  });
});
