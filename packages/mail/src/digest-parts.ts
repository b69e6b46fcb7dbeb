/** What both parts of a digest say: subject, head line, the papers in their order, how many are not here. */
import { type Digest, type DigestItem, type Preferences, reasonFor, selectFor, toUtcMs } from "@paperwire/domain";
import { clip } from "./escape.ts";
import { plainText } from "./plain-formula.ts";

export type MailSite = {
  siteName: string;
  /** Without a slash at the end. */
  baseUrl: string;
  /** Postal or legal identity of the sender, where law asks for one. */
  senderIdentity?: string;
};

export type SubscriberLinks = { manageUrl: string; unsubscribeUrl: string };

export type DigestRequest = {
  digest: Digest;
  wishes: Preferences;
  site: MailSite;
  links: SubscriberLinks;
};

export type PaperLine = {
  title: string;
  authors: string;
  lead: string;
  leadCredit?: string;
  why: string;
  url: string;
  links: readonly { label: string; url: string }[];
};

export type DigestParts = {
  subject: string;
  preheader: string;
  heading: string;
  completeness: string;
  webUrl: string;
  papers: readonly PaperLine[];
  /** Fitting papers that are not in the mail. */
  heldBack: number;
  corrections: readonly { title: string; what: string; url: string }[];
};

const TITLE_CHARS = 300;
const LEAD_CHARS = 400;
const SUBJECT_TITLE_CHARS = 90;
const NAME_CHARS = 60;
const LINKS_MAX = 4;

const day = (options: Intl.DateTimeFormatOptions) => {
  const formatter = new Intl.DateTimeFormat("en-GB", { ...options, timeZone: "UTC" });
  return (date: string) => formatter.format(toUtcMs(date));
};
const longDay = day({ weekday: "long", day: "numeric", month: "long", year: "numeric" });
const plainDay = day({ day: "numeric", month: "long", year: "numeric" });
const longMonth = day({ month: "long", year: "numeric" });

export function digestParts({ digest, wishes, site }: DigestRequest): DigestParts {
  const { items, heldBack: fittingMore } = selectFor(digest, wishes);
  const filtered = wishes.topics.length > 0 || wishes.upvotesMin > 0;
  // Of a long month only the first are frozen; who wants everything is told of all.
  const heldBack = filtered ? fittingMore : Math.max(fittingMore, digest.total - items.length);
  const url = (paperId: string) => `${site.baseUrl}/papers/${paperId.split("/").map(encodeURIComponent).join("/")}`;
  const papers = items.map((item) => paperLine(item, { url: url(item.paperId), why: reasonFor(item, wishes) }));
  const top = papers[0]?.title ?? "";
  const more = papers.length - 1;
  return {
    // The date makes it unique: mail readers join what has one subject.
    subject: `${shortName(digest)}: ${clip(top, SUBJECT_TITLE_CHARS)}${more > 0 ? ` and ${more} more` : ""}`,
    preheader: papers
      .slice(0, 3)
      .map((paper) => clip(paper.title, SUBJECT_TITLE_CHARS))
      .join(" · "),
    heading: headingOf(digest),
    completeness: completenessOf(digest, {
      shown: papers.length,
      heldBack,
      filtered,
    }),
    webUrl: `${site.baseUrl}/digests/${digest.name}`,
    papers,
    heldBack,
    corrections: digest.corrections.map(({ paperId, title, what }) => ({
      title: clip(plainText(title), TITLE_CHARS),
      what,
      url: url(paperId),
    })),
  };
}

function paperLine(item: DigestItem, { url, why }: { url: string; why: string }): PaperLine {
  const more = item.authorsTotal - item.authors.length;
  return {
    title: clip(plainText(item.title), TITLE_CHARS),
    authors:
      item.authors.map((name) => clip(plainText(name), NAME_CHARS)).join(", ") + (more > 0 ? ` and ${more} more` : ""),
    lead: clip(plainText(item.lead), LEAD_CHARS),
    ...(item.leadCredit === undefined ? {} : { leadCredit: item.leadCredit }),
    why,
    url,
    links: item.links.slice(0, LINKS_MAX),
  };
}

export function headingOf({ cadence, name, range }: Pick<Digest, "cadence" | "name" | "range">): string {
  if (cadence === "daily") return longDay(range.first);
  if (cadence === "monthly") return longMonth(range.first);
  return `Week ${Number(name.slice(6))}: ${plainDay(range.first)} to ${plainDay(range.last)}`;
}

function shortName({ cadence, name, range }: Digest): string {
  if (cadence === "daily") return plainDay(range.first);
  return cadence === "monthly" ? longMonth(range.first) : `Week ${Number(name.slice(6))} of ${name.slice(0, 4)}`;
}

type Counts = { shown: number; heldBack: number; filtered: boolean };

function completenessOf({ cadence, total }: Digest, { shown, heldBack, filtered }: Counts): string {
  const papers = total === 1 ? "1 paper" : `${total} papers`;
  const closed =
    cadence === "daily" ? `The edition is closed with ${papers}.` : `All its editions are closed: ${papers}.`;
  const fitting = filtered ? `${shown + heldBack} of them fit your wishes; ` : "";
  const here = shown === total ? "All of them are here" : `${fitting}${shown} ${shown === 1 ? "is" : "are"} here`;
  return `${closed} ${here}, in the order of their upvotes${heldBack > 0 ? `; ${heldBack} more on the web` : ""}.`;
}
