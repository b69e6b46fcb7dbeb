/** Turns at the hosts of sources, shared with every other process that works on the same database. */
import { randomUUID } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createStoreTurns, type HostTurns } from "@paperwire/ingest";
import type { Store } from "@paperwire/store";
import type { Terminal } from "./terminal.ts";

/** @param onWait  by default a line on standard error, for who sits before it */
export function openTurns(
  { sources }: Pick<Store, "sources">,
  { clock, stderr }: Terminal,
  onWait?: (host: string, waitMs: number) => void,
): HostTurns {
  return createStoreTurns({
    sources,
    clock,
    sleep: async (ms, signal) => {
      await sleep(ms, undefined, signal ? { signal } : {});
    },
    newHolder: randomUUID,
    onWait: (host, ms) => {
      if (onWait) return onWait(host, ms);
      stderr.write(`Another process has its turn at ${host}; waiting up to ${Math.ceil(ms / 1_000)} s.\n`);
    },
  });
}
