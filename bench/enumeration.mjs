/**
 * Does the time of an answer tell whether an address is known? Known and unknown addresses are asked about in turn, one
 * at a time, over HTTP, each once; the two samples are compared by Mann and Whitney's test. `auc` is how often a known
 * one took longer than an unknown one: 0.5 tells nothing. `control` compares unknown addresses with unknown ones, which
 * shows what the machine's own noise looks like.
 */
import { mkdirSync, rmSync } from "node:fs";
import { Agent, request } from "node:http";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { openStore } from "@paperwire/store";
import { OUT, serve, stop } from "./site.mjs";

const { values } = parseArgs({
  options: { addresses: { type: "string", default: "400" }, port: { type: "string", default: "34915" } },
});
const ADDRESSES = Number(values.addresses);
const WARM_UP = 40;
const folder = join(OUT, "enumeration");
const agent = new Agent({ keepAlive: true, maxSockets: 1 });

rmSync(folder, { recursive: true, force: true });
mkdirSync(folder, { recursive: true });
await fill();
const { child, address } = await serve({
  folder,
  port: Number(values.port),
  env: { TRUSTED_PROXIES: "1", SEED_EDITION: "off" },
});
const results = {};
for (const path of ["/sign-in", "/subscribe"]) {
  results[path] = await compare(path, ["known", "new"]);
  results[`${path} control`] = await compare(path, ["other", "another"]);
}
await stop(child);
agent.destroy();
console.table(results);
console.log(JSON.stringify({ addresses: ADDRESSES, ...results }));

async function fill() {
  const store = await openStore({ location: { kind: "embedded", folder }, clock: Date.now });
  for (let at = 0; at < ADDRESSES + WARM_UP; at++) {
    const email = `known${at}@example.org`;
    await store.accounts.add({ id: `id-${at}`, handle: `known-${at}`, name: "K", email, emailVerified: true });
    const answer = await store.subscribers.request({ email, key: email, source: "bench", text: "bench" });
    await store.subscribers.confirm(answer.confirmId);
  }
  await store.close();
}

/** In turn, and which of the two is first changes: whatever drifts meets both alike. */
async function compare(path, [first, second]) {
  const times = { [first]: [], [second]: [] };
  for (let at = 0; at < ADDRESSES + WARM_UP; at++) {
    for (const who of at % 2 === 0 ? [first, second] : [second, first]) {
      const ms = await ask(path, `${who}${at}@example.org`, `2001:db8:${path.length}:${at.toString(16)}::1`);
      if (at >= WARM_UP) times[who].push(ms);
      // What is done behind the answer must not meet the next question.
      await new Promise((resolve) => setTimeout(resolve, 15));
    }
  }
  const { auc, p } = mannWhitney(times[first], times[second]);
  const [a, b] = [median(times[first]), median(times[second])];
  return { [`${first}Ms`]: round(a), [`${second}Ms`]: round(b), ratio: round(a / b), auc: round(auc), p: round(p) };
}

function ask(path, email, from) {
  const body = new URLSearchParams({ email, next: "/" }).toString();
  const headers = {
    "content-type": "application/x-www-form-urlencoded",
    "content-length": Buffer.byteLength(body),
    "sec-fetch-site": "same-origin",
    "x-forwarded-for": from,
  };
  return new Promise((resolve, reject) => {
    const startedMs = performance.now();
    const sent = request(address + path, { method: "POST", agent, headers }, (answer) => {
      answer.resume().on("end", () => {
        if (answer.statusCode === 303) resolve(performance.now() - startedMs);
        else reject(new Error(`${path} answered ${answer.statusCode}`));
      });
    });
    sent.on("error", reject).end(body);
  });
}

/** @source Mann and Whitney 1947; the normal approximation, two-sided, without ties, which times to the microsecond have not */
function mannWhitney(left, right) {
  const all = [...left.map((ms) => ({ ms, mine: 1 })), ...right.map((ms) => ({ ms, mine: 0 }))];
  all.sort((a, b) => a.ms - b.ms);
  const rankSum = all.reduce((sum, { mine }, at) => sum + mine * (at + 1), 0);
  const [n, m] = [left.length, right.length];
  const u = rankSum - (n * (n + 1)) / 2;
  const z = (u - (n * m) / 2) / Math.sqrt((n * m * (n + m + 1)) / 12);
  return { auc: u / (n * m), p: 2 * (1 - normal(Math.abs(z))) };
}

/** @source Abramowitz and Stegun, 26.2.17: within 7.5e-8 */
function normal(z) {
  const t = 1 / (1 + 0.2316419 * z);
  const tail = t * (0.31938153 + t * (-0.356563782 + t * (1.781477937 + t * (-1.821255978 + t * 1.330274429))));
  return 1 - (Math.exp((-z * z) / 2) / Math.sqrt(2 * Math.PI)) * tail;
}

function median(times) {
  const sorted = times.toSorted((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

function round(value) {
  return Math.round(value * 1000) / 1000;
}
