/** One round of digests: compose what is new, enlist its readers, send what is due. */
import { digestContents, newestDigest } from "@paperwire/discovery";
import {
  CADENCES,
  type Clock,
  DEFAULT_PREFERENCES,
  type Digest,
  type EditionClock,
  editionDateAt,
  editionEndMs,
  SENDING_SETTING,
} from "@paperwire/domain";
import {
  CLAIM_LOST_MS,
  enlistSubscribers,
  isHardRefusal,
  type MailDesk,
  type Post,
  type ProviderLimit,
  type SendSummary,
  sendDigest,
} from "@paperwire/mail";
import type { DeliveryEnd, Store, StoredDigest } from "@paperwire/store";

/** Older digests are not sent any more, whatever waits in them. */
const DIGESTS_SENT = 12;

export type DigestRunOptions = {
  store: Store;
  desk: MailDesk;
  clock: Clock;
  editionClock: EditionClock;
  perMinute: number;
  providers?: readonly ProviderLimit[];
  /** Addresses of the operator's own that get every digest as soon as it is composed, each once, to look at. */
  seeds?: { addresses: readonly string[]; post: Pick<Post, "send"> };
  sleep(ms: number): Promise<void>;
  signal?: AbortSignal;
  onProgress?(name: string, summary: SendSummary): void;
};

export type DigestRun = {
  /** Digests that are new, with the number of readers written down. */
  composed: { name: string; enlisted: number }[];
  sent: { name: string; summary: SendSummary }[];
  /** Digests whose readers' hour has not come yet. */
  waiting: { name: string; dueMs: number }[];
  /** Deliveries whose process was lost. */
  doubted: number;
};

export async function runDigests(options: DigestRunOptions): Promise<DigestRun> {
  const { store } = options;
  const doubted = await store.deliveries.doubtOlderThan(CLAIM_LOST_MS);
  const composed = await composeNew(options);
  const sent: DigestRun["sent"] = [];
  const waiting: DigestRun["waiting"] = [];
  for (const stored of await store.digests.list({ limit: DIGESTS_SENT })) {
    const { name } = stored.digest;
    if (stored.enlistedAt === null) composed.push({ name, enlisted: await enlist(stored, options) });
    const dueMs = await store.deliveries.nextDue(name);
    if (dueMs !== null && dueMs <= options.clock()) sent.push({ name, summary: await send(stored, options) });
    else if (dueMs !== null) waiting.push({ name, dueMs });
    if (options.signal?.aborted) break;
  }
  return { composed, sent, waiting, doubted };
}

/**
 * Freezes the newest digest of each cadence where it is not there yet. One that nobody waits for is not made: whoever
 * confirms first then gets the newest edition at once.
 */
async function composeNew(options: DigestRunOptions): Promise<DigestRun["composed"]> {
  const { store, clock, editionClock } = options;
  const today = editionDateAt(clock(), editionClock);
  const composed: DigestRun["composed"] = [];
  for (const cadence of CADENCES) {
    const newest = await newestDigest(store, { cadence, today });
    if (newest === null || (await store.digests.find(newest.name)) !== null) continue;
    const confirmedBy = new Date(clock()).toISOString();
    const someone = await store.subscribers.listConfirmed({ cadence, confirmedBy, after: "", limit: 1 });
    if (someone.length === 0) continue;
    const digest = (await digestContents(store, { cadence, today }))!;
    composed.push({ name: digest.name, enlisted: await enlist(await store.digests.add(digest), options) });
  }
  return composed;
}

async function enlist({ digest, composedAt }: StoredDigest, options: DigestRunOptions): Promise<number> {
  const { store, clock, editionClock } = options;
  await sendToSeeds(digest, options);
  const times = { closedMs: editionEndMs(digest.range.last, editionClock), nowMs: clock(), confirmedBy: composedAt };
  const added = await enlistSubscribers(digest, times, {
    listConfirmed: (page) => store.subscribers.listConfirmed(page),
    add: (name, rows) => store.deliveries.add(name, rows),
  });
  await store.digests.setEnlisted(digest.name);
  return added;
}

/** As a newcomer would get it; its links belong to nobody. */
async function sendToSeeds(digest: Digest, { desk, seeds, clock }: DigestRunOptions): Promise<void> {
  for (const to of seeds?.addresses ?? []) {
    const message = desk.digestMessage({
      deliveryId: "seed",
      subscriberId: "seed",
      to,
      digest,
      wishes: DEFAULT_PREFERENCES,
      nowMs: clock(),
    });
    if (message === null) return;
    const { subject, text, html, headers } = message;
    const letter = { to, subject, text, ...(html === undefined ? {} : { html }), headers };
    await seeds!.post.send(letter, { once: `seed ${digest.name} ${to}`, inDoubt: "stop" });
  }
}

/** A server that says at once that there is no such mailbox spares us its report. */
async function endDeliveries(store: Store, ends: readonly DeliveryEnd[]): Promise<void> {
  await store.deliveries.end(ends);
  for (const { id, state, reason } of ends) {
    if (state === "refused" && isHardRefusal(reason)) await store.deliveries.bounce({ id, kind: "hard", reason });
  }
}

function send({ digest }: StoredDigest, options: DigestRunOptions): Promise<SendSummary> {
  const { store, desk, clock, sleep, perMinute, providers = [], signal, onProgress } = options;
  const { name } = digest;
  return sendDigest({
    digest,
    desk,
    clock,
    sleep,
    perMinute,
    providers,
    ...(signal === undefined ? {} : { signal }),
    ...(onProgress === undefined ? {} : { onProgress: (summary) => onProgress(name, summary) }),
    queue: {
      claim: (limit) => store.deliveries.claim({ digest: name, limit }),
      end: (ends) => endDeliveries(store, ends),
      nextDue: () => store.deliveries.nextDue(name),
      stopReason: async () => {
        if ((await store.settings.get(SENDING_SETTING)) === "off")
          return "sending is switched off (paperwire digest resume)";
        return store.digests.findPause(name);
      },
      pause: (reason) => store.digests.setPaused(name, reason),
    },
  });
}
