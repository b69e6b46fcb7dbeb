import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { announcedAtMs, hasBatch } from "./announcement-calendar.ts";
import { type BatchDoor, type BatchState, batchState, type DoorReport } from "./batch-state.ts";
import { addDays } from "./edition-date.ts";

const DAY = "2026-11-24";
const HOUR_MS = 3_600_000;
const MORNING = announcedAtMs(DAY) + 12 * HOUR_MS;

/** A door that has all of a day with 80 new papers and 70 other entries. */
const whole = (door: BatchDoor): DoorReport => ({
  door,
  dated: DAY,
  claimed: 80,
  listed: 80,
  fresh: 80,
  entries: 150,
});
const judge = (reports: DoorReport[], facts: Partial<Parameters<typeof batchState>[0]> = {}) =>
  batchState({ day: DAY, nowMs: MORNING, reports, announced: 80, stored: 80, usual: 85, ...facts });

describe("a batch", () => {
  test("is complete where two doors agree and every paper is stored", () => {
    expect(judge([whole("rss"), whole("listing")])).toBe("complete");
    expect(judge([whole("rss"), whole("oai")])).toBe("complete");
  });

  test("is provisional while one door speaks alone, or a paper is announced and not stored", () => {
    expect(judge([whole("rss")])).toBe("provisional");
    expect(judge([whole("rss"), whole("listing")], { stored: 79 })).toBe("provisional");
  });

  test("is provisional where a feed shares 16 of 212 papers with the listing", () => {
    const rss = { ...whole("rss"), claimed: 16, listed: 16, fresh: 16 };
    const listing = { ...whole("listing"), claimed: 212, listed: 212, fresh: 212 };
    expect(judge([rss, listing], { announced: 212, stored: 212, usual: 200 })).toBe("provisional");
  });

  test("is provisional where a page is cut off at its limit", () => {
    const cut = { ...whole("listing"), claimed: 90 };
    expect(judge([cut, whole("rss")])).toBe("provisional");
  });

  test("is stale where many entries bring nothing new", () => {
    const old = { ...whole("rss"), fresh: 0 };
    expect(judge([old], { announced: 0, stored: 0 })).toBe("stale");
    expect(judge([{ ...old, dated: "2026-11-23" }], { announced: 0, stored: 0 })).toBe("stale");
  });

  test("is missing where nobody says anything, and where all that is said is nothing", () => {
    const empty = { ...whole("rss"), claimed: 0, listed: 0, fresh: 0, entries: 0 };
    expect(judge([], { announced: 0, stored: 0 })).toBe("missing");
    expect(judge([empty, { ...empty, door: "listing" }], { announced: 0, stored: 0 })).toBe("missing");
  });

  test("of a small set may be empty, when two doors say so", () => {
    const empty = { ...whole("rss"), claimed: 0, listed: 0, fresh: 0, entries: 4 };
    const facts = { announced: 0, stored: 0, usual: 2 };
    expect(judge([empty, { ...empty, door: "listing" }], facts)).toBe("complete");
    expect(judge([empty], facts)).toBe("provisional");
    expect(judge([{ ...empty, dated: "2026-11-23" }], facts)).toBe("stale");
  });

  test("two doors that agree on a tenth of an ordinary day need a third", () => {
    const facts = { usual: 800 };
    expect(judge([whole("rss"), whole("listing")], facts)).toBe("provisional");
    expect(judge([whole("rss"), whole("listing"), whole("oai")], facts)).toBe("complete");
  });

  test("that nobody expects, or that is not late yet, has no state", () => {
    const nothing = { announced: 0, stored: 0 };
    expect(judge([], { ...nothing, day: "2026-11-22" })).toBeNull();
    expect(judge([], { ...nothing, day: "2026-11-27" })).toBeNull();
    expect(judge([], { ...nothing, nowMs: announcedAtMs(DAY) + HOUR_MS })).toBeNull();
    expect(judge([], { ...nothing, nowMs: announcedAtMs(DAY) + 6 * HOUR_MS })).toBe("missing");
  });
});

/** What can go wrong with one door on one day. */
const FAULTS = ["none", "none", "none", "lag", "stale", "short", "doubled", "empty", "silent", "silent"] as const;
type Fault = (typeof FAULTS)[number];
const DOORS: readonly BatchDoor[] = ["rss", "listing", "oai"];

const modelDay = fc.record({
  offset: fc.nat(700),
  usual: fc.integer({ min: 0, max: 300 }),
  share: fc.double({ min: 0.4, max: 1.6, noNaN: true }),
  others: fc.integer({ min: 1, max: 200 }),
  faults: fc.record({
    rss: fc.constantFrom(...FAULTS),
    listing: fc.constantFrom(...FAULTS),
    oai: fc.constantFrom(...FAULTS),
  }),
  seeds: fc.record({ rss: fc.nat(9_999), listing: fc.nat(9_999), oai: fc.nat(9_999) }),
  unstored: fc.oneof(
    { weight: 4, arbitrary: fc.constant(0) },
    { weight: 1, arbitrary: fc.integer({ min: 1, max: 9 }) },
  ),
});

