/** Whose turn it is to ask a host: one request at a time, with a pause after each. */
import { type Clock, upstream } from "@paperwire/domain";
import type { SourceStore } from "@paperwire/store";

/** @source https://info.arxiv.org/help/api/tou.html: one request every three seconds, one connection, all machines */
export const PAUSE_MS = 3_000;
/** A turn that is never given back ends by itself after its request's own time limit and this. */
const LEASE_MARGIN_MS = 30_000;
/** Another process may be in the middle of a long page; after this long something is wrong. */
const WAIT_MAX_MS = 1_800_000;
/** While another process holds the turn: how often to look again. */
const LOOK_AGAIN_MS = 3_000;

export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

export type Turn = {
  /** Nobody asks this host again before so many milliseconds have passed after this turn. */
  postpone(ms: number): void;
};

export type HostTurns = {
  /**
   * Waits for the turn, does the work, gives the turn back.
   * @param limitMs  the longest that the work may take
   * @throws DomainError `upstream`: no turn within half an hour; the signal's reason; whatever the work throws
   */
  run<T>(
    host: string,
    work: (turn: Turn) => Promise<T>,
    options: { limitMs: number; signal?: AbortSignal | undefined },
  ): Promise<T>;
};

/** Within this process only. */
export function createMemoryTurns({ clock, sleep }: { clock: Clock; sleep: Sleep }): HostTurns {
  const freeAt = new Map<string, number>();
  const queues = new Map<string, Promise<unknown>>();
  return {
    run(host, work, { signal }) {
      const turn = async () => {
        const wait = (freeAt.get(host) ?? Number.NEGATIVE_INFINITY) - clock();
        if (wait > 0) await sleep(wait, signal);
        signal?.throwIfAborted();
        let pauseMs = PAUSE_MS;
        try {
          return await work({ postpone: (ms) => (pauseMs = Math.max(pauseMs, ms)) });
        } finally {
          freeAt.set(host, clock() + pauseMs);
        }
      };
      const done = (queues.get(host) ?? Promise.resolve()).then(turn);
      queues.set(
        host,
        done.catch(() => undefined),
      );
      return done;
    },
  };
}

export type StoreTurnsOptions = {
  sources: Pick<SourceStore, "takeTurn" | "endTurn">;
  clock: Clock;
  sleep: Sleep;
  /** A name that no other asker has. */
  newHolder(): string;
};

/** Over all processes that share a database. */
export function createStoreTurns({ sources, clock, sleep, newHolder }: StoreTurnsOptions): HostTurns {
  async function waitFor(host: string, holder: string, leaseMs: number, signal?: AbortSignal): Promise<void> {
    const last = clock() + WAIT_MAX_MS;
    for (;;) {
      signal?.throwIfAborted();
      const wait = await sources.takeTurn(host, holder, leaseMs);
      if (wait === 0) return;
      if (clock() + wait > last && clock() >= last - LOOK_AGAIN_MS) break;
      await sleep(Math.min(wait, LOOK_AGAIN_MS), signal);
    }
    throw upstream(`Another process has been asking ${host} for half an hour.`);
  }
  return {
    async run(host, work, { limitMs, signal }) {
      const holder = newHolder();
      await waitFor(host, holder, limitMs + LEASE_MARGIN_MS, signal);
      let pauseMs = PAUSE_MS;
      try {
        return await work({ postpone: (ms) => (pauseMs = Math.max(pauseMs, ms)) });
      } finally {
        await sources.endTurn(host, holder, pauseMs);
      }
    },
  };
}
