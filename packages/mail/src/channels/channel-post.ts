/** What a closed edition says in a channel: its name, its address, its papers in order. Frozen when it is put in. */
import type { Digest } from "@paperwire/domain";
import { headingOf, type MailSite } from "../digest-parts.ts";
import { clip } from "../escape.ts";
import { plainText } from "../plain-formula.ts";

export type PostedPaper = { title: string; authors: string; upvotes: number; url: string };

export type ChannelPost = {
  siteName: string;
  /** `2025-03-28` */
  name: string;
  cadence: string;
  heading: string;
  url: string;
  total: number;
  papers: readonly PostedPaper[];
};

const PAPERS_MAX = 15;
const TITLE_CHARS = 300;
const NAME_CHARS = 60;

/** @returns null where there is nothing to tell */
export function channelPostOf(digest: Digest, { siteName, baseUrl }: MailSite): ChannelPost | null {
  if (digest.items.length === 0) return null;
  const { name, cadence, total } = digest;
  const place = { daily: "date", weekly: "week", monthly: "month" }[cadence];
  return {
    siteName,
    name,
    cadence,
    heading: headingOf(digest),
    url: `${baseUrl}/${place}/${name}`,
    total,
    papers: digest.items.slice(0, PAPERS_MAX).map(({ paperId, title, authors, authorsTotal, upvotes }) => {
      const more = authorsTotal - authors.length;
      const names = authors.map((one) => clip(plainText(one), NAME_CHARS)).join(", ");
      return {
        title: clip(plainText(title), TITLE_CHARS),
        authors: more > 0 ? `${names} and ${more} more` : names,
        upvotes,
        url: `${baseUrl}/papers/${paperId.split("/").map(encodeURIComponent).join("/")}`,
      };
    }),
  };
}

/** `12 upvotes`, `1 upvote`. */
export const upvotesOf = (count: number): string => `${count} upvote${count === 1 ? "" : "s"}`;

/** `Papers of Friday, 28 March 2025` */
export const leadOfPost = ({ heading, cadence }: ChannelPost): string =>
  cadence === "weekly" ? `Papers of ${heading.replace(/^W/, "w")}` : `Papers of ${heading}`;
