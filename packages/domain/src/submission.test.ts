import fc from "fast-check";
import { expect, it } from "vitest";
import { firstState, type SubmissionFacts, submissionRefusal, undoRefusal } from "./submission.ts";

const NOW_MS = Date.UTC(2025, 2, 31, 12);
const DAY_MS = 86_400_000;
const facts = (more: Partial<SubmissionFacts> = {}): SubmissionFacts => ({
  paper: { publishedAt: new Date(NOW_MS - 2 * DAY_MS).toISOString() },
  account: { role: "reader", trust: 1 },
  edition: null,
  waiting: false,
  sentToday: 0,
  nowMs: NOW_MS,
  ageDays: 14,
  ...more,
});

it("takes a fresh paper that nobody put forward", () => {
  expect(submissionRefusal(facts())).toBeNull();
});

it("says why a paper is refused", () => {
  expect(submissionRefusal(facts({ edition: "2025-03-28" }))).toContain("edition of 2025-03-28");
  expect(submissionRefusal(facts({ waiting: true }))).toContain("already");
  expect(submissionRefusal(facts({ sentToday: 3 }))).toContain("3 papers");
  expect(submissionRefusal(facts({ account: { role: "reader", trust: 0 }, sentToday: 1 }))).toContain("one paper");
  expect(submissionRefusal(facts({ account: { role: "curator", trust: 0 }, sentToday: 10 }))).toBeNull();
});

it("takes papers up to the age that the site allows, to the day, and of any age without a limit", () => {
  const aged = (days: number, more: Partial<SubmissionFacts["paper"]> = {}) => ({
    paper: { publishedAt: new Date(NOW_MS - days * DAY_MS).toISOString(), ...more },
  });
  expect(submissionRefusal(facts(aged(13.9)))).toBeNull();
  expect(submissionRefusal(facts(aged(14)))).toContain("last 14 days");
  expect(submissionRefusal(facts(aged(14.5, { publishedPrecision: "day" })))).toBeNull();
  expect(submissionRefusal(facts(aged(300, { publishedPrecision: "year" })))).toBeNull();
  expect(submissionRefusal(facts({ ...aged(4_000), ageDays: 0 }))).toBeNull();
  expect(submissionRefusal(facts({ paper: {} }))).toBeNull();
});

it("never refuses more for fewer sent, a younger paper, or more trust", () => {
  const arbitrary = fc.record({ days: fc.integer({ min: 0, max: 40 }), sent: fc.integer({ min: 0, max: 12 }) });
  const refused = (days: number, sentToday: number, trust: 0 | 1 | 2) =>
    submissionRefusal(
      facts({
        paper: { publishedAt: new Date(NOW_MS - days * DAY_MS).toISOString() },
        account: { role: "reader", trust },
        sentToday,
      }),
    ) !== null;
  fc.assert(
    fc.property(arbitrary, ({ days, sent }) => {
      if (refused(days, sent, 1)) return;
      expect(refused(days, sent, 2)).toBe(false);
      if (days > 0) expect(refused(days - 1, sent, 1)).toBe(false);
      if (sent > 0) expect(refused(days, sent - 1, 1)).toBe(false);
    }),
  );
});

it("lets a curator look first at what new accounts send", () => {
  expect(firstState({ role: "reader", trust: 0 })).toBe("waiting");
  expect(firstState({ role: "reader", trust: 1 })).toBe("shown");
  expect(firstState({ role: "curator", trust: 0 })).toBe("shown");
});

it("is taken back until somebody else votes, picks or closes", () => {
  const open = { state: "shown", votesOfOthers: 0, picked: false, closed: false } as const;
  expect(undoRefusal(open)).toBeNull();
  expect(undoRefusal({ ...open, state: "waiting" })).toBeNull();
  expect(undoRefusal({ ...open, votesOfOthers: 1 })).toContain("voted");
  expect(undoRefusal({ ...open, picked: true })).toContain("picked");
  expect(undoRefusal({ ...open, closed: true })).toContain("closed");
  expect(undoRefusal({ ...open, state: "declined" })).toContain("declined");
});
