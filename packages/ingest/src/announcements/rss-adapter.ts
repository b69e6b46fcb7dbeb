/** An announcement of the feed → record, and what the whole feed says of its batch. */
import { type EditionDate, type IncomingRecord, LIMITS, type PaperFacts } from "@paperwire/domain";
import { splitAuthors } from "../arxiv/split-authors.ts";
import { readRemarks, withdrawalNotices } from "../arxiv/withdrawal.ts";
import { arxivIdOf, cleanAuthors, cleanName, cleanTitle, cleanWords, withoutGaps } from "../clean-facts.ts";
import { Refusal } from "../refusal.ts";
import { type BatchAnswer, dayIn } from "./batch-answer.ts";
import type { AnnouncedFeed, AnnouncedItem } from "./rss-shape.ts";

const ABSTRACT = /^\s*arXiv:\S+\s+Announce Type:\s*\S+\s+(?:Abstract:\s*)?/i;
const VERSION_IN_GUID = /^oai:arxiv\.org:(.+)$/i;

export type AdaptedFeed = {
  answer: BatchAnswer;
  /** Each paper once. */
  records: { id: string; record: IncomingRecord }[];
  refusals: { id: string; reason: string }[];
};

/** Whatever names no kind is taken for new: rather one too many announced than one too few. */
const isNew = ({ kind }: AnnouncedItem) => kind === "new" || kind === "";

export function adaptFeed(feed: AnnouncedFeed, askedOn: EditionDate): AdaptedFeed {
  const dated = dayIn(feed.pubDate);
  const byId = new Map<string, IncomingRecord>();
  const news: string[] = [];
  const refusals: AdaptedFeed["refusals"] = [];
  for (const item of feed.items) {
    try {
      const id = idOf(item);
      if (isNew(item)) news.push(id);
      if (!byId.has(id)) byId.set(id, adaptItem(item, id, dated ?? askedOn));
    } catch (error) {
      if (!(error instanceof Refusal)) throw error;
      refusals.push({ id: item.guid || item.link, reason: error.message });
    }
  }
  const claimed = new Set(news).size;
  return {
    answer: { dated, claimed, news, entries: feed.items.length },
    records: [...byId].map(([id, record]) => ({ id, record })),
    refusals,
  };
}

const idOf = ({ guid, link }: AnnouncedItem) => arxivIdOf(VERSION_IN_GUID.exec(guid)?.[1] ?? link);

/** The feed knows no date of submission; OAI-PMH, which speaks later in the day, does. */
function adaptItem(item: AnnouncedItem, id: string, day: EditionDate): IncomingRecord {
  const remarks = readRemarks({ summary: item.description.replace(ABSTRACT, ""), comment: undefined });
  const facts = withoutGaps<PaperFacts>({
    title: cleanTitle(item.title),
    abstract: remarks.abstract,
    authors: cleanAuthors(splitAuthors(item.creators).map((name) => ({ name }))),
    primaryCategory: cleanName(item.categories[0], "category"),
    categories: cleanWords(item.categories, { field: "categories", max: LIMITS.categories }),
    note: remarks.isWithdrawn ? remarks.note : undefined,
    notices: withdrawalNotices(remarks.isWithdrawn, day),
  });
  return { identifiers: [{ scheme: "arxiv", value: id }], facts, asOf: `${day}T05:00:00.000Z` };
}
