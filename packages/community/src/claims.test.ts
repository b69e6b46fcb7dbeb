import { createHash } from "node:crypto";
import type { Account, DomainError } from "@paperwire/domain";
import type { Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type Claims, createClaims } from "./claims.ts";
import { createModeration, type Moderation } from "./moderation.ts";

const PAPER = "2503.00001";
const ORCID = "0000-0002-1825-0097";
const code = (act: Promise<unknown>) =>
  act.then(
    () => "done",
    (error: DomainError) => error.code,
  );

describe("claiming and moderating", () => {
  let store: Store;
  let claims: Claims;
  let moderation: Moderation;
  const nowMs = Date.UTC(2025, 2, 28, 12);
  const told: string[] = [];
  const member = async (handle: string, more: Partial<Account> = {}): Promise<Account> => {
    const { role = "reader" } = more;
    const email = `${handle}@example.org`;
    await store.accounts.add({
      id: `id-${handle}`,
      handle,
      name: handle,
      email,
      emailVerified: handle !== "eve",
      role,
    });
    return { ...(await store.accounts.find(`id-${handle}`))!, ...more };
  };
  const claim = (account: Account, authorName: string) =>
    claims.claim(account, { paperId: PAPER, authorName, statement: "" });
  let mo: Account;
  beforeAll(async () => {
    store = await openTestStore(() => nowMs);
    claims = createClaims({ store });
    moderation = createModeration({ store, clock: () => nowMs }, async ({ person, act, undone }) => {
      told.push(`${person}: ${undone ? "undone " : ""}${act}`);
    });
    const emailHash = createHash("sha256").update("bela@example.org").digest("hex");
    const authors = [
      { name: "Ada Example", orcid: ORCID },
      { name: "Béla Example", emailHash },
      { name: "Cy Example" },
    ];
    await store.papers.takeIn([{ identifiers: [{ scheme: "arxiv", value: PAPER }], facts: { title: "A", authors } }]);
    mo = await member("mo", { role: "moderator" });
  });
  afterAll(() => store?.close());

  it("verifies by ORCID and by confirmed address, of the right author only, and by no address that was not confirmed", async () => {
    const ada = await member("ada", { orcid: ORCID });
    expect(await claim(ada, "ada example")).toMatchObject({ state: "verified", evidence: "orcid" });
    const bela = await member("bela");
    expect(await claim(bela, "Béla Example")).toMatchObject({ evidence: "email" });
    const eve = await member("eve", { orcid: "0000-0001-0000-0000" });
    expect(await claim(eve, "Ada Example")).toMatchObject({ state: "pending" });
    expect(await code(claim(await member("fay"), "Nobody Here"))).toBe("invalid");
  });

  it("lets verified authors alone set things, and only what may be set", async () => {
    const ada = (await store.accounts.findByHandle("ada"))!;
    const eve = (await store.accounts.findByHandle("eve"))!;
    const set = (by: Account, kind: string, typed: string) => code(claims.setWord(by, { paperId: PAPER, kind, typed }));
    expect(await set(eve, "code", "https://example.org/x")).toBe("forbidden");
    expect(await set(ada, "title", "Mine")).toBe("invalid");
    expect(await set(ada, "code", "javascript:alert(1)")).toBe("invalid");
    expect(await set(ada, "code", "https://user@example.org/x")).toBe("invalid");
    expect(await set(ada, "summary", "x".repeat(501))).toBe("invalid");
    expect(await set(ada, "code", "https://example.org/code")).toBe("done");
    const [word] = await store.claims.wordsOf(PAPER);
    expect(await code(claims.revertWord(eve, word!.id))).toBe("not-found");
    expect(await code(claims.revertWord(ada, word!.id))).toBe("done");
    expect(await code(claims.revertWord(ada, word!.id))).toBe("conflict");
  });

  it("lets a moderator decide, with a reason, and tells the person", async () => {
    const [pending] = await store.moderation.pendingClaims();
    const subject = { kind: "claim", id: pending!.id } as const;
    const eve = (await store.accounts.findByHandle("eve"))!;
    expect(await code(moderation.decide(eve, { act: "verify-claim", subject, reason: "me" }))).toBe("forbidden");
    expect(await code(moderation.decide(mo, { act: "refuse-claim", subject, reason: " " }))).toBe("invalid");
    const entry = await moderation.decide(mo, { act: "refuse-claim", subject, reason: "No proof." });
    expect(told).toEqual(["eve: refuse-claim"]);
    expect(await code(moderation.appeal(mo, { logId: entry.id, words: "x" }))).toBe("conflict");
    await moderation.appeal(eve, { logId: entry.id, words: "My page names both." });
    const [appeal] = await store.moderation.openAppeals();
    await moderation.settle(mo, { appealId: appeal!.id, grant: true, reason: "" });
    expect(told.at(-1)).toBe("eve: undone refuse-claim");
    expect((await store.moderation.pendingClaims()).map(({ handle }) => handle)).toEqual(["eve"]);
  });

  it("keeps moderators from their own roles, from admins' acts and from their equals", async () => {
    const other = await member("other", { role: "moderator" });
    const about = (id: string) => ({ subject: { kind: "account", id } as const, reason: "x" });
    expect(await code(moderation.decide(mo, { act: "set-role", role: "admin", ...about(mo.id) }))).toBe("forbidden");
    expect(await code(moderation.decide(mo, { act: "set-role", role: "admin", ...about("id-eve") }))).toBe("forbidden");
    expect(await code(moderation.decide(mo, { act: "set-trust", trust: 2, ...about(mo.id) }))).toBe("forbidden");
    expect(await code(moderation.decide(mo, { act: "suspend", days: 7, ...about(other.id) }))).toBe("forbidden");
    expect(await code(moderation.decide(mo, { act: "suspend", days: 7, ...about("id-eve") }))).toBe("done");
  });

  it("lets no moderator take back what an admin did to a role, nor anybody what concerns themselves", async () => {
    const root = await member("root", { role: "admin" });
    const fallen = await member("fallen", { role: "admin" });
    const demote = {
      act: "set-role",
      subject: { kind: "account", id: fallen.id },
      reason: "x",
      role: "moderator",
    } as const;
    const entry = await moderation.decide(root, demote);
    const now: Account = { ...fallen, role: "moderator" };
    expect(await code(moderation.undo(now, entry.id))).toBe("forbidden");
    expect(await code(moderation.undo(mo, entry.id))).toBe("forbidden");
    expect((await store.accounts.find(fallen.id))?.role).toBe("moderator");
    expect(await code(moderation.undo(root, entry.id))).toBe("done");
  });

  it("takes one report of each reader, for a reason from the list, about something that is there", async () => {
    const ada = (await store.accounts.findByHandle("ada"))!;
    const report = (id: string, reason: string) => code(moderation.flag(ada, { kind: "paper", id, reason, words: "" }));
    expect(await report(PAPER, "dislike")).toBe("invalid");
    expect(await report("2503.99999", "spam")).toBe("not-found");
    expect(await report(PAPER, "spam")).toBe("done");
    expect(await report(PAPER, "spam")).toBe("conflict");
  });

  it("takes reports of a note or picture that shows, and lets moderators alone hide it, with a reason", async () => {
    const [ada, bela] = await Promise.all(
      ["ada", "bela"].map(async (one) => (await store.accounts.findByHandle(one))!),
    );
    const cap = { most: 9, sinceMs: 0 };
    const sent = { accountId: bela!.id, paperId: PAPER, edition: "2025-03-28", note: "Look.", image: null, cap };
    const id = await store.submissions.add({ ...sent, state: "waiting" });
    const report = (kind: "note" | "picture") =>
      code(moderation.flag(ada!, { kind, id, reason: "private", words: "" }));
    const hide = (by: Account, reason: string) =>
      code(moderation.decide(by, { act: "hide-note", subject: { kind: "note", id }, reason }));
    // A curator looks first, and may decline it.
    expect([await report("note"), await hide(mo, "No.")]).toEqual(["not-found", "conflict"]);
    await store.submissions.decide(id, { by: mo.id, state: "shown", edition: "2025-03-28", reason: null });
    expect([await report("picture"), await report("note")]).toEqual(["not-found", "done"]);
    expect([await hide(bela!, "No."), await hide(mo, " "), await hide(mo, "No.")]).toEqual([
      "forbidden",
      "invalid",
      "done",
    ]);
    expect(told.at(-1)).toBe("bela: hide-note");
    expect(await report("note")).toBe("not-found");
  });
});
