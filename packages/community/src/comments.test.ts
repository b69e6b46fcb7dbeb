import type { Account, TrustLevel } from "@paperwire/domain";
import { type DomainError } from "@paperwire/domain";
import type { Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Comments, createComments, type OnComment } from "./comments.ts";

const PAPER = "2503.00001";
const OTHER = "2503.00002";

describe("commenting", () => {
  let store: Store;
  let comments: Comments;
  let nowMs = Date.UTC(2025, 2, 28, 12);
  const told: string[] = [];
  const onComment: OnComment = async ({ comment, parent, handles }) => {
    told.push([comment.body, parent?.author?.handle ?? "-", ...handles].join(" | "));
  };
  const member = async (handle: string, trust: TrustLevel = 1): Promise<Account> => {
    await store.accounts.add({ id: `id-${handle}`, handle, name: handle, email: `${handle}@example.org`, trust });
    return (await store.accounts.find(`id-${handle}`))!;
  };
  let ada: Account;
  let bela: Account;
  const code = (act: Promise<unknown>) =>
    act.then(
      () => "done",
      (error: DomainError) => error.code,
    );
  beforeAll(async () => {
    store = await openTestStore(() => nowMs);
    comments = createComments({ store, clock: () => nowMs }, onComment);
    await store.papers.takeIn(
      [PAPER, OTHER].map((value) => ({ identifiers: [{ scheme: "arxiv", value }], facts: { title: value } })),
    );
    ada = await member("ada");
    bela = await member("bela");
  });
  afterAll(() => store?.close());

  it("puts an answer to an answer into the same thread, and tells whom it answers and calls", async () => {
    const first = await comments.write(ada, { paperId: PAPER, typed: "First, @bela" });
    const second = await comments.write(bela, { paperId: PAPER, typed: "Second", parentId: first.id });
    const third = await comments.write(ada, { paperId: PAPER, typed: "Third @cy", parentId: second.id });
    expect([second.parentId, third.parentId]).toEqual([first.id, first.id]);
    expect(told).toEqual(["First, @bela | - | bela", "Second | ada", "Third @cy | ada | cy"]);
  });

  it("refuses an unknown paper, another paper's thread, an empty text and an answer to what is gone", async () => {
    const about = await comments.write(ada, { paperId: OTHER, typed: "about the other" });
    expect(await code(comments.write(ada, { paperId: "2503.99999", typed: "x" }))).toBe("not-found");
    expect(await code(comments.write(ada, { paperId: PAPER, typed: "x", parentId: about.id }))).toBe("invalid");
    expect(await code(comments.write(ada, { paperId: PAPER, typed: "  " }))).toBe("invalid");
    await comments.remove(ada, about.id);
    expect(await code(comments.write(bela, { paperId: OTHER, typed: "x", parentId: about.id }))).toBe("conflict");
  });

  it("lets nobody else change, delete or put back a comment", async () => {
    const { id } = await comments.write(ada, { paperId: PAPER, typed: "mine" });
    expect(await code(comments.edit(bela, id, { typed: "yours", edits: 0 }))).toBe("not-found");
    expect(await code(comments.remove(bela, id))).toBe("not-found");
    await comments.remove(ada, id);
    expect(await code(comments.restore(bela, id))).toBe("not-found");
    expect(await comments.restore(ada, id)).toMatchObject({ body: "mine", state: "shown" });
  });

  it("tells who changed it in another window, and calls only those who were not called before", async () => {
    const { id } = await comments.write(ada, { paperId: PAPER, typed: "hello @bela" });
    told.length = 0;
    await comments.edit(ada, id, { typed: "hello @bela and @cy", edits: 0 });
    expect(told).toEqual(["hello @bela and @cy | - | cy"]);
    expect(await code(comments.edit(ada, id, { typed: "late", edits: 0 }))).toBe("conflict");
    expect((await comments.find(id)).body).toBe("hello @bela and @cy");
  });

  it("holds links of new accounts, also those that are put in later, and calls nobody until they show", async () => {
    const newcomer = await member("newcomer", 0);
    told.length = 0;
    const held = await comments.write(newcomer, { paperId: PAPER, typed: "@ada see https://example.org" });
    expect(held.state).toBe("held");
    const plain = await comments.write(newcomer, { paperId: PAPER, typed: "plain" });
    const edited = await comments.edit(newcomer, plain.id, { typed: "now with https://example.org", edits: 0 });
    expect(edited.state).toBe("held");
    await comments.remove(newcomer, edited.id);
    expect((await comments.restore(newcomer, edited.id)).state).toBe("held");
    expect(told).toEqual(["plain | -"]);
  });

  it("lets a new account write five in an hour, and again an hour later", async () => {
    nowMs += 3_600_000;
    const eager = await member("eager", 0);
    const write = (typed: string) => code(comments.write(eager, { paperId: PAPER, typed }));
    expect(await write("first")).toBe("done");
    nowMs += 600_000;
    for (const typed of ["second", "third", "fourth", "fifth"]) expect(await write(typed)).toBe("done");
    await expect(comments.write(eager, { paperId: PAPER, typed: "sixth" })).rejects.toThrow("in 50 minutes");
    // What was sent already is there, and no reason to be refused.
    expect(await write("fifth")).toBe("done");
    nowMs += 3_600_001 - 600_000;
    expect(await write("sixth")).toBe("done");
  });

  it("takes words for a paper that was joined with another while they were typed", async () => {
    const [kept, gone] = ["2503.00010", "2503.00011"];
    await store.papers.takeIn(
      [kept, gone].map((value) => ({ identifiers: [{ scheme: "arxiv", value }], facts: { title: value } })),
    );
    const before = await comments.write(ada, { paperId: gone, typed: "before" });
    await store.merges.merge({ papers: [kept, gone], keep: kept, evidence: null, by: "test" });
    expect(await comments.write(bela, { paperId: gone, typed: "after" })).toMatchObject({ paperId: kept });
    const answer = await comments.write(bela, { paperId: gone, typed: "an answer", parentId: before.id });
    expect(answer).toMatchObject({ paperId: kept, parentId: before.id });
  });

  it("takes only reactions that there are, on comments that show", async () => {
    const { id } = await comments.write(ada, { paperId: PAPER, typed: "react" });
    expect(await code(comments.react(bela, id, { reaction: "💩", on: true }))).toBe("invalid");
    await comments.react(bela, id, { reaction: "👍", on: true });
    await comments.remove(ada, id);
    expect(await code(comments.react(bela, id, { reaction: "👍", on: true }))).toBe("not-found");
  });
});
