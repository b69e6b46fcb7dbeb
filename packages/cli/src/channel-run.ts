/** One round of channels: tell the newest closed edition where it was not told yet, and send what is due. */
import { digestContents, newestDigest } from "@paperwire/discovery";
import { type Clock, type EditionClock, editionDateAt } from "@paperwire/domain";
import { createGuardedSend } from "@paperwire/ingest";
import {
  type Channel,
  type ChannelSend,
  channelPostOf,
  type MailSite,
  type PostsSent,
  putPost,
  sendPosts,
} from "@paperwire/mail";
import type { Store } from "@paperwire/store";

/** A session's answer holds two tokens of about a thousand characters. */
const ANSWER_CHARS = 20_000;

export type ChannelRunOptions = {
  store: Store;
  channels: readonly Channel[];
  send: ChannelSend;
  clock: Clock;
  editionClock: EditionClock;
  site: MailSite;
  /** What this process put in before: spares it the composing at every round. */
  known: Set<string>;
};

export type ChannelRun = PostsSent & { told: string[] };

/** The way to the network: public addresses only, unless the operator wrote otherwise down; no redirects. */
export function openChannelSend(): ChannelSend {
  return createGuardedSend({ answerChars: ANSWER_CHARS });
}

export async function runChannels(options: ChannelRunOptions): Promise<ChannelRun> {
  const { store, channels, send, clock } = options;
  const told: string[] = [];
  for (const channel of channels) {
    const name = await tellNewest(channel, options);
    if (name !== null) told.push(`${name} to ${channel.name}`);
  }
  const sent = await sendPosts({ outbox: store.outbox, channels, send, clock });
  return { ...sent, told };
}

async function tellNewest(
  channel: Channel,
  { store, clock, editionClock, site, known }: ChannelRunOptions,
): Promise<string | null> {
  const wanted = { cadence: channel.cadence, today: editionDateAt(clock(), editionClock) };
  const newest = await newestDigest(store, wanted);
  const key = `${channel.name} ${newest?.name}`;
  if (newest === null || known.has(key)) return null;
  const digest = await digestContents(store, wanted);
  const post = digest && channelPostOf(digest, site);
  known.add(key);
  if (!post) return null;
  return (await putPost(store.outbox, channel, { post, nowMs: clock() })) ? newest.name : null;
}
