/**
 * A thousand people vote for one paper at the same moment, over HTTP, on either database: votes a second and how long they
 * wait, beside the same votes through the store alone (`bare`), and what is left after kill -9 in the middle.
 * PostgreSQL is measured where PAPERWIRE_TEST_DATABASE_URL names a server.
 */
import { spawn } from "node:child_process";
import { mkdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { parseArgs } from "node:util";
import { openStore } from "@paperwire/store";
import pg from "pg";
import { OUT } from "./site.mjs";

const { values } = parseArgs({
  options: { voters: { type: "string", default: "1000" }, kills: { type: "string", default: "5" } },
});
const VOTERS = Number(values.voters);
const PAPER = "2503.00001";
const SITE = join(import.meta.dirname, "../tests/trips/voting-site.mjs");
const server = process.env.PAPERWIRE_TEST_DATABASE_URL;
const results = {};

for (const kind of server ? ["embedded", "postgres"] : ["embedded"]) {
  const folder = join(OUT, `votes-${kind}`);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const database = kind === "postgres" ? await freshDatabase() : null;
  let child = await serve(folder, database);
  const over = await vote(child.address);
  const again = await vote(child.address);
  results[kind] = { ...over, again: again.votesPerSecond, kills: [] };
  for (let kill = 0; kill < Number(values.kills); kill++) {
    await everybody((voter) => send(child.address, voter, "DELETE"));
    const at = Math.floor((VOTERS * (kill + 1)) / (Number(values.kills) + 1));
    let acknowledged = 0;
    const exited = new Promise((resolve) => child.process.on("exit", resolve));
    await everybody(async (voter) => {
      const status = await send(child.address, voter);
      if (status === 200 && ++acknowledged === at) child.process.kill("SIGKILL");
    });
    await exited;
    child = await serve(folder, database);
    const here = await countHere(child.address);
    await everybody((voter) => send(child.address, voter));
    const after = await countHere(child.address);
    results[kind].kills.push({ acknowledged, here, afterVotingAgain: after });
    if (here < acknowledged || after !== VOTERS)
      throw new Error(`a vote was lost or doubled: ${JSON.stringify(results)}`);
  }
  child.process.kill("SIGKILL");
  await new Promise((resolve) => child.process.on("exit", resolve));
  results[kind].barePerSecond = await bare(folder, database);
  results[kind].shareOfBare = round(results[kind].votesPerSecond / results[kind].barePerSecond);
  if (database) await database.drop();
}
console.table(
  Object.fromEntries(
    Object.entries(results).map(([kind, { kills, ...rest }]) => [kind, { ...rest, kills: kills.length }]),
  ),
);
console.log(JSON.stringify({ bench: "votes", voters: VOTERS, ...results }));

async function vote(address) {
  const waits = [];
  const startedMs = performance.now();
  await everybody(async (voter) => {
    const sentMs = performance.now();
    const status = await send(address, voter);
    if (status !== 200) throw new Error(`a vote was answered with ${status}`);
    waits.push(performance.now() - sentMs);
  });
  const seconds = (performance.now() - startedMs) / 1000;
  waits.sort((a, b) => a - b);
  const here = await countHere(address);
  if (here !== VOTERS) throw new Error(`${here} votes are counted, ${VOTERS} were given`);
  return {
    votesPerSecond: Math.round(VOTERS / seconds),
    p50Ms: Math.round(waits[Math.floor(waits.length / 2)]),
    p99Ms: Math.round(waits[Math.floor(waits.length * 0.99)]),
  };
}

/** The same votes into the same tables through the store alone, eight at once: no HTTP, no account to look up. */
async function bare(folder, database) {
  const location = database
    ? { kind: "postgres", url: database.url }
    : { kind: "embedded", folder: join(folder, "database") };
  const store = await openStore({ location, clock: Date.now });
  const ids = Array.from({ length: Math.min(VOTERS, 300) }, (_, n) => `voter-${n}`);
  for (const id of ids) await store.upvotes.remove(id, PAPER);
  const startedMs = performance.now();
  const waiting = [...ids];
  await Promise.all(
    Array.from({ length: 8 }, async () => {
      for (let id = waiting.pop(); id; id = waiting.pop()) await store.upvotes.add(id, PAPER);
    }),
  );
  const perSecond = Math.round(ids.length / ((performance.now() - startedMs) / 1000));
  await store.close();
  return perSecond;
}

function everybody(act) {
  return Promise.all(Array.from({ length: VOTERS }, (_, voter) => act(voter)));
}

async function send(address, voter, method = "POST") {
  const headers = { cookie: `voter=voter-${voter}`, "sec-fetch-site": "same-origin" };
  try {
    const answer = await fetch(`${address}/api/papers/${PAPER}/upvote`, { method, headers });
    await answer.text();
    return answer.status;
  } catch {
    return 0;
  }
}

/** Asked by somebody who votes, whose answer comes past every cache. */
async function countHere(address) {
  const headers = { cookie: "voter=voter-0", "sec-fetch-site": "same-origin" };
  const answer = await fetch(`${address}/api/papers/${PAPER}/upvote`, { method: "POST", headers });
  return (await answer.json()).upvotesHere;
}

async function serve(folder, database) {
  const args = [...process.execArgv, SITE, folder, String(VOTERS), ...(database ? [database.url] : [])];
  const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
  for await (const address of createInterface({ input: child.stdout })) return { process: child, address };
  throw new Error("the site did not start");
}

async function freshDatabase() {
  const name = `paperwire_votes_${process.pid}`;
  const run = async (text) => {
    const client = new pg.Client({ connectionString: server });
    await client.connect();
    await client.query(text);
    await client.end();
  };
  await run(`create database ${name}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => run(`drop database ${name} with (force)`) };
}

function round(value) {
  return Math.round(value * 100) / 100;
}
