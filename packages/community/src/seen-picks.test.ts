import type { PickedPaper } from "@paperwire/store";
import { expect, it } from "vitest";
import { changesSince, writeSeenPicks } from "./seen-picks.ts";

const pick = (id: string, note: string | null = null) => ({ paper: { id }, note }) as PickedPaper;
const [one, two, three] = [pick("2503.00001"), pick("cs/0102003", "Read =this= first"), pick("2503.00003")];
const since = (seen: PickedPaper[], now: PickedPaper[]) => changesSince(writeSeenPicks(seen), now);
const nothing = { picked: [], takenOut: [], annotated: [], reordered: false };

it("sees no change where there is none", () => {
  expect(since([], [])).toBeNull();
  expect(since([one, two], [one, two])).toBeNull();
});

it("sees what was picked and taken out, and does not take that for another order", () => {
  expect(since([], [one])).toEqual({ ...nothing, picked: [one] });
  expect(since([one], [])).toEqual({ ...nothing, takenOut: ["2503.00001"] });
  expect(since([one, two], [three, two])).toEqual({ ...nothing, picked: [three], takenOut: ["2503.00001"] });
});

it("sees another order and other notes", () => {
  expect(since([one, two], [two, one])).toEqual({ ...nothing, reordered: true });
  const [noted, bare] = [pick("2503.00001", "New"), pick("cs/0102003")];
  expect(since([one, two], [noted, bare])).toEqual({ ...nothing, annotated: [noted, bare] });
});

it("makes nothing of a text that was never ours", () => {
  expect(changesSince("= == \n  <b>", [one])).toMatchObject({ picked: [one], reordered: false });
  expect(() => changesSince("x".repeat(10_000), [one])).toThrow(/could not be read/);
});
