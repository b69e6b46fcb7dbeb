/**
 * Big mailbox providers take so many mails a minute from one sender and no more. Each provider has a lane: a pace, a number
 * of mails at once, and a pause that grows while the provider puts our mail off.
 */

export type ProviderLimit = {
  /** `gmail.com` stands for all domains of that provider, as the table below knows them; any other domain for itself. */
  domain: string;
  perMinute: number;
  /** 1..100 */
  atOnce: number;
};

/**
 * What a lane says of a mail: send it, keep it at hand for so long, or put it back until then.
 */
export type LaneWord = { kind: "go" } | { kind: "hold"; ms: number } | { kind: "back"; dueMs: number };

/** Consumer domains of one provider. Firms whose own domain is hosted there are not known by their address. */
const PROVIDERS: readonly (readonly [string, RegExp])[] = [
  ["gmail.com", /^(?:gmail|googlemail)\.com$/],
  ["outlook.com", /^(?:outlook|hotmail|live|msn|passport)\.(?:com|[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})$/],
  [
    "yahoo.com",
    /^(?:yahoo\.(?:com|[a-z]{2}|co\.[a-z]{2}|com\.[a-z]{2})|ymail\.com|rocketmail\.com|aol\.com|aim\.com)$/,
  ],
  ["icloud.com", /^(?:icloud|me|mac)\.com$/],
];

const MINUTE_MS = 60_000;
/** Mails that will have their turn within this are kept at hand; others go back into the store until then. */
const HOLD_MS = 2_000;
/** So many put off in a row, and the provider gets a pause: 1 min, 2, 4, at most 30. */
const PUT_OFF_MAX = 3;
const FIRST_PAUSE_MS = MINUTE_MS;
const LONGEST_PAUSE_MS = 30 * MINUTE_MS;
/** Domains remembered; a lane that nobody uses is forgotten first. */
const LANES_MAX = 2_000;

export function providerOf(address: string): string {
  const domain = address.slice(address.lastIndexOf("@") + 1).toLowerCase();
  return PROVIDERS.find(([, domains]) => domains.test(domain))?.[0] ?? domain;
}

export type Lanes = {
  ask(address: string, nowMs: number, held: number): LaneWord;
  start(address: string, nowMs: number): void;
  /** @param putOff  whether the provider's answer was to come again later */
  end(address: string, outcome: { putOff: boolean; nowMs: number }): void;
  providerOf(address: string): string;
};

export function createLanes(limits: readonly ProviderLimit[]): Lanes {
  const lanes = new Map<string, Lane>();
  const laneOf = (address: string): Lane => {
    const provider = providerOf(address);
    let lane = lanes.get(provider);
    if (!lane) {
      if (lanes.size >= LANES_MAX) for (const [name, { running }] of lanes) if (running === 0) lanes.delete(name);
      lane = new Lane(limits.find(({ domain }) => providerOf(`@${domain}`) === provider));
      lanes.set(provider, lane);
    }
    return lane;
  };
  return {
    ask: (address, nowMs, held) => laneOf(address).ask(nowMs, held),
    start: (address, nowMs) => laneOf(address).start(nowMs),
    end: (address, outcome) => laneOf(address).end(outcome),
    providerOf,
  };
}

class Lane {
  running = 0;
  readonly #atOnce: number;
  readonly #stepMs: number;
  /** When the next mail may start. */
  #freeMs = Number.NEGATIVE_INFINITY;
  /** When the next one that is put back will have its turn. */
  #slotMs = Number.NEGATIVE_INFINITY;
  #pausedUntilMs = Number.NEGATIVE_INFINITY;
  #putOffRun = 0;
  #pauses = 0;

  constructor(limit: ProviderLimit | undefined) {
    this.#atOnce = limit?.atOnce ?? Number.POSITIVE_INFINITY;
    this.#stepMs = limit === undefined ? 0 : MINUTE_MS / limit.perMinute;
  }

  /** @param held  mails of this lane that are at hand before this one */
  ask(nowMs: number, held: number): LaneWord {
    // A clock that was set back must not make anybody wait for the time that it had shown.
    this.#freeMs = Math.min(this.#freeMs, nowMs + this.#stepMs);
    this.#pausedUntilMs = Math.min(this.#pausedUntilMs, nowMs + LONGEST_PAUSE_MS);
    const turnMs = Math.max(this.#freeMs, this.#pausedUntilMs) + held * this.#stepMs;
    if (turnMs <= nowMs && this.running < this.#atOnce) return { kind: "go" };
    if (turnMs <= nowMs + HOLD_MS) return { kind: "hold", ms: Math.max(turnMs - nowMs, 0) };
    this.#slotMs = Math.max(this.#slotMs + this.#stepMs, turnMs);
    return { kind: "back", dueMs: Math.ceil(this.#slotMs) };
  }

  start(nowMs: number): void {
    this.running++;
    this.#freeMs = Math.max(this.#freeMs, nowMs) + this.#stepMs;
  }

  end({ putOff, nowMs }: { putOff: boolean; nowMs: number }): void {
    this.running--;
    this.#putOffRun = putOff ? this.#putOffRun + 1 : 0;
    if (!putOff) this.#pauses = 0;
    if (this.#putOffRun < PUT_OFF_MAX || this.#pausedUntilMs > nowMs) return;
    this.#pausedUntilMs = nowMs + Math.min(FIRST_PAUSE_MS * 2 ** this.#pauses++, LONGEST_PAUSE_MS);
    this.#putOffRun = 0;
  }
}

/**
 * `gmail.com=300/5, outlook.com=60/2`: mails a minute, and at once.
 * @throws RangeError  says which entry cannot be read
 */
export function parseProviderLimits(text: string): ProviderLimit[] {
  return text
    .split(",")
    .map((entry) => entry.trim())
    .filter((entry) => entry !== "")
    .map((entry) => {
      const [, domain, perMinute, atOnce] = /^([a-z0-9.-]+\.[a-z0-9-]+)=(\d{1,6})\/(\d{1,3})$/i.exec(entry) ?? [];
      const limit = { domain: (domain ?? "").toLowerCase(), perMinute: Number(perMinute), atOnce: Number(atOnce) };
      if (domain === undefined || limit.perMinute < 1 || limit.atOnce < 1 || limit.atOnce > 100) {
        throw new RangeError(`"${entry.slice(0, 60)}" should look like gmail.com=300/5: mails a minute, and at once`);
      }
      return limit;
    });
}
