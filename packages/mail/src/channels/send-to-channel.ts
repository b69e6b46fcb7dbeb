/** One post to one channel, and an honest word about how it ended. Whoever runs this hands in the way to the network. */
import type { SendResult } from "@paperwire/domain";
import type { Channel, ChannelOf } from "./channel.ts";
import type { ChannelPost } from "./channel-post.ts";
import { BLUESKY_GRAPHEMES, bearer, type ChannelRequest, type Mark, requestFor } from "./requests.ts";
import { shortText } from "./short-text.ts";

export type ChannelAnswer = { status: number; text: string; retryAfterSeconds?: number };
/**
 * Guards the address, follows no redirect.
 * @throws Error  nothing was sent; one whose name is `UnansweredRequest` where it may have been
 */
export type ChannelSend = (request: ChannelRequest & { allowPrivate: boolean }) => Promise<ChannelAnswer>;

/** Their other side takes one post of a name once, so that a second attempt does no harm. */
const ONCE_AT_THE_OTHER_SIDE: readonly Channel["kind"][] = ["webhook", "matrix", "mastodon", "bluesky"];

export function maySendAgain({ kind }: Channel): boolean {
  return ONCE_AT_THE_OTHER_SIDE.includes(kind);
}

export async function sendToChannel(
  channel: Channel,
  { post, mark, send }: { post: ChannelPost; mark: Mark; send: ChannelSend },
): Promise<SendResult> {
  try {
    const guarded: Sender = (request) => send({ ...request, allowPrivate: channel.private });
    if (channel.kind === "bluesky") return await sendToBluesky(channel, { post, mark, send: guarded });
    return judge(await guarded(requestFor(channel, post, mark)));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    if (error instanceof Error && error.name === "UnansweredRequest" && !maySendAgain(channel))
      return { kind: "unknown", reason };
    return { kind: "deferred", reason, scope: "server" };
  }
}

const REASON_CHARS = 200;

type Sender = (request: ChannelRequest) => Promise<ChannelAnswer>;

function judge({ status, text }: ChannelAnswer): SendResult {
  const words = `${status} ${text.slice(0, REASON_CHARS)}`.trim();
  if (status >= 200 && status < 300) return { kind: "accepted", response: words };
  if (status === 429 || status >= 500) return { kind: "deferred", reason: words, scope: "server" };
  return { kind: "refused", reason: words };
}

type BlueskyPost = { post: ChannelPost; mark: Mark; send: Sender };

/** @source docs.bsky.app: a session by app password, then a record under a name of ours, which can be made once only */
async function sendToBluesky(
  { url, user, token }: ChannelOf<"bluesky">,
  { post, mark, send }: BlueskyPost,
): Promise<SendResult> {
  const call = (method: string, body: object, headers: Record<string, string> = {}) =>
    send({
      method: "POST",
      url: new URL(`${url.replace(/\/$/, "")}/xrpc/${method}`),
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify(body),
    });
  const session = await call("com.atproto.server.createSession", { identifier: user, password: token });
  if (session.status !== 200) return judge({ ...session, text: `the sign-in was not taken: ${session.text}` });
  const { accessJwt, did } = JSON.parse(session.text) as { accessJwt?: string; did?: string };
  if (!accessJwt || !did) return { kind: "deferred", reason: "the session has no token", scope: "server" };
  const { text, links } = shortText(post, { limit: BLUESKY_GRAPHEMES, showUrl: bareUrl });
  const facets = links.map(({ byteStart, byteEnd, url: uri }) => ({
    index: { byteStart, byteEnd },
    features: [{ $type: "app.bsky.richtext.facet#link", uri }],
  }));
  const createdAt = new Date(mark.putMs).toISOString();
  const record = { $type: "app.bsky.feed.post", text, facets, langs: ["en"], createdAt };
  const rkey = timeId(mark);
  const answer = await call(
    "com.atproto.repo.createRecord",
    { repo: did, collection: "app.bsky.feed.post", rkey, record },
    bearer(accessJwt),
  );
  // An attempt whose answer was lost has made it already.
  if (answer.status === 400 && /already exists|could not be created.*exists/i.test(answer.text))
    return { kind: "accepted", response: "it is there already" };
  return judge(answer);
}

const bareUrl = (url: string) => url.replace(/^https?:\/\/(?:www\.)?/, "");

const TID_ALPHABET = "234567abcdefghijklmnopqrstuvwxyz";
const TID_CHARS = 13;

/** A record's name: the time it was put in, and ten bits of its id. @source atproto.com/specs/tid */
export function timeId({ id, putMs }: Mark): string {
  const clockId = [...id].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 1024, 7);
  let value = ((BigInt(putMs) * 1000n) << 10n) | BigInt(clockId);
  let text = "";
  for (let n = 0; n < TID_CHARS; n++, value >>= 5n) text = TID_ALPHABET[Number(value & 31n)]! + text;
  return text;
}
