import { ATTEMPTS_MAX, DEFAULT_PREFERENCES, type Digest, type SendResult } from "@paperwire/domain";
import { describe, expect, it } from "vitest";
import { dueFor, enlistSubscribers } from "./enlist-subscribers.ts";
import type { Message } from "./message.ts";
import { type Claimed, type Ended, type SendOptions, sendDigest } from "./send-digest.ts";

const NOON_MS = Date.UTC(2025, 2, 29, 12);
const digest: Digest = {
  name: "2025-03-28",
  cadence: "daily",
  range: { first: "2025-03-28", last: "2025-03-28" },
  items: [],
  total: 0,
  corrections: [],
};

const delivery = (n: number, change: Partial<Claimed> = {}): Claimed => ({
  id: `d${n}`,
  subscriberId: `s${n}`,
  email: `r${n}@example.org`,
  preferences: DEFAULT_PREFERENCES,
  attempts: 1,
  ...change,
});

/** A list of deliveries and a server that answers by recipient. */
function setUp(deliveries: Claimed[], answer: (to: string) => SendResult, nothingFor: string[] = []) {
  const waiting = [...deliveries];
  const ended: Ended[] = [];
  const events: string[] = [];
  const slept: number[] = [];
  let nowMs = NOON_MS;
  const state: { stop: string | null; paused: string | null } = { stop: null, paused: null };
  const options: SendOptions = {
    digest,
    perMinute: 1_000_000,
    clock: () => nowMs,
    sleep: async (ms) => {
      slept.push(ms);
      nowMs += ms;
    },
    queue: {
      claim: async (limit) => {
        const claimed = waiting.splice(0, limit);
        for (const one of claimed) events.push(`claim ${one.id}`);
        return claimed;
      },
      end: async (ends) => {
        for (const one of ends) events.push(`end ${one.id}`);
        ended.push(...ends);
      },
      nextDue: async () => null,
      stopReason: async () => state.stop,
      pause: async (reason) => {
        state.paused = reason;
      },
    },
    desk: {
      digestMessage: ({ to }) => (nothingFor.includes(to) ? null : ({ to } as Message)),
      transport: {
        name: "test",
        send: async ({ to }) => {
          events.push(`send ${to}`);
          return answer(to);
        },
        check: async () => null,
        close: async () => undefined,
      },
    },
  };
  return { options, ended, events, slept, state };
}

const accepted: SendResult = { kind: "accepted", response: "250 ok" };
const some = (count: number) => Array.from({ length: count }, (_, n) => delivery(n));

