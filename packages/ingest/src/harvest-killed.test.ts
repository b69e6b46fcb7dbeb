import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { openStore } from "@paperwire/store";
import { expect, test } from "vitest";
import { papersOf } from "./replay/model.ts";
import { openReplayServer } from "./replay/server.ts";

const PROGRAM = fileURLToPath(new URL("../testdata/harvester.ts", import.meta.url));
const PAPERS = 400;
const PAGE = 10;

/** @param lines  kills it after so many lines of progress */
async function harvest(folder: string, url: string, lines: number): Promise<string> {
  const child = spawn(process.execPath, ["--conditions=paperwire-source", PROGRAM, folder, url]);
  const exited = once(child, "exit");
  let last = "";
  let seen = 0;
  for await (const line of createInterface({ input: child.stdout })) {
    last = line;
    if (++seen === lines) child.kill("SIGKILL");
  }
  await exited;
  return last;
}

test("a harvest that is killed, again and again, loses nothing, doubles nothing, and comes to its end", async () => {
  const folder = await mkdtemp(join(tmpdir(), "paperwire-killed-"));
  const server = await openReplayServer({ papers: papersOf("2026-11-23", PAPERS), pageSize: PAGE });
  try {
    for (const lines of [1, 7, 12]) expect(await harvest(folder, `${server.url}/oai`, lines)).toMatch(/^added/);
    const kept = server.requests.length;
    const summary = JSON.parse(
      (await harvest(folder, `${server.url}/oai`, Number.POSITIVE_INFINITY)).replace(/^done /, ""),
    );
    // It went on where the last one was killed: the page in flight then is the only one that is asked for again.
    expect(summary).not.toHaveProperty("stopped");
    expect(server.requests[kept]!.path).toContain("resumptionToken");
    expect(server.requests.length).toBeLessThanOrEqual(PAPERS / PAGE + 3 * 2);
    const store = await openStore({ location: { kind: "embedded", folder }, clock: () => 0 });
    const ids = (await store.papers.listChangedSince(0, 1_000)).map(({ id }) => id);
    expect(ids.sort()).toEqual(server.papers.map(({ id }) => id).sort());
    // Each paper was written once: its revisions are as many as there are papers.
    expect(await store.version()).toBe(PAPERS);
    await store.close();
  } finally {
    await server.close();
    await rm(folder, { recursive: true, force: true });
  }
}, 120_000);