test("1,000 random days of three doors with lag, stale, short, doubled, empty and silent answers are told apart", () => {
  const counts: Record<string, number> = {};
  fc.assert(
    fc.property(modelDay, (drawn) => {
      const day = addDays("2025-01-01", drawn.offset);
      const expected = hasBatch(day);
      const size = expected ? Math.round(drawn.usual * drawn.share) : 0;
      const today = Array.from({ length: size }, (_, n) => `${day}#${n}`);
      const yesterday = Array.from({ length: Math.max(drawn.usual, 1) }, (_, n) => `before ${day}#${n}`);
      const answers = DOORS.map((door) => answer(door, drawn.faults[door], { day, today, yesterday, ...drawn }));
      // Two doors that lose the very same papers, or a door that says nothing of a small set, look like the truth.
      fc.pre(!answers.some((one) => one.fault === "short" && looksWhole(one.ids, answers, one)));
      const fresh = new Set(answers.flatMap((one) => one.ids.filter((id) => id.startsWith(day))));
      const stored = Math.max(fresh.size - drawn.unstored, 0);
      const facts = {
        day,
        nowMs: announcedAtMs(day) + 14 * HOUR_MS,
        announced: fresh.size,
        stored,
        usual: drawn.usual,
      };
      const said = batchState({ ...facts, reports: answers.flatMap((one) => one.report ?? []) });
      const truth = truthOf(answers, { expected, size, stored, fresh: fresh.size, usual: drawn.usual });
      counts[String(truth)] = (counts[String(truth)] ?? 0) + 1;
      expect(said).toBe(truth);
    }),
    { numRuns: 1_000, seed: 20_261_123 },
  );
  // Each kind of day did come up.
  for (const kind of ["complete", "provisional", "stale", "missing", "null"]) expect(counts[kind]).toBeGreaterThan(15);
});

type Answer = { door: BatchDoor; fault: Fault; ids: string[]; report: DoorReport | undefined };

/** What a door says under a fault, as the replay server would let it say. */
function answer(
  door: BatchDoor,
  fault: Fault,
  model: { day: string; today: string[]; yesterday: string[]; others: number; seeds: Record<BatchDoor, number> },
): Answer {
  const { day, today, yesterday, others, seeds } = model;
  const said = (ids: string[], dated: string, entries: number): Answer => {
    const fresh = ids.filter((id) => id.startsWith(day)).length;
    return { door, fault, ids, report: { door, dated, claimed: ids.length, listed: ids.length, fresh, entries } };
  };
  if (fault === "silent") return { door, fault, ids: [], report: undefined };
  if (!hasBatch(day) || fault === "empty") return said([], day, 0);
  if (fault === "lag") return said(yesterday, addDays(day, -1), yesterday.length + others);
  if (fault === "stale") return said(yesterday, day, yesterday.length + others);
  // Repeated entries are counted once by whoever reads them: the report is that of a whole door.
  if (fault === "short") {
    const kept = today.filter((_, n) => (n * 7_919 + seeds[door]) % 3 === 0);
    return said(kept, day, kept.length + others);
  }
  return said(today, day, today.length + others);
}

/** The rule of the model, in terms of what was broken and not of what was counted. */
function truthOf(
  answers: Answer[],
  {
    expected,
    size,
    stored,
    fresh,
    usual,
  }: { expected: boolean; size: number; stored: number; fresh: number; usual: number },
): BatchState | null {
  if (!expected) return null;
  const whole = answers.filter(({ fault }) => fault === "none" || fault === "doubled").length;
  const speaks = answers.some(({ fault }) => fault === "lag" || fault === "stale");
  const emptyDay = answers.filter(({ fault }) => fault === "empty").length;
  if (size > 0 && fresh > 0) return whole >= 2 && stored >= fresh ? "complete" : "provisional";
  if (speaks) return "stale";
  const dated = size === 0 ? answers.filter(({ fault }) => fault !== "silent").length : emptyDay;
  if (usual < 5 && dated > 0) return dated >= 2 ? "complete" : "provisional";
  return size === 0 && answers.some(({ report }) => report && report.entries > 0) ? "stale" : "missing";
}

function looksWhole(ids: string[], answers: Answer[], self: Answer): boolean {
  const key = ids.join();
  return (
    ids.length === 0 ||
    answers.some(
      (other) => other !== self && other.fault !== "lag" && other.fault !== "stale" && other.ids.join() === key,
    )
  );
}
