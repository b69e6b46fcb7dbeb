import { spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { SENDING_SETTING } from "@paperwire/domain";
import { createMailDesk, createTokens, type Message, openSmtpTransport, parseMailAddress } from "@paperwire/mail";
import { type ReceivedMail, type SmtpSink, startSmtpSink } from "@paperwire/mail/testing";
import { openStore, type Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { afterEach, describe, expect, it } from "vitest";
import { type DigestRunOptions, runDigests } from "./digest-run.ts";

const EDITION_CLOCK = { timeZone: "America/New_York", rollOverMinutes: 1290 };
/** Saturday, 29 March 2025, noon: the edition of Friday has closed. */
const NOON_MS = Date.UTC(2025, 2, 29, 12);

async function fill(store: Store, readers: number): Promise<void> {
  await store.papers.takeIn([
    {
      identifiers: [{ scheme: "arxiv", value: "2503.00001" }],
      facts: { title: "One" },
      entry: { edition: "2025-03-28", upvotes: 2 },
    },
  ]);
  for (let n = 0; n < readers; n++) await subscribe(store, `r${n}@example.org`);
}

async function subscribe(store: Store, typed: string): Promise<string> {
  const { address: email, key } = parseMailAddress(typed);
  const answer = await store.subscribers.request({ email, key, source: "test", text: "v1" });
  return (await store.subscribers.confirm(answer.mail === "confirm" ? answer.confirmId : ""))!.id;
}

describe("a round of digests", () => {
  let store: Store;
  afterEach(() => store?.close());

  const setUp = async (readers: number) => {
    let nowMs = NOON_MS;
    store = await openTestStore(() => nowMs);
    await fill(store, readers);
    const mails: Message[] = [];
    const desk = createMailDesk({
      site: { siteName: "Paperwire", baseUrl: "https://papers.example.org" },
      tokens: createTokens(new Uint8Array(32)),
      from: { name: "Paperwire", address: "digest@example.org" },
      bounceAddress: "bounces@example.org",
      transport: {
        name: "test",
        send: async (message) => {
          mails.push(message);
          return { kind: "accepted", response: "250 ok" };
        },
        check: async () => null,
        close: async () => undefined,
      },
    });
    const options: DigestRunOptions = {
      store,
      desk,
      clock: () => nowMs,
      editionClock: EDITION_CLOCK,
      perMinute: 1_000_000,
      sleep: async () => undefined,
    };
    const pass = (hours: number) => {
      nowMs += hours * 3_600_000;
    };
    return { options, mails, pass };
  };

  it("mails the newest closed edition to everybody once, and then nothing", async () => {
    const { options, mails } = await setUp(3);
    const run = await runDigests(options);
    expect(run.composed).toEqual([{ name: "2025-03-28", enlisted: 3 }]);
    expect(run.sent).toMatchObject([{ name: "2025-03-28", summary: { sent: 3 } }]);
    expect(mails.map((mail) => mail.to).sort()).toEqual(["r0@example.org", "r1@example.org", "r2@example.org"]);
    expect(new Set(mails.map((mail) => mail.returnPath)).size).toBe(3);
    expect(await runDigests(options)).toEqual({ composed: [], sent: [], waiting: [], doubted: 0 });
  });

  it("is not made for nobody; who confirms first gets it, who comes later waits for the next one", async () => {
    const { options, mails, pass } = await setUp(0);
    expect((await runDigests(options)).composed).toEqual([]);
    await subscribe(store, "first@example.org");
    await runDigests(options);
    expect(mails.map((mail) => mail.to)).toEqual(["first@example.org"]);
    pass(1);
    await subscribe(store, "later@example.org");
    await runDigests(options);
    expect(mails).toHaveLength(1);
    await store.papers.takeIn([
      {
        identifiers: [{ scheme: "arxiv", value: "2503.00002" }],
        facts: { title: "Two" },
        entry: { edition: "2025-03-31", upvotes: 1 },
      },
    ]);
    pass(72);
    await runDigests(options);
    expect(mails.map((mail) => mail.to).sort()).toEqual([
      "first@example.org",
      "first@example.org",
      "later@example.org",
    ]);
    expect(new Set(mails.map((mail) => mail.subject)).size).toBe(2);
  });

  it("shows every digest to the operator's own addresses first, each once", async () => {
    const { options } = await setUp(1);
    const handed: string[] = [];
    const known = new Set<string>();
    const post = {
      send: async ({ to, subject }: { to: string; subject: string }, { once = "" }: { once?: string } = {}) => {
        if (known.has(once)) return false;
        known.add(once);
        handed.push(`${to}: ${subject}`);
        return true;
      },
    };
    const seeds = { addresses: ["one@example.com", "two@example.com"], post };
    await runDigests({ ...options, seeds });
    await runDigests({ ...options, seeds });
    expect(handed).toEqual([
      expect.stringMatching(/^one@example\.com: 28 March 2025/),
      expect.stringMatching(/^two@example\.com: 28 March 2025/),
    ]);
  });

  it("keeps the reader's hour, the pause and the switch", async () => {
    const { options, mails, pass } = await setUp(1);
    const [reader] = await store.subscribers.listConfirmed({
      cadence: "daily",
      confirmedBy: new Date(NOON_MS).toISOString(),
      after: "",
      limit: 1,
    });
    await store.subscribers.setPreferences(reader!.id, { ...reader!.preferences, hour: 18 });
    expect((await runDigests(options)).waiting).toEqual([{ name: "2025-03-28", dueMs: Date.UTC(2025, 2, 29, 18) }]);
    pass(6);
    await store.settings.set(SENDING_SETTING, "off");
    expect((await runDigests(options)).sent[0]!.summary.stopped).toMatch(/switched off/);
    await store.settings.set(SENDING_SETTING, "on");
    await store.digests.setPaused("2025-03-28", "paused by the operator");
    expect((await runDigests(options)).sent[0]!.summary.stopped).toBe("paused by the operator");
    expect(mails).toHaveLength(0);
    await store.digests.setPaused("2025-03-28", null);
    await runDigests(options);
    expect(mails).toHaveLength(1);
  });
});

describe("an SMTP server in bad moods", () => {
  it("leaves every delivery in a stated end, and nobody with two mails", async () => {
    const READERS = 60;
    let nowMs = NOON_MS;
    const store = await openTestStore(() => nowMs);
    await fill(store, READERS);
    const moods = ["no such mailbox", "later", "hang up", "no thanks"] as const;
    const moodOf = (address: string) => moods[Number(/\d+/.exec(address)![0]) % 20];
    const putOff = new Set<string>();
    const sink = await startSmtpSink({
      atRecipient: (address) => {
        if (moodOf(address) === "no such mailbox") return 550;
        if (moodOf(address) !== "later" || putOff.has(address)) return undefined;
        putOff.add(address);
        return 450;
      },
      atEnd: ({ to }) => (moodOf(to) === "hang up" ? "hang-up" : moodOf(to) === "no thanks" ? 554 : undefined),
    });
    const transport = openSmtpTransport({ url: sink.url });
    const desk = createMailDesk({
      site: { siteName: "Paperwire", baseUrl: "https://papers.example.org" },
      tokens: createTokens(new Uint8Array(32)),
      from: { name: "Paperwire", address: "digest@example.org" },
      transport,
    });
    for (let hour = 0; hour < 4; hour++) {
      await runDigests({
        store,
        desk,
        clock: () => nowMs,
        editionClock: EDITION_CLOCK,
        perMinute: 1_000_000,
        sleep: async () => undefined,
      });
      nowMs += 3_600_000;
    }
    await transport.close();
    await sink.close();
    const states = await store.deliveries.count("2025-03-28");
    expect(states).toEqual({ waiting: 0, sending: 0, sent: READERS - 9, refused: 6, skipped: 0, doubt: 3 });
    const perReader = Map.groupBy(sink.mails, (mail) => mail.to);
    expect([...perReader.values()].every((mails) => mails.length === 1)).toBe(true);
    const doubtful = await store.deliveries.listDoubtful(10);
    expect(doubtful.every(({ email }) => moodOf(email) === "hang up")).toBe(true);
    await store.close();
  });
});

describe("killed while sending", () => {
  const READERS = 120;
  const KILLS = 8;
  /** Eight of them and two more end before the night, when nobody is mailed. */
  const STEP_MS = 40 * 60_000;

  it("mails nobody twice and loses nobody; what is in doubt is shown and can be resolved", async () => {
    const folder = await mkdtemp(join(tmpdir(), "paperwire-kill-"));
    const sink = await startSmtpSink();
    let nowMs = NOON_MS - STEP_MS;
    const open = () => openStore({ location: { kind: "embedded", folder }, clock: () => nowMs });
    try {
      const first = await open();
      await fill(first, READERS);
      await first.close();
      let doubts = 0;
      let killed = 0;
      for (let round = 0; ; round++) {
        const kill = round < KILLS;
        const before = sink.mails.length;
        const killAfterMails = kill ? before + randomInt(1, 15) : null;
        if (await sendInChild({ folder, sink, nowMs: NOON_MS + round * STEP_MS, killAfterMails })) killed++;
        if (!kill) break;
      }
      nowMs = NOON_MS + (KILLS + 2) * STEP_MS;
      const store = await open();
      await store.deliveries.doubtOlderThan(STEP_MS / 2);
      // The operator looks into the mail server's log.
      for (const { id } of await store.deliveries.listDoubtful(100)) {
        doubts++;
        const arrived = sink.mails.some((mail) => deliveryOf(mail) === id);
        expect(await store.deliveries.resolve(id, arrived ? "sent" : "again")).toBe(true);
      }
      expect(killed).toBeGreaterThan(0);
      expect(doubts).toBeLessThanOrEqual(killed * 20);
      await store.close();
      await sendInChild({ folder, sink, nowMs, killAfterMails: null });
      const last = await open();
      expect(await last.deliveries.count("2025-03-28")).toMatchObject({
        sent: READERS,
        waiting: 0,
        sending: 0,
        doubt: 0,
      });
      await last.close();
      const perReader = Map.groupBy(sink.mails, (mail) => mail.to);
      expect(perReader.size).toBe(READERS);
      expect([...perReader.values()].every((mails) => mails.length === 1)).toBe(true);
    } finally {
      await sink.close();
      await rm(folder, { recursive: true, force: true });
    }
  }, 240_000);
});

const deliveryOf = ({ bytes }: ReceivedMail) => /^Message-ID: <d\.([^@]+)@/m.exec(bytes.toString())?.[1];

type Child = { folder: string; sink: SmtpSink; nowMs: number; killAfterMails: number | null };

/** Runs a sender in a process of its own; kills it without warning once the server has read so many mails. @returns whether it was killed */
function sendInChild({ folder, sink, nowMs, killAfterMails }: Child): Promise<boolean> {
  const script = fileURLToPath(new URL("../testdata/send-digests.ts", import.meta.url));
  const child = spawn(process.execPath, ["--conditions=paperwire-source", script, folder, sink.url, String(nowMs)], {
    stdio: ["ignore", "inherit", "inherit"],
  });
  const timer = setInterval(() => {
    if (killAfterMails !== null && sink.mails.length >= killAfterMails) child.kill("SIGKILL");
  }, 1);
  return new Promise((resolve, reject) => {
    child.on("exit", (code, signal) => {
      clearInterval(timer);
      if (code === 0 || signal === "SIGKILL") resolve(signal === "SIGKILL");
      else reject(new Error(`the sender ended with ${code ?? signal}`));
    });
  });
}
