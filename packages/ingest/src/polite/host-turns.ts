/** Whose turn it is to ask a host: one request at a time, with a pause after each. */
import { type Clock, upstream } from "@paperwire/domain";
import type { SourceStore } from "@paperwire/store";

/** @source https://info.arxiv.org/help/api/tou.html: one request every three seconds, one connection, all machines */
export const PAUSE_MS = 3_000;
/** A turn whose holder was killed ends by itself after so long; longer than a source may be silent (`IDLE_MS`). */
const LEASE_MS = 120_000;
/** While an answer comes, its lease begins anew after so long. */
const RENEW_AFTER_MS = 20_000;
/** Another process may be in the middle of a long page; after this long something is wrong. */
const WAIT_MAX_MS = 1_800_000;
/** While another process holds the turn: how often to look again. */
const LOOK_AGAIN_MS = 3_000;

/**
 * Hosts that count as one for whoever runs them.
 * @source https://info.arxiv.org/help/api/tou.html: the limit is for the API, RSS and OAI-PMH together
 */
const ONE_HOUSE = ["arxiv.org"];

/** The name under which turns at a host are taken. */
export function houseOf(host: string): string {
  return ONE_HOUSE.find((house) => host === house || host.endsWith(`.${house}`)) ?? host;
}

export type Sleep = (ms: number, signal?: AbortSignal) => Promise<void>;

export type Turn = {
  /** Nobody asks this host again before so many milliseconds have passed after this turn. */
  postpone(ms: number): void;
  /** The work goes on: to be called now and then, at least once a minute. */
  touch(): Promise<void>;
};

export type HostTurns = {
  /**
   * Waits for the turn, does the work, gives the turn back.
   * @throws DomainError `upstream`: no turn within half an hour; the signal's reason; whatever the work throws
   */
  run<T>(host: string, work: (turn: Turn) => Promise<T>, signal?: AbortSignal | undefined): Promise<T>;
};

/** Within this process only. */
export function createMemoryTurns({ clock, sleep }: { clock: Clock; sleep: Sleep }): HostTurns {
  const freeAt = new Map<string, number>();
  const queues = new Map<string, Promise<unknown>>();
  return {
    run(host, work, signal) {
      const turn = async () => {
        const wait = (freeAt.get(host) ?? Number.NEGATIVE_INFINITY) - clock();
        if (wait > 0) await sleep(wait, signal);
        signal?.throwIfAborted();
        let pauseMs = PAUSE_MS;
        try {
          return await work({ postpone: (ms) => (pauseMs = Math.max(pauseMs, ms)), touch: async () => undefined });
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
  sources: Pick<SourceStore, "takeTurn" | "renewTurn" | "endTurn">;
  clock: Clock;
  sleep: Sleep;
  /** A name that no other asker has. */
  newHolder(): string;
  /** Told when another process has the turn, each time this one has looked. */
  onWait?(host: string, waitMs: number): void;
};

/** Over all processes that share a database. */
export function createStoreTurns({ sources, clock, sleep, newHolder, onWait }: StoreTurnsOptions): HostTurns {
  async function waitFor(host: string, holder: string, signal?: AbortSignal): Promise<void> {
    const last = clock() + WAIT_MAX_MS;
    for (;;) {
      signal?.throwIfAborted();
      const wait = await sources.takeTurn(host, holder, LEASE_MS);
      if (wait === 0) return;
      if (clock() + wait > last && clock() >= last - LOOK_AGAIN_MS) break;
      if (wait > PAUSE_MS) onWait?.(host, wait);
      await sleep(Math.min(wait, LOOK_AGAIN_MS), signal);
    }
    throw upstream(`Another process has been asking ${host} for half an hour.`);
  }
  return {
    async run(host, work, signal) {
      const holder = newHolder();
      await waitFor(host, holder, signal);
      let pauseMs = PAUSE_MS;
      let renewedAt = clock();
      const touch = async () => {
        if (clock() - renewedAt < RENEW_AFTER_MS) return;
        renewedAt = clock();
        if (await sources.renewTurn(host, holder, LEASE_MS)) return;
        // It has ended, but nobody wanted it.
        if ((await sources.takeTurn(host, holder, LEASE_MS)) === 0) return;
        throw upstream(`Another process took the turn at ${host}, since this one was too slow.`);
      };
      try {
        return await work({ postpone: (ms) => (pauseMs = Math.max(pauseMs, ms)), touch });
      } finally {
        await sources.endTurn(host, holder, pauseMs);
      }
    },
  };
}
