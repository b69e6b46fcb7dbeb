/** Killed at any moment, an index opens with every acknowledged batch and without a wrong answer; the long run is `bench/engine-kill.mjs`. */
import { fork } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openIndex } from "./index.ts";
import { KILL_SCHEMA, survivors } from "./testdata/kill-batches.mjs";

const ROUNDS = 6;

/** Lets the writer run until it has acknowledged some batches and a few milliseconds more, then kills it. */
async function runAndKill(folder: string, batches: number, extraMs: number): Promise<number> {
  const child = fork(
    new URL("./testdata/kill-writer.mjs", import.meta.url),
    [folder, new URL("./index.ts", import.meta.url).href],
    { execArgv: [] },
  );
  let acknowledged = 0;
  let seen = 0;
  await new Promise<void>((resolve) => {
    child.on("message", (revision) => {
      acknowledged = revision as number;
      seen += 1;
      if (seen === batches) setTimeout(() => child.kill("SIGKILL"), extraMs);
    });
    child.on("exit", () => resolve());
  });
  return acknowledged;
}

it("loses nothing that was acknowledged", { timeout: 120_000 }, async () => {
  const folder = await mkdtemp(join(tmpdir(), "paperwire-kill-"));
  for (let round = 0; round < ROUNDS; round += 1) {
    const acknowledged = await runAndKill(folder, 2 + round, round * 3);
    const index = await openIndex({ folder, schema: KILL_SCHEMA });
    expect(index.damaged).toBeNull();
    expect(index.revision).toBeGreaterThanOrEqual(acknowledged);
    const expected = survivors(index.revision);
    expect(index.size).toBe(expected.size);
    for (const [id, word] of expected) expect(index.search(`+${word}`).hits.map((hit) => hit.id)).toEqual([id]);
    await index.close();
  }
  await rm(folder, { recursive: true, force: true });
});
