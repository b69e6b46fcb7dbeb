/** An edition as the request that each kind of channel wants. Pure: what is sent, and to which address. */
import { escapeHtml } from "../escape.ts";
import { SIGNATURE_HEADER, signBody } from "../hook-signature.ts";
import type { Channel, ChannelOf } from "./channel.ts";
import { type ChannelPost, leadOfPost, upvotesOf } from "./channel-post.ts";
import { shortText } from "./short-text.ts";

export type ChannelRequest = {
  method: "POST" | "PUT";
  url: URL;
  headers: Record<string, string>;
  body: string;
};

/** The same for every attempt. */
export type Mark = { id: string; putMs: number; nowMs: number };

/** @source docs.joinmastodon.org: 500 characters, an address counts 23 */
export const MASTODON = { limit: 500, urlLength: 23 } as const;
/** @source app.bsky.feed.post: 300 graphemes */
export const BLUESKY_GRAPHEMES = 300;
/** @source core.telegram.org/bots/api: 4096 characters after the entities are read */
const TELEGRAM_CHARS = 4_000;
/** @source discord.com/developers: 4096 in a description */
const DISCORD_CHARS = 4_000;
/** @source api.slack.com: 3000 in a section's text */
const SLACK_CHARS = 2_900;

type Simple = Exclude<Channel["kind"], "bluesky">;
type Makers = { [Kind in Simple]: (channel: ChannelOf<Kind>, post: ChannelPost, mark: Mark) => ChannelRequest };

export function requestFor(channel: Exclude<Channel, { kind: "bluesky" }>, post: ChannelPost, mark: Mark) {
  const make = MAKERS[channel.kind] as (one: Channel, post: ChannelPost, mark: Mark) => ChannelRequest;
  return make(channel, post, mark);
}

const MAKERS: Makers = {
  webhook: ({ url, secret }, post, { id, nowMs }) => {
    const body = JSON.stringify({ id, event: "edition.closed", edition: post });
    const signature = signBody(secret, { body, timeMs: nowMs });
    return json({ url, body, headers: { [SIGNATURE_HEADER]: signature, "Paperwire-Id": id } });
  },
  slack: ({ url }, post) => {
    const line = linesWithin(post, SLACK_CHARS, ({ title, url: to, upvotes }, place) => {
      return `${place}. <${slackText(to)}|${slackText(title.replaceAll("|", "¦"))}> (${upvotesOf(upvotes)})`;
    });
    const head = `*<${slackText(post.url)}|${slackText(leadOfPost(post))}>*`;
    const blocks = [{ type: "section", text: { type: "mrkdwn", text: `${head}\n${line}` } }];
    return json({ url, body: JSON.stringify({ text: slackText(leadOfPost(post)), blocks, unfurl_links: false }) });
  },
  discord: ({ url }, post) => {
    const description = linesWithin(post, DISCORD_CHARS, ({ title, url: to, upvotes }, place) => {
      return `${place}\\. [${discordText(title)}](${to}) (${upvotesOf(upvotes)})`;
    });
    const embeds = [{ title: leadOfPost(post).slice(0, 256), url: post.url, description }];
    // A title that says @everyone calls nobody.
    return json({ url, body: JSON.stringify({ embeds, allowed_mentions: { parse: [] } }) });
  },
  matrix: ({ url, room, token }, post, { id }) => {
    const address = new URL(url);
    address.pathname = `${address.pathname.replace(/\/$/, "")}/_matrix/client/v3/rooms/${encodeURIComponent(room)}/send/m.room.message/${id}`;
    const items = post.papers.map(
      ({ title, url: to, upvotes }) =>
        `<li><a href="${escapeHtml(to)}">${escapeHtml(title)}</a> (${upvotesOf(upvotes)})</li>`,
    );
    const body = JSON.stringify({
      msgtype: "m.notice",
      body: plainLines(post),
      format: "org.matrix.custom.html",
      formatted_body: `<p><a href="${escapeHtml(post.url)}">${escapeHtml(leadOfPost(post))}</a></p><ol>${items.join("")}</ol>`,
    });
    return { ...json({ url: address.href, body, headers: bearer(token) }), method: "PUT" };
  },
  telegram: ({ url, token, chat }, post) => {
    const head = `<b><a href="${escapeHtml(post.url)}">${escapeHtml(leadOfPost(post))}</a></b>`;
    const lines = linesWithin(post, TELEGRAM_CHARS, ({ title, url: to, upvotes }, place) => {
      return `${place}. <a href="${escapeHtml(to)}">${escapeHtml(title)}</a> (${upvotesOf(upvotes)})`;
    });
    const text = `${head}\n\n${lines}`;
    const body = JSON.stringify({
      chat_id: chat,
      text,
      parse_mode: "HTML",
      link_preview_options: { is_disabled: true },
    });
    return json({ url: `${url.replace(/\/$/, "")}/bot${token}/sendMessage`, body });
  },
  mastodon: ({ url, token }, post, { id }) => {
    const { text } = shortText(post, MASTODON);
    return json({
      url: `${url.replace(/\/$/, "")}/api/v1/statuses`,
      body: JSON.stringify({ status: text, language: "en", visibility: "public" }),
      headers: { ...bearer(token), "Idempotency-Key": id },
    });
  },
};

function json({ url, body, headers }: { url: string; body: string; headers?: Record<string, string> }): ChannelRequest {
  return { method: "POST", url: new URL(url), headers: { "content-type": "application/json", ...headers }, body };
}

export const bearer = (token: string) => ({ authorization: `Bearer ${token}` });

type Line = (paper: ChannelPost["papers"][number], place: number) => string;

/** Whole lines only. */
function linesWithin(post: ChannelPost, chars: number, line: Line): string {
  let text = "";
  for (const [index, paper] of post.papers.entries()) {
    const next = line(paper, index + 1);
    if (text.length + next.length + 1 > chars) break;
    text += text === "" ? next : `\n${next}`;
  }
  return text;
}

function plainLines(post: ChannelPost): string {
  const lines = post.papers.map(({ title, url, upvotes }, n) => `${n + 1}. ${title} (${upvotesOf(upvotes)}) ${url}`);
  return [leadOfPost(post), ...lines, post.url].join("\n");
}

/** @source api.slack.com, formatting: three signs have a meaning */
function slackText(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}

function discordText(text: string): string {
  return text.replace(/[\\`*_~|>[\]()#@]/g, "\\$&");
}
