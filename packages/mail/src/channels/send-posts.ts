/** Posts that are due, channel by channel: claimed, sent, marked, as every message is. */

import type { Clock } from "@paperwire/domain";
import { loggable } from "../loggable.ts";
import type { Channel } from "./channel.ts";
import type { ChannelPost } from "./channel-post.ts";
import { type ChannelSend, maySendAgain, sendToChannel } from "./send-to-channel.ts";

/** An edition is old news after that. */
const LIFE_MS = 2 * 86_400_000;
const FIRST_RETRY_MS = 60_000;
const LONGEST_RETRY_MS = 3_600_000;
/** Longer than two attempts can take: a claim that is older has no process any more. */
const LOST_MS = 5 * 60_000;

type Claimed = { id: string; message: object; putMs: number; expiresMs: number; attempts: number };
type End = { id: string; state: "waiting" | "sent" | "refused" | "doubt"; reason: string; dueMs?: number };

/** What this needs of the store. */
export type PostOutbox = {
  put(post: {
    channel: string;
    recipient: string;
    message: object;
    inDoubt: "again" | "stop";
    expiresMs: number;
    once: string;
  }): Promise<string | null>;
  claim(options: { channel: string; limit: number }): Promise<Claimed[]>;
  end(ends: readonly End[]): Promise<void>;
  releaseOlderThan(ms: number): Promise<unknown>;
};

export const outboxChannelOf = ({ name }: Channel): string => `channel ${name}`;

/** @returns whether it is new to the channel */
export async function putPost(
  outbox: PostOutbox,
  channel: Channel,
  { post, nowMs }: { post: ChannelPost; nowMs: number },
): Promise<boolean> {
  const way = outboxChannelOf(channel);
  const id = await outbox.put({
    channel: way,
    recipient: channel.kind,
    message: post,
    inDoubt: maySendAgain(channel) ? "again" : "stop",
    expiresMs: nowMs + LIFE_MS,
    once: `${way}: ${post.name}`,
  });
  return id !== null;
}

export type PostsSent = { sent: number; waiting: number; refused: number; doubtful: number; reasons: string[] };

type Options = { outbox: PostOutbox; channels: readonly Channel[]; send: ChannelSend; clock: Clock };

export async function sendPosts({ outbox, channels, send, clock }: Options): Promise<PostsSent> {
  const sum: PostsSent = { sent: 0, waiting: 0, refused: 0, doubtful: 0, reasons: [] };
  await outbox.releaseOlderThan(LOST_MS);
  for (const channel of channels) {
    for (;;) {
      const [claimed] = await outbox.claim({ channel: outboxChannelOf(channel), limit: 1 });
      if (!claimed) break;
      const { id, putMs } = claimed;
      const post = claimed.message as ChannelPost;
      const result = await sendToChannel(channel, { post, mark: { id, putMs, nowMs: clock() }, send });
      const end = endOf(claimed, result, clock());
      await outbox.end([end]);
      const counted = { sent: "sent", waiting: "waiting", refused: "refused", doubt: "doubtful" } as const;
      sum[counted[end.state]]++;
      if (end.state !== "sent") sum.reasons.push(`${channel.name}: ${loggable(end.reason)}`);
    }
  }
  return sum;
}

function endOf(
  { id, attempts, expiresMs }: Claimed,
  result: Awaited<ReturnType<typeof sendToChannel>>,
  nowMs: number,
): End {
  if (result.kind === "accepted") return { id, state: "sent", reason: result.response };
  if (result.kind === "refused") return { id, state: "refused", reason: result.reason };
  if (result.kind === "unknown") return { id, state: "doubt", reason: result.reason };
  const dueMs = nowMs + Math.min(FIRST_RETRY_MS * 3 ** Math.min(attempts - 1, 10), LONGEST_RETRY_MS);
  if (dueMs < expiresMs) return { id, state: "waiting", dueMs, reason: result.reason };
  return { id, state: "refused", reason: `Given up after ${attempts} attempts: ${result.reason}` };
}
