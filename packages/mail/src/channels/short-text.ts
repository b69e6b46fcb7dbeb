/** Posts for places that count characters as readers see them: as many titles as fit, then the address of the rest. */
import { type ChannelPost, leadOfPost, type PostedPaper } from "./channel-post.ts";

/** A stretch of the text that leads somewhere, in bytes of UTF-8. */
export type TextLink = { byteStart: number; byteEnd: number; url: string };
export type ShortText = { text: string; links: TextLink[] };

type Rules = {
  /** Graphemes at most. */
  limit: number;
  /** What an address counts for, where that is not its own length. */
  urlLength?: number;
  /** As it is shown; by default whole. */
  showUrl?(url: string): string;
};

const segmenter = new Intl.Segmenter("en", { granularity: "grapheme" });
/** Shorter than this, a clipped title says nothing. */
const TITLE_LEAST = 24;
const TITLE_MOST = 110;

export function graphemes(text: string): string[] {
  return Array.from(segmenter.segment(text), ({ segment }) => segment);
}

/** Clipped between two characters as a reader sees them, at a word where one is near. */
export function clipGraphemes(text: string, limit: number): string {
  const all = graphemes(text);
  if (all.length <= limit) return text;
  const cut = all.slice(0, Math.max(limit - 1, 0)).join("");
  return `${cut.replace(/\s+\S{0,20}$/, "")}…`;
}

export function shortText(post: ChannelPost, { limit, urlLength, showUrl = (url) => url }: Rules): ShortText {
  const shown = showUrl(post.url);
  const head = `${leadOfPost(post)}\n`;
  const count = post.total === 1 ? "1 paper: " : `All ${post.total} papers: `;
  let room = limit - graphemes(head + count).length - 1 - (urlLength ?? graphemes(shown).length);
  const lines: { paper: PostedPaper; before: string; title: string }[] = [];
  for (const [index, paper] of post.papers.entries()) {
    const before = `\n${index + 1}. `;
    const space = room - graphemes(before).length;
    const title = clipGraphemes(paper.title.replace(/\s+/g, " "), Math.min(space, TITLE_MOST));
    const wanted = graphemes(title).length;
    if (space < TITLE_LEAST && wanted < graphemes(paper.title).length) break;
    if (wanted > space) break;
    lines.push({ paper, before, title });
    room = space - wanted;
  }
  const links: TextLink[] = [];
  let text = head;
  const add = (words: string, url?: string) => {
    const byteStart = Buffer.byteLength(text);
    text += words;
    if (url !== undefined) links.push({ byteStart, byteEnd: Buffer.byteLength(text), url });
  };
  for (const { paper, before, title } of lines) {
    add(before);
    add(title, paper.url);
  }
  add(`\n${count}`);
  add(shown, post.url);
  return { text, links };
}
