/**
 * How fast a digest is composed for its readers and handed over by SMTP, beside a plain loop of the library that our mails
 * leave by, with the same connections and the same signature, to the same server (a process of its own on loopback). The
 * plain loop sends texts that are finished before the clock starts, and keeps no record; ours enlists, composes for each
 * reader, claims and marks every delivery in the database.
 * usage: npm run bench -- digest [--readers 1500] [--rounds 5] [--database postgres://…] [--million] [--unsigned]
 */
import { fork } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { createTransport } from "nodemailer";
import { runDigests } from "../packages/cli/dist/digest-run.js";
import { createMailDesk, createTokens, openSmtpTransport, sendDigest } from "../packages/mail/dist/index.js";
import { openStore } from "../packages/store/dist/index.js";

const CONNECTIONS = 5;
const NOON_MS = Date.UTC(2025, 2, 29, 12);
const WORDS = "we ask how a small model reads long papers and answers with few words while every figure stays".split(
  " ",
);

const { values: options } = parseArgs({
  options: {
    readers: { type: "string", default: "1500" },
    rounds: { type: "string", default: "5" },
    database: { type: "string" },
    million: { type: "boolean", default: false },
    unsigned: { type: "boolean", default: false },
  },
});
const readers = Number(options.readers);
const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const dkim = options.unsigned ? undefined : { domain: "example.org", selector: "digest", privateKey: pem };

const sink = fork(new URL("digest-sink.mjs", import.meta.url), { stdio: "inherit" });
const [port] = await once(sink, "message");
const url = `smtp://127.0.0.1:${port}`;
try {
  console.log(JSON.stringify(options.million ? await measureMemory() : await measureSpeed()));
} finally {
  sink.disconnect();
}

