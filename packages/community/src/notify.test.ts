import type { Comment } from "@paperwire/domain";
import type { LogEntry, Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { afterAll, beforeAll, beforeEach, expect, it } from "vitest";
import { createNotifier } from "./notify.ts";
import { submitPaper } from "./submit.ts";

let store: Store;
const people = ["ada", "bela", "cy"];
const clock = () => Date.UTC(2025, 2, 28, 12);
const seen = async (handle: string) =>
  (await store.notifications.list(`id-${handle}`, { limit: 50, offset: 0 })).items.map(({ kind, words, path }) => ({
    kind,
    words,
    path,
  }));

beforeAll(async () => {
  store = await openTestStore(clock);
  await store.papers.takeIn([
    { identifiers: [{ scheme: "arxiv", value: "2503.00001" }], facts: { title: "A  long\ntitle" } },
  ]);
});
beforeEach(async () => {
  for (const handle of people) {
    await store.accounts.erase(`id-${handle}`);
    const names = { handle, name: handle, email: `${handle}@example.org` };
    await store.accounts.add({ id: `id-${handle}`, ...names, trust: 1 });
  }
});
afterAll(() => store?.close());

const comment = (by: string, id: string): Comment => ({
  id,
  paperId: "2503.00001",
  parentId: null,
  author: { id: `id-${by}`, handle: by, name: by, role: "reader" },
  body: "",
  state: "shown",
  reason: null,
  edits: 0,
  createdAt: "2025-03-28T12:00:00.000Z",
  updatedAt: "2025-03-28T12:00:00.000Z",
});

it("tells of answers and calls, once each, and never of one's own", async () => {
  const notifier = createNotifier({ store });
  const said = {
    comment: comment("bela", "C2"),
    parent: comment("ada", "C1"),
    handles: ["ada", "cy", "bela", "nobody"],
  };
  await notifier.onComment(said);
  await notifier.onComment(said);
  const answered = { kind: "reply", words: "@bela answered you on “A long title”.", path: "/comments/C2" };
  expect(await seen("ada")).toEqual([answered]);
  expect(await seen("cy")).toMatchObject([{ kind: "mention", words: "@bela called you on “A long title”." }]);
  expect(await seen("bela")).toEqual([]);
});

it("tells somebody who is called by what they were called before, once", async () => {
  await store.accounts.rename("id-cy", { handle: "cyril", name: "Cyril" });
  const { onComment } = createNotifier({ store });
  for (const handle of ["cy", "cyril"])
    await onComment({ comment: comment("bela", "C9"), parent: null, handles: [handle] });
  expect(await seen("cy")).toMatchObject([{ kind: "mention", path: "/comments/C9" }]);
});

it("leaves out what somebody does not want to know, and goes with who caused it", async () => {
  const notifier = createNotifier({ store });
  await store.notifications.setWishes("id-ada", { pace: "never", hidden: ["reply"], unmailed: [] });
  await notifier.onComment({ comment: comment("bela", "C3"), parent: comment("ada", "C1"), handles: ["cy"] });
  expect(await seen("ada")).toEqual([]);
  expect(await seen("cy")).toHaveLength(1);
  await store.accounts.erase("id-bela");
  expect(await seen("cy")).toEqual([]);
});

it("tells who put a paper forward that it was picked, and takes that back with the pick", async () => {
  const notifier = createNotifier({ store });
  const editionClock = { timeZone: "UTC", rollOverMinutes: 0 };
  const account = { ...(await store.accounts.find("id-ada"))! };
  const parts = { store, clock, editionClock, submitAgeDays: 14 };
  const sent = await submitPaper(parts, { account, paperId: "2503.00001", note: "" });
  const pick = { date: "2025-03-28", paperId: "2503.00001", by: "id-cy" };
  await notifier.onPick({ ...pick, undone: false });
  expect(await seen("ada")).toMatchObject([{ kind: "pick", path: "/papers/2503.00001" }]);
  await notifier.onPick({ ...pick, undone: true });
  expect(await seen("ada")).toEqual([]);
  await notifier.onDecision({ ...sent, state: "declined", reason: "Too long." }, "id-cy");
  expect(await seen("ada")).toMatchObject([{ kind: "submission", path: "/submissions" }]);
  await notifier.onDecision({ ...sent, state: "waiting" }, "id-cy");
  expect(await seen("ada")).toEqual([]);
});

it("tells people what a moderator did, whatever they switched off, and when it was taken back", async () => {
  const notifier = createNotifier({ store });
  await store.notifications.setWishes("id-ada", { pace: "never", hidden: ["reply", "moderation"], unmailed: [] });
  const entry: LogEntry = {
    id: "L1",
    at: "2025-03-28T12:00:00.000Z",
    act: "hide-comment",
    subject: { kind: "comment", id: "C1" },
    moderator: "cy",
    moderatorId: "id-cy",
    person: "ada",
    personId: "id-ada",
    paper: { id: "2503.00001", title: "A long title" },
    reason: "Advertising",
    undone: false,
    undoneBy: null,
    appeal: null,
    verdict: null,
  };
  await notifier.onModerated(entry);
  await notifier.onModerated({ ...entry, appeal: "refused", verdict: { reason: "It is one.", by: "dan" } });
  await notifier.onModerated({ ...entry, undone: true });
  expect((await seen("ada")).map(({ words }) => words)).toEqual([
    "A moderator took an act back: hid a comment (“A long title”).",
    "Your appeal was refused: a moderator hid a comment (“A long title”), and that stands. Reason: It is one.",
    "A moderator hid a comment (“A long title”). Reason: Advertising",
  ]);
  // Where it can be appealed.
  expect((await seen("ada")).map(({ path }) => path)).toEqual(Array(3).fill("/claims#L1"));
});
