import { describe, expect, it } from "vitest";
import {
  type DigestItem,
  digestNameOf,
  digestRangeOf,
  editionEndMs,
  lastClosedDay,
  reasonFor,
  selectFor,
} from "./digest.ts";
import { DEFAULT_PREFERENCES, isPausedOn, readPreferences } from "./subscription.ts";

const item = (paperId: string, upvotes: number, topics: string[] = []): DigestItem => ({
  paperId,
  title: paperId,
  authors: [],
  authorsTotal: 0,
  lead: "",
  upvotes,
  topics,
  links: [],
});

describe("a digest", () => {
  it("has the name of its day, week or month", () => {
    expect([
      digestNameOf("daily", "2025-03-28"),
      digestNameOf("weekly", "2025-03-28"),
      digestNameOf("monthly", "2025-03-28"),
    ]).toEqual(["2025-03-28", "2025-W13", "2025-03"]);
    expect(digestRangeOf("weekly", "2025-03-28")).toEqual({ first: "2025-03-24", last: "2025-03-30" });
  });

  it("gives each subscriber what they asked for, in its own order, and says how much is held back", () => {
    const digest = {
      items: [item("a", 9, ["cs.cv"]), item("b", 5, ["cs.ir"]), item("c", 5, ["cs.cv"]), item("d", 0, ["cs.cv"])],
    };
    const ids = (wishes: Partial<typeof DEFAULT_PREFERENCES>) => {
      const { items, heldBack } = selectFor(digest, { ...DEFAULT_PREFERENCES, ...wishes });
      return [items.map((one) => one.paperId).join(""), heldBack];
    };
    expect(ids({})).toEqual(["abcd", 0]);
    expect(ids({ papersMax: 2 })).toEqual(["ab", 2]);
    expect(ids({ topics: ["cs.cv"], upvotesMin: 1, papersMax: 1 })).toEqual(["a", 1]);
    expect(ids({ topics: ["math.co"] })).toEqual(["", 0]);
  });

  it("says why a paper is there", () => {
    expect(reasonFor({ ...item("a", 1, ["cs.cv"]), submittedBy: "A K" }, { topics: ["cs.cv"] })).toBe(
      "1 upvote, put forward by A K, your topic cs.cv",
    );
  });
});

describe("closing", () => {
  it("is when the next edition begins, in winter and in summer time", () => {
    const clock = { timeZone: "America/New_York", rollOverMinutes: 21 * 60 + 30 };
    expect(new Date(editionEndMs("2025-03-28", clock)).toISOString()).toBe("2025-03-29T01:30:00.000Z");
    expect(new Date(editionEndMs("2025-01-15", clock)).toISOString()).toBe("2025-01-16T02:30:00.000Z");
    const midnight = { timeZone: "Pacific/Kiritimati", rollOverMinutes: 0 };
    expect(new Date(editionEndMs("2025-01-15", midnight)).toISOString()).toBe("2025-01-15T10:00:00.000Z");
  });

  it("leaves the open day, week and month alone", () => {
    expect([
      lastClosedDay("daily", "2025-03-31"),
      lastClosedDay("weekly", "2025-03-31"),
      lastClosedDay("monthly", "2025-03-31"),
    ]).toEqual(["2025-03-30", "2025-03-30", "2025-02-28"]);
    expect(lastClosedDay("weekly", "2025-03-30")).toBe("2025-03-23");
  });
});

describe("wishes", () => {
  it("are read from a form, and what is absent stays", () => {
    const form = {
      cadence: "weekly",
      papers: "5",
      upvotes: "3",
      topics: "cs.CV,  Sparse   Retrieval,,cs.cv",
      hour: "7",
      zone: "europe/berlin",
      plain: "on",
      pause: "2025-04-10",
    };
    const wishes = readPreferences(form, DEFAULT_PREFERENCES);
    expect(wishes).toEqual({
      cadence: "weekly",
      papersMax: 5,
      upvotesMin: 3,
      topics: ["cs.cv", "sparse retrieval"],
      hour: 7,
      timeZone: "Europe/Berlin",
      plainText: true,
      pausedUntil: "2025-04-10",
    });
    expect(readPreferences({ plain: "on" }, wishes)).toEqual(wishes);
    expect(isPausedOn("2025-04-10", wishes)).toBe(true);
    expect(isPausedOn("2025-04-11", wishes)).toBe(false);
  });

  it.each([
    [{ cadence: "hourly" }, /daily, weekly, monthly/],
    [{ papers: "16" }, /from 1 to 15/],
    [{ papers: "1e1" }, /from 1 to 15/],
    [{ upvotes: "-1" }, /from 0/],
    [{ hour: "24" }, /from 0 to 23/],
    [{ zone: "Mars/Base" }, /time zone/],
    [{ pause: "tomorrow" }, /not a date/],
    [{ topics: "x".repeat(101) }, /at most 100 characters/],
    [{ topics: Array.from({ length: 21 }, (_, n) => `t${n}`).join(",") }, /At most 20/],
  ])("that are none are refused with a sentence: %j", (form, sentence) => {
    expect(() => readPreferences(form, DEFAULT_PREFERENCES)).toThrow(sentence);
  });
});
