import type { Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { afterAll, beforeAll, expect, it } from "vitest";
import { aboutAccount } from "./about-account.ts";
import { submitPaper } from "./submit.ts";
import { vote } from "./vote.ts";

let store: Store;
beforeAll(async () => {
  store = await openTestStore();
  for (const handle of ["ada", "bela"]) {
    await store.accounts.add({ id: `id-${handle}`, handle, name: handle, email: `${handle}@example.org`, trust: 1 });
  }
  await store.papers.takeIn(
    ["2503.00001", "2503.00002"].map((value) => ({
      identifiers: [{ scheme: "arxiv" as const, value }],
      facts: { title: `Paper ${value}` },
    })),
  );
});
afterAll(() => store?.close());

const parts = () => ({
  store,
  clock: () => Date.UTC(2025, 2, 28, 12),
  editionClock: { timeZone: "UTC", rollOverMinutes: 0 },
  submitAgeDays: 14,
});

it("gives a person what is kept about them, and nothing of anybody else", async () => {
  const [ada, bela] = [(await store.accounts.find("id-ada"))!, (await store.accounts.find("id-bela"))!];
  await vote({ store }, { account: ada, paperId: "2503.00002", upvoted: true });
  await submitPaper(parts(), { account: ada, paperId: "2503.00001", note: "Mine" });
  await vote({ store }, { account: bela, paperId: "2503.00001", upvoted: true });
  const about = await aboutAccount(store, "id-ada");
  expect(about).toMatchObject({
    upvotes: [{ paperId: "2503.00002" }],
    submissions: [{ paper_id: "2503.00001", note: "Mine" }],
    notifications: { notifications: [] },
  });
  expect(JSON.stringify(about)).not.toContain("bela");
});

it("counts a vote for a joined paper at the one that stayed", async () => {
  await store.merges.merge({ papers: ["2503.00001", "2503.00002"], keep: "2503.00001", evidence: null, by: "test" });
  const bela = (await store.accounts.find("id-bela"))!;
  expect(await vote({ store }, { account: bela, paperId: "2503.00002", upvoted: true })).toMatchObject({
    paperId: "2503.00001",
    here: 2,
  });
  await expect(vote({ store }, { account: bela, paperId: "2503.99999", upvoted: true })).rejects.toThrow(
    "no such paper",
  );
});
