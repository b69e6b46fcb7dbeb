/** Tells the hub (WebSub) which feeds changed, so that their readers hear of it within seconds instead of at their next look. */
import { type Clock, topicsOf } from "@paperwire/domain";
import type { PostForm } from "@paperwire/ingest";
import { hubPathsOf } from "@paperwire/server";
import type { HubPing, Store } from "@paperwire/store";

/** Changes within this long are told as one. */
const COALESCE_MS = 10_000;
/** Changed papers looked at in a round, and topics told of: after an import of thousands the hub hears of the largest. */
const PAPERS_MAX = 2_000;
const TOPICS_MAX = 100;
/** Told in one round; the rest waits for the next. */
const PINGS_PER_ROUND = 100;
const ATTEMPTS_MAX = 8;
const FIRST_PAUSE_MS = 30_000;
const LONGEST_PAUSE_MS = 3_600_000;
const MARK = "hub-mark";

export type HubOptions = {
  store: Pick<Store, "papers" | "settings" | "hubPings" | "version" | "epoch">;
  hubUrl: string;
  baseUrl: string;
  clock: Clock;
  post: PostForm;
  signal?: AbortSignal;
};

export type HubRound = { told: number; putOff: number; givenUp: { path: string; reason: string }[] };

export async function tellHub(options: HubOptions): Promise<HubRound> {
  await noteChanges(options);
  const round: HubRound = { told: 0, putOff: 0, givenUp: [] };
  for (const ping of await options.store.hubPings.claim(PINGS_PER_ROUND)) {
    // What is claimed and not told is claimed again when the claim is lost.
    if (options.signal?.aborted) break;
    await tell(ping, options, round);
  }
  return round;
}

/** From the mark of the last round to now. A first round, or one after a restore, begins at the end: readers have been there. */
async function noteChanges({ store, clock }: HubOptions): Promise<void> {
  const [version, epoch, kept] = await Promise.all([store.version(), store.epoch(), store.settings.get(MARK)]);
  const [markedEpoch, marked] = (kept ?? "").split(" ");
  const mark = `${epoch} ${version}`;
  if (kept === mark) return;
  if (markedEpoch === epoch) {
    const papers = await store.papers.listChangedSince(Number(marked), PAPERS_MAX);
    const counts = new Map<string, number>();
    for (const topic of papers.flatMap(topicsOf)) counts.set(topic, (counts.get(topic) ?? 0) + 1);
    const topics = [...counts].sort((a, b) => b[1] - a[1]).slice(0, TOPICS_MAX);
    const paths = hubPathsOf(topics.map(([topic]) => topic));
    await store.hubPings.add(paths, clock() + COALESCE_MS);
  }
  // Written after the news: a crash in between tells twice, never not at all.
  await store.settings.set(MARK, mark);
}

async function tell(ping: HubPing, { store, hubUrl, baseUrl, clock, post, signal }: HubOptions, round: HubRound) {
  const topic = baseUrl + ping.path;
  // One name for the hubs of PubSubHubbub 0.3, the other for those that came after.
  const fields = { "hub.mode": "publish", "hub.url": topic, "hub.topic": topic };
  const answer = await post(new URL(hubUrl), fields, signal).catch((error: Error) => ({
    status: 0,
    text: error.message,
  }));
  if (answer.status >= 200 && answer.status < 300) {
    round.told++;
    return store.hubPings.drop(ping);
  }
  const passing = answer.status === 0 || answer.status === 429 || answer.status >= 500;
  if (!passing || ping.attempts >= ATTEMPTS_MAX) {
    round.givenUp.push({ path: ping.path, reason: `${answer.status || "no answer"}: ${answer.text}` });
    return store.hubPings.drop(ping);
  }
  round.putOff++;
  const asked = "retryAfterSeconds" in answer ? (answer.retryAfterSeconds ?? 0) * 1000 : 0;
  const pauseMs = Math.max(asked, FIRST_PAUSE_MS * 2 ** (ping.attempts - 1));
  return store.hubPings.retry(ping, clock() + Math.min(pauseMs, LONGEST_PAUSE_MS));
}