describe("sending a digest", () => {
  it("claims before it sends and marks after, each once", async () => {
    const { options, events, ended } = setUp(some(25), () => accepted);
    expect(await sendDigest(options)).toEqual({ sent: 25, deferred: 0, refused: 0, doubtful: 0, skipped: 0 });
    for (let n = 0; n < 25; n++) {
      const own = events.filter((event) => new RegExp(`\\b[dr]${n}\\b`).test(event));
      expect(own).toEqual([`claim d${n}`, `send r${n}@example.org`, `end d${n}`]);
    }
    expect(ended.every((one) => one.state === "sent")).toBe(true);
  });

  it("writes down each ending as it is", async () => {
    const answers: SendResult[] = [
      accepted,
      { kind: "deferred", reason: "450 later", scope: "recipient" },
      { kind: "refused", reason: "550 no" },
      { kind: "unknown", reason: "cut" },
    ];
    const { options, ended } = setUp(
      [...some(5), delivery(5, { attempts: ATTEMPTS_MAX })],
      (to) => answers[Number(to[1])] ?? answers[1]!,
      ["r4@example.org"],
    );
    expect(await sendDigest(options)).toEqual({ sent: 1, deferred: 1, refused: 2, doubtful: 1, skipped: 1 });
    expect(ended.find((one) => one.id === "d1")).toEqual({
      id: "d1",
      state: "waiting",
      reason: "450 later",
      dueMs: NOON_MS + 300_000,
    });
  });

  it("lets the night pass where the reader is", async () => {
    const kiritimati = { ...DEFAULT_PREFERENCES, timeZone: "Pacific/Kiritimati" };
    const { options, ended, events } = setUp([delivery(1, { preferences: kiritimati })], () => accepted);
    await sendDigest(options);
    expect(events).not.toContain("send r1@example.org");
    expect(ended[0]).toMatchObject({ state: "waiting", dueMs: Date.UTC(2025, 2, 29, 16) });
  });

  it("stops where the server takes nothing at all, and tries again another time", async () => {
    const { options, events } = setUp(some(100), () => ({ kind: "deferred", reason: "ECONNREFUSED", scope: "server" }));
    expect(await sendDigest(options)).toMatchObject({
      stopped: "the mail server does not take mail: ECONNREFUSED",
    });
    expect(events.filter((event) => event.startsWith("send")).length).toBeLessThanOrEqual(20);
    // What was claimed and not tried waits again.
    expect(events.filter((event) => event.startsWith("end"))).toHaveLength(
      events.filter((event) => event.startsWith("claim")).length,
    );
  });

  it("pauses the digest where too many mails fail", async () => {
    const { options, state } = setUp(some(200), (to) =>
      Number(to.slice(1).split("@")[0]) % 2 ? accepted : { kind: "refused", reason: "550 spam" },
    );
    const summary = await sendDigest(options);
    expect(state.paused).toMatch(/15 of the last 50 mails failed; the last word was: 550 spam/);
    expect(summary.sent + summary.refused).toBeLessThan(60);
  });

  it("gives a provider no more than it takes, and everybody else their mail meanwhile", async () => {
    const readers = some(40).map((one, n) => ({ ...one, email: `r${n}@${n % 2 ? "example.org" : "googlemail.com"}` }));
    const { options, events, ended } = setUp(readers, () => accepted);
    const startedMs: number[] = [];
    const { transport } = options.desk;
    const send = transport.send;
    transport.send = async (message) => {
      if (message.to.endsWith("googlemail.com")) startedMs.push(options.clock());
      return send(message);
    };
    await sendDigest({ ...options, providers: [{ domain: "gmail.com", perMinute: 60, atOnce: 2 }] });
    expect(events.filter((event) => /^send .*example/.test(event))).toHaveLength(20);
    expect(startedMs.every((at, n) => n === 0 || at - startedMs[n - 1]! >= 999)).toBe(true);
    // What could not go within seconds went back, each with a turn of its own.
    const back = ended.filter(({ state }) => state === "waiting");
    expect(back.length + startedMs.length).toBe(20);
    expect(new Set(back.map(({ dueMs }) => dueMs)).size).toBe(back.length);
  });

  it("leaves a provider alone for a while that puts its mail off", async () => {
    const readers = some(60).map((one, n) => ({
      ...one,
      email: `r${n}@${n % 3 ? `d${n}.example.org` : "hotmail.co.uk"}`,
    }));
    const { options, events, ended } = setUp(readers, (to) =>
      to.endsWith("hotmail.co.uk") ? { kind: "deferred", reason: "451 later", scope: "recipient" } : accepted,
    );
    expect(await sendDigest(options)).toMatchObject({ sent: 40 });
    expect(events.filter((event) => /^send .*hotmail/.test(event)).length).toBeLessThan(15);
    expect(ended.filter(({ state, untried }) => state === "waiting" && untried).length).toBeGreaterThan(5);
  });

  it("goes on at its pace when the clock is set back, or forward", async () => {
    for (const jumpMs of [-86_400_000, 86_400_000]) {
      const { options, slept } = setUp(some(20), () => accepted);
      const clock = options.clock;
      let calls = 0;
      const summary = await sendDigest({
        ...options,
        perMinute: 600,
        providers: [{ domain: "example.org", perMinute: 600, atOnce: 5 }],
        clock: () => clock() + (calls++ > 40 ? jumpMs : 0),
      });
      expect(summary.sent).toBe(20);
      expect(Math.max(...slept)).toBeLessThanOrEqual(1000);
    }
  });

  it("stops where nothing can be written down any more, such as on a full disk", async () => {
    const { options, events } = setUp(some(500), () => accepted);
    const full = { ...options.queue, end: () => Promise.reject(new Error("ENOSPC: no space left on device")) };
    await expect(sendDigest({ ...options, queue: full })).rejects.toThrow(/ENOSPC/);
    // What was under way stays claimed: in doubt, and not sent again.
    expect(events.filter((event) => event.startsWith("send")).length).toBeLessThanOrEqual(20);
  });

  it("does not start while it is switched off, and ends in order when told to", async () => {
    const off = setUp(some(5), () => accepted);
    off.state.stop = "sending is switched off";
    expect(await sendDigest(off.options)).toMatchObject({ sent: 0, stopped: "sending is switched off" });
    const stopping = new AbortController();
    const { options, ended } = setUp(some(30), () => {
      stopping.abort();
      return accepted;
    });
    const summary = await sendDigest({ ...options, signal: stopping.signal });
    expect(summary.stopped).toBe("told to stop");
    expect(summary.sent).toBeLessThanOrEqual(20);
    expect(ended.filter(({ state }) => state === "waiting").every(({ untried }) => untried)).toBe(true);
  });

  it("keeps to the number of mails in a minute", async () => {
    const { options, slept } = setUp(some(40), () => accepted);
    await sendDigest({ ...options, perMinute: 20 });
    expect(slept.reduce((sum, ms) => sum + ms, 0)).toBe(117_000);
  });
});

describe("enlisting", () => {
  const closedMs = Date.UTC(2025, 2, 29, 1, 30);

  it("writes everybody down once for their hour, page by page, but for those who pause", async () => {
    const all = Array.from({ length: 2_500 }, (_, n) => ({
      id: String(n).padStart(5, "0"),
      preferences: { ...DEFAULT_PREFERENCES, ...(n % 5 === 0 ? { pausedUntil: "2025-03-28" } : {}) },
    }));
    const pages: number[] = [];
    const written = new Map<string, number>();
    const added = await enlistSubscribers(
      digest,
      { closedMs, nowMs: closedMs, confirmedBy: "" },
      {
        listConfirmed: async ({ after, limit }) => {
          const page = all.filter((one) => one.id > after).slice(0, limit);
          pages.push(page.length);
          return page;
        },
        add: async (_digest, rows) => {
          for (const row of rows) written.set(row.subscriberId, row.dueMs);
          return rows.length;
        },
      },
    );
    expect([added, written.size, pages]).toEqual([2_000, 2_000, [1_000, 1_000, 500, 0]]);
    expect(new Set(written.values())).toEqual(new Set([Date.UTC(2025, 2, 29, 8)]));
  });

  it("sends late what is late, but not at night", () => {
    expect(dueFor(DEFAULT_PREFERENCES, { closedMs, nowMs: NOON_MS })).toBe(NOON_MS);
    expect(dueFor(DEFAULT_PREFERENCES, { closedMs, nowMs: Date.UTC(2025, 2, 29, 23) })).toBe(Date.UTC(2025, 2, 30, 6));
  });
});