async function measureSpeed() {
  const folder = mkdtempSync(join(tmpdir(), "paperwire-bench-"));
  let nowMs = NOON_MS;
  const location = options.database ? { kind: "postgres", url: options.database } : { kind: "embedded", folder };
  const store = await openStore({ location, clock: () => nowMs });
  try {
    await fill(store);
    const rows = [];
    for (let round = 0; round <= Number(options.rounds); round++) {
      nowMs = NOON_MS + round * 86_400_000;
      const digest = digestOf(new Date(nowMs - 86_400_000).toISOString().slice(0, 10));
      const plain = await timed(() => plainLoop(digest));
      const ours = await timed(() => sendOurs(store, digest, () => nowMs));
      // The first round warms both up.
      if (round > 0) rows.push({ plain: readers / plain, ours: readers / ours, ratio: plain / ours });
    }
    const median = (key) => rows.map((row) => row[key]).toSorted((a, b) => a - b)[rows.length >> 1];
    const result = {
      bench: "digest",
      readers,
      signed: dkim !== undefined,
      database: location.kind,
      oursPerSecond: Math.round(median("ours")),
      plainPerSecond: Math.round(median("plain")),
      ratio: Number(median("ratio").toFixed(2)),
      ratios: rows.map(({ ratio }) => Number(ratio.toFixed(2))),
      rssMb: Math.round(process.memoryUsage.rss() / 1e6),
    };
    console.table([{ ours: result.oursPerSecond, plain: result.plainPerSecond, ratio: result.ratio }]);
    return result;
  } finally {
    await store.close();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function fill(store) {
  const wanted = Array.from({ length: readers }, (_, n) => `reader${n}@example.net`);
  const known = (await store.subscribers.count()).confirmed;
  for (let from = known; from < readers; from += 100) {
    await Promise.all(
      wanted.slice(from, from + 100).map(async (email, n) => {
        const answer = await store.subscribers.request({ email, key: email, source: "bench", text: "v1" });
        const one = await store.subscribers.confirm(answer.confirmId);
        await store.subscribers.setPreferences(one.id, wishesOf(from + n, one.preferences));
      }),
    );
  }
}

/** Twelve kinds of wishes. */
function wishesOf(n, before) {
  return {
    ...before,
    hour: 12,
    papersMax: [10, 15, 5][n % 3],
    upvotesMin: [0, 3][(n >> 2) % 2],
    plainText: n % 10 === 0,
  };
}

async function sendOurs(store, digest, clock) {
  const transport = openSmtpTransport({ url, ...(dkim && { dkim }) });
  await store.digests.add(digest);
  const run = await runDigests({
    store,
    desk: deskOf(transport),
    clock,
    editionClock: { timeZone: "UTC", rollOverMinutes: 0 },
    perMinute: 1_000_000_000,
    sleep: async () => undefined,
  });
  await transport.close();
  const sent = run.sent.reduce((sum, { summary }) => sum + summary.sent, 0);
  if (sent !== readers) throw new Error(`${sent} of ${readers} were sent: ${JSON.stringify(run)}`);
}

async function plainLoop(digest) {
  const desk = deskOf({ name: "none" });
  const pool = createTransport({
    pool: true,
    url,
    maxConnections: CONNECTIONS,
    maxMessages: 100,
    ...(dkim && { dkim: { domainName: dkim.domain, keySelector: dkim.selector, privateKey: pem } }),
  });
  const texts = Array.from({ length: 12 }, (_, n) =>
    desk.digestMessage({
      deliveryId: String(n).padStart(26, "0"),
      subscriberId: String(n).padStart(26, "0"),
      to: "reader@example.net",
      digest,
      wishes: wishesOf(n, { topics: [], timeZone: "UTC", cadence: "daily" }),
      nowMs: NOON_MS,
    }),
  );
  let next = 0;
  const carry = async () => {
    for (let n = next++; n < readers; n = next++) {
      const { subject, text, html, headers, from } = texts[n % texts.length];
      await pool.sendMail({ from, to: `reader${n}@example.net`, subject, text, html, headers });
    }
  };
  await Promise.all(Array.from({ length: CONNECTIONS * 2 }, carry));
  pool.close();
}

function deskOf(transport) {
  return createMailDesk({
    site: { siteName: "Paperwire", baseUrl: "https://papers.example.org" },
    tokens: createTokens(new Uint8Array(32)),
    from: { name: "Paperwire", address: "digest@example.org" },
    bounceAddress: "bounces@example.org",
    transport,
  });
}

function sentence(n, length) {
  return Array.from({ length }, (_, at) => WORDS[(n * 7 + at * (1 + (n % 5))) % WORDS.length]).join(" ");
}

function digestOf(name) {
  const items = Array.from({ length: 40 }, (_, n) => ({
    paperId: `2503.${String(n).padStart(5, "0")}`,
    title: `Paper ${n}: ${sentence(n, 10)}`,
    authors: ["Ada Author", "Béla Example", "Chi Example"],
    authorsTotal: 7,
    lead: `${sentence(n, 55)}.`,
    upvotes: 50 - n,
    topics: [],
    links: [
      { label: "arXiv", url: `https://arxiv.org/abs/2503.${String(n).padStart(5, "0")}` },
      { label: "PDF", url: `https://arxiv.org/pdf/2503.${String(n).padStart(5, "0")}` },
    ],
  }));
  return { name, cadence: "daily", range: { first: name, last: name }, items, total: 40, corrections: [] };
}

/** Every mail of a million is written, signed or not; one in a thousand is also sent. */
async function measureMemory() {
  const MILLION = 1_000_000;
  const SAMPLE = 1_000;
  const transport = openSmtpTransport({ url, ...(dkim && { dkim }) });
  const desk = deskOf(transport);
  let made = 0;
  const digest = digestOf("2025-03-28");
  const levels = [];
  const startedMs = performance.now();
  await sendDigest({
    digest,
    perMinute: Number.MAX_SAFE_INTEGER,
    clock: () => NOON_MS,
    sleep: async () => undefined,
    desk: {
      digestMessage: desk.digestMessage,
      transport: {
        ...transport,
        send: async (message) => {
          const n = Number(/^reader(\d+)@/.exec(message.to)[1]);
          if (n % SAMPLE === 0) return transport.send(message);
          if (!message.text.includes(message.shared.words[1])) throw new Error("a mail without its link");
          return { kind: "accepted", response: "rendered" };
        },
      },
    },
    queue: {
      claim: async (limit) =>
        Array.from({ length: Math.min(limit, MILLION - made) }, () => {
          const n = made++;
          if (n % 100_000 === 0) levels.push(Math.round(process.memoryUsage.rss() / 1e6));
          const id = String(n).padStart(26, "0");
          const preferences = wishesOf(n, { topics: [], timeZone: "UTC", cadence: "daily" });
          return { id, subscriberId: id, email: `reader${n}@example.net`, preferences, attempts: 1 };
        }),
      end: async () => undefined,
      nextDue: async () => null,
      stopReason: async () => null,
      pause: async () => undefined,
    },
  });
  await transport.close();
  const seconds = (performance.now() - startedMs) / 1000;
  console.table({ "MB after each 100,000": levels.join(" "), seconds: Math.round(seconds) });
  return {
    bench: "digest",
    readers: MILLION,
    sentReally: MILLION / SAMPLE,
    rssMb: levels,
    seconds: Math.round(seconds),
  };
}

async function timed(work) {
  const startedMs = performance.now();
  await work();
  return (performance.now() - startedMs) / 1000;
}
