import type { SendResult } from "@paperwire/domain";
import { describe, expect, it } from "vitest";
import { createMailDesk } from "./mail-desk.ts";
import type { Message } from "./message.ts";
import { createPost, type MailOutbox, POST_LOST_MS } from "./post.ts";
import { createTokens } from "./token.ts";

type Row = Parameters<MailOutbox["put"]>[0] & {
  id: string;
  state: string;
  dueMs: number;
  putMs: number;
  attempts: number;
  reason?: string;
  claimedMs?: number;
};

/** An outbox in a list, and a server that answers as it is told. */
function setUp(answer: (message: Message, attempt: number) => SendResult | Promise<SendResult>) {
  const rows: Row[] = [];
  const sent: Message[] = [];
  const problems: string[] = [];
  const state = { nowMs: Date.UTC(2025, 2, 28, 12) };
  const outbox: MailOutbox = {
    put: async (post) => {
      if (post.once !== undefined && rows.some((row) => row.once === post.once)) return null;
      const id = `p${rows.length}`;
      const { nowMs } = state;
      rows.push({ ...post, id, state: "waiting", dueMs: nowMs, putMs: nowMs, attempts: 0 });
      return id;
    },
    claim: async ({ limit }) => {
      const due = rows.filter((row) => row.state === "waiting" && row.dueMs <= state.nowMs).slice(0, limit);
      for (const row of due)
        Object.assign(row, { state: "sending", attempts: row.attempts + 1, claimedMs: state.nowMs });
      return due;
    },
    end: async (ends) => {
      for (const end of ends) Object.assign(rows.find((row) => row.id === end.id)!, end);
    },
    releaseOlderThan: async (ms) => {
      const lost = rows.filter((row) => row.state === "sending" && row.claimedMs! < state.nowMs - ms);
      for (const row of lost) row.state = row.inDoubt === "again" ? "waiting" : "doubt";
      const doubtful = lost.filter((row) => row.state === "doubt").length;
      return { waiting: lost.length - doubtful, doubtful };
    },
    tidy: async () => 0,
  };
  const desk = createMailDesk({
    site: { siteName: "Papers", baseUrl: "https://papers.example.org" },
    tokens: createTokens(new Uint8Array(32)),
    from: { name: "Papers", address: "papers@example.org" },
    bounceAddress: "bounces@example.org",
    transport: {
      name: "test",
      send: async (message) => {
        sent.push(message);
        return answer(message, sent.length);
      },
      check: async () => null,
      close: async () => undefined,
    },
  });
  const post = createPost({
    outbox,
    desk,
    clock: () => state.nowMs,
    onProblem: (reason) => void problems.push(reason),
  });
  const letter = (to: string) =>
    desk.letter(to, {
      subject: "Sign in",
      heading: "Sign in <now>",
      before: ["Somebody asked."],
      action: { url: "https://papers.example.org/sign-in/x", text: "Sign in" },
      after: ["If not you, do nothing."],
    });
  return { post, letter, rows, sent, problems, state };
}

const accepted: SendResult = { kind: "accepted", response: "250 ok" };
const later: SendResult = { kind: "deferred", reason: "450 busy", scope: "recipient" };
const silent: SendResult = { kind: "deferred", reason: "no connection", scope: "server" };

describe("a single mail", () => {
  it("says why a mail was not accepted without its address, and without the link in it", async () => {
    const said = "550 <ada@example.org> rejected: blocked https://papers.example.org/sign-in/link/secret";
    const { post, letter, problems } = setUp(() => ({ kind: "refused", reason: said }));
    await post.send(letter("ada@example.org"));
    await post.idle();
    expect(problems).toHaveLength(1);
    expect(problems[0]).toContain("550");
    expect(problems[0]).not.toMatch(/ada@|secret/);
  });

  it("is written down before it is sent, under one name at every attempt", async () => {
    const { post, letter, rows, sent, state } = setUp((_message, attempt) => (attempt === 1 ? later : accepted));
    expect(await post.send(letter("Ada@example.net"))).toBe(true);
    expect(rows).toMatchObject([{ recipient: "ada@example.net" }]);
    await post.idle();
    expect(rows).toMatchObject([{ state: "waiting", dueMs: state.nowMs + 20_000, reason: "450 busy" }]);
    await post.round();
    expect(sent).toHaveLength(1);
    state.nowMs += 20_000;
    await post.round();
    expect(rows).toMatchObject([{ state: "sent", attempts: 2 }]);
    expect(sent[1]).toEqual(sent[0]);
    expect(sent[0]).toMatchObject({
      to: "Ada@example.net",
      messageId: "<p.p0@example.org>",
      returnPath: "bounces+p0@example.org",
      from: { name: "Papers", address: "papers@example.org" },
    });
    expect(sent[0]!.text).toContain("Sign in:\nhttps://papers.example.org/sign-in/x");
    expect(sent[0]!.html).toContain("Sign in &lt;now&gt;");
  });

  it("is sent again after a crash where it may come twice, and shown where it may not", async () => {
    const never = new Promise<SendResult>(() => undefined);
    const lost = setUp(() => never);
    await lost.post.send(lost.letter("a@example.net"));
    await lost.post.send(lost.letter("b@example.net"), { inDoubt: "stop" });
    await Promise.resolve();
    const next = setUp(() => accepted);
    next.rows.push(...lost.rows.map((row) => ({ ...row, state: "sending", claimedMs: next.state.nowMs })));
    await next.post.round();
    expect(next.sent).toHaveLength(0);
    next.state.nowMs += POST_LOST_MS + 1;
    await next.post.round();
    expect(next.sent.map(({ to }) => to)).toEqual(["a@example.net"]);
    expect(next.rows.map(({ state }) => state)).toEqual(["sent", "doubt"]);
    expect(next.problems.join()).toMatch(/1 mails are in doubt/);
  });

  it("leaves a server alone that takes nothing", async () => {
    const { post, letter, rows, sent } = setUp(() => silent);
    for (let n = 0; n < 30; n++) await post.send(letter(`r${n}@example.net`));
    await post.idle();
    expect(sent.length).toBeLessThan(12);
    expect(rows.every(({ state }) => state === "waiting")).toBe(true);
  });

  it("ends in a stated way whatever the server says", async () => {
    const { post, letter, rows } = setUp(({ to }) => {
      if (to.startsWith("refused")) return { kind: "refused", reason: "550 no" };
      if (to.startsWith("open")) return { kind: "unknown", reason: "no answer" };
      throw new Error("cannot be written");
    });
    for (const name of ["refused", "open", "broken"]) await post.send(letter(`${name}@example.net`));
    await post.idle();
    expect(rows.map(({ state }) => state)).toEqual(["refused", "doubt", "refused"]);
  });

  it("is given up on when its reader has no use for it any more", async () => {
    const { post, letter, rows, state } = setUp(() => later);
    await post.send(letter("a@example.net"), { expiresMs: state.nowMs + 10_000 });
    await post.idle();
    expect(rows).toMatchObject([{ state: "refused", reason: "Given up after 1 attempts: 450 busy" }]);
  });

  it("is taken once where that was asked for", async () => {
    const { post, letter, sent } = setUp(() => accepted);
    expect(await post.send(letter("a@example.net"), { once: "welcome a" })).toBe(true);
    expect(await post.send(letter("a@example.net"), { once: "welcome a" })).toBe(false);
    await post.idle();
    expect(sent).toHaveLength(1);
  });
});
