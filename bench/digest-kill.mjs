/**
 * Kills a sender without warning, again and again, at random points of one digest, and looks whether anybody was mailed
 * twice or forgotten. Between the kills a person decides about deliveries in doubt, as one would: by the mail server's log.
 * usage: npm run bench -- digest-kill [--readers 5000] [--kills 200] [--seed 1]
 */
import { fork } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { runDigests } from "../packages/cli/dist/digest-run.js";
import { createMailDesk, createTokens, openSmtpTransport } from "../packages/mail/dist/index.js";
import { openStore } from "../packages/store/dist/index.js";

const NOON_MS = Date.UTC(2025, 2, 29, 12);
const HOUR_MS = 3_600_000;
/** Between kills: all 200 of them lie in one afternoon, so that it is never night where the readers are. */
const MINUTE_MS = 60_000;
/** A person looks at the doubtful ones after so many kills. */
const LOOKS_EVERY = 10;

const { values: options } = parseArgs({
  options: {
    readers: { type: "string", default: "5000" },
    kills: { type: "string", default: "200" },
    seed: { type: "string", default: "1" },
    child: { type: "string" },
  },
});
if (options.child === undefined) await measure();
else await send(JSON.parse(options.child));

async function send({ folder, port, nowMs }) {
  const clock = () => nowMs;
  const store = await openStore({ location: { kind: "embedded", folder }, clock });
  const transport = openSmtpTransport({ url: `smtp://127.0.0.1:${port}` });
  const desk = createMailDesk({
    site: { siteName: "Paperwire", baseUrl: "https://papers.example.org" },
    tokens: createTokens(new Uint8Array(32)),
    from: { name: "Paperwire", address: "digest@example.org" },
    transport,
  });
  const editionClock = { timeZone: "America/New_York", rollOverMinutes: 1290 };
  // A pace at which ten are claimed at a time, as by default, without the waiting.
  await runDigests({ store, desk, clock, editionClock, perMinute: 600, sleep: async () => undefined });
  await transport.close();
  await store.close();
  process.disconnect();
}

async function measure() {
  const [readers, kills] = [Number(options.readers), Number(options.kills)];
  const random = createRandom(Number(options.seed));
  const folder = mkdtempSync(join(tmpdir(), "paperwire-kill-"));
  const { server, port, arrived, onMail } = await startSink();
  let nowMs = NOON_MS - HOUR_MS;
  const open = () => openStore({ location: { kind: "embedded", folder }, clock: () => nowMs });
  const figures = { kills: 0, doubts: 0, doubtsMax: 0, again: 0 };
  try {
    const first = await open();
    await fill(first, readers);
    await first.close();
    for (let round = 0; round < kills; round++) {
      nowMs = NOON_MS + round * MINUTE_MS;
      // Half of them after so many mails, half after so long, wherever it is then: opening, claiming, marking, closing.
      const byMails = random() < 0.5;
      const killed = await runChild({ folder, port, nowMs }, (kill) => {
        if (byMails) onMail(1 + Math.floor(random() * 45), kill);
        else setTimeout(kill, 300 + random() * 1500);
      });
      if (killed) figures.kills++;
      if (round % LOOKS_EVERY === LOOKS_EVERY - 1) await decide(round);
    }
    await decide(kills);
    nowMs += 2 * HOUR_MS;
    await runChild({ folder, port, nowMs }, () => undefined);
    const last = await open();
    const states = await last.deliveries.count("2025-03-28");
    await last.close();
    const counts = [...arrived.values()].map((mails) => mails.length);
    const result = {
      bench: "digest-kill",
      readers,
      ...figures,
      states,
      twice: counts.filter((count) => count > 1).length,
      never: readers - counts.length,
    };
    console.table([{ kills: result.kills, twice: result.twice, never: result.never, doubts: result.doubts }]);
    console.log(JSON.stringify(result));
    const fine = result.twice === 0 && result.never === 0 && states.sent === readers;
    if (!fine) process.exitCode = 1;
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }

  async function decide(round) {
    nowMs = NOON_MS + round * MINUTE_MS + 1;
    const store = await open();
    await store.deliveries.doubtOlderThan(0);
    const log = new Set([...arrived.values()].flat());
    const doubtful = await store.deliveries.listDoubtful(5_000);
    figures.doubts += doubtful.length;
    figures.doubtsMax = Math.max(figures.doubtsMax, Math.ceil(doubtful.length / LOOKS_EVERY));
    for (const { id } of doubtful) {
      if (!log.has(id)) figures.again++;
      await store.deliveries.resolve(id, log.has(id) ? "sent" : "again");
    }
    await store.close();
  }
}

/** @returns whether it was killed */
function runChild(task, arm) {
  const child = fork(import.meta.filename, ["--child", JSON.stringify(task)], {
    stdio: ["ignore", "ignore", "inherit", "ipc"],
  });
  arm(() => child.kill("SIGKILL"));
  return new Promise((resolve, reject) => {
    child.on("exit", (code, signal) => {
      if (code === 0 || signal === "SIGKILL") resolve(signal === "SIGKILL");
      else reject(new Error(`the sender ended with ${code ?? signal}`));
    });
  });
}

/** Delivery ids by recipient, as soon as the last dot was read. */
async function startSink() {
  const arrived = new Map();
  let waiting = null;
  const onMail = (count, act) => {
    waiting = { count, act };
  };
  const server = createServer((socket) => {
    let text = "";
    let inData = false;
    socket.on("error", () => undefined);
    socket.write("220 sink\r\n");
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      for (;;) {
        const end = text.indexOf(inData ? "\r\n.\r\n" : "\r\n");
        if (end === -1) return;
        const part = text.slice(0, end);
        text = text.slice(end + (inData ? 5 : 2));
        if (inData) {
          const [, id] = /^Message-ID: <d\.([^@]+)@/m.exec(part);
          const [, to] = /^To: (\S+)/m.exec(part);
          arrived.set(to, [...(arrived.get(to) ?? []), id]);
          if (waiting && --waiting.count === 0) waiting.act();
        }
        inData = !inData && part.toUpperCase() === "DATA";
        if (/^QUIT/i.test(part)) socket.end("221 bye\r\n");
        else socket.write(inData ? "354 go on\r\n" : /^EHLO/i.test(part) ? "250 sink\r\n" : "250 ok\r\n");
      }
    });
  });
  await new Promise((resolve) => server.listen(0, "127.0.0.1", resolve));
  return { server, port: server.address().port, arrived, onMail };
}

async function fill(store, readers) {
  await store.papers.takeIn([
    {
      identifiers: [{ scheme: "arxiv", value: "2503.00001" }],
      facts: { title: "One" },
      entry: { edition: "2025-03-28", upvotes: 2 },
    },
  ]);
  for (let from = 0; from < readers; from += 100) {
    await Promise.all(
      Array.from({ length: Math.min(100, readers - from) }, async (_, n) => {
        const email = `r${from + n}@example.org`;
        const answer = await store.subscribers.request({ email, key: email, source: "bench", text: "v1" });
        const { id, preferences } = await store.subscribers.confirm(answer.confirmId);
        await store.subscribers.setPreferences(id, { ...preferences, hour: 12 });
      }),
    );
  }
}

function createRandom(seed) {
  let state = seed >>> 0;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}
