/** The forms of a list for programs: feeds, citations, and an OPML of what can be followed from here. */
import { topicsOf } from "@paperwire/domain";
import {
  type Feed,
  type FeedForm,
  type FeedOutline,
  listToBibtex,
  listToCslJson,
  listToRis,
  writeFeed,
  writeOpml,
} from "@paperwire/formats";
import type { ServerContext } from "../context.ts";
import type { DataForm } from "../forms.ts";
import type { Site } from "../site.ts";
import { topicName } from "../views/topic-name.ts";
import { formUrl, topicUrl, withPage } from "../views/urls.ts";
import { type FeedNames, feedNamesOf } from "./feed-names.ts";
import { paperEntry } from "./paper-entry.tsx";
import type { PaperList } from "./paper-list.ts";

/** Topics of a list's papers that its OPML names, most frequent first. */
const OPML_TOPICS = 50;

export function listData(
  list: PaperList,
  context: ServerContext,
  site: Site,
): Record<DataForm, () => string | Promise<string>> {
  const papers = () => list.items.map(({ paper }) => paper);
  const feed = (form: FeedForm) => async () => {
    const names = await feedNamesOf(context.store);
    return writeFeed(feedOf(list, form, { names, site }), form);
  };
  return {
    atom: feed("atom"),
    rss: feed("rss"),
    json: feed("json"),
    bib: () => listToBibtex(papers()),
    ris: () => listToRis(papers()),
    "csl.json": () => `${JSON.stringify(listToCslJson(papers()), null, 1)}\n`,
    opml: async () => opmlOf(list, { names: await feedNamesOf(context.store), site }),
  };
}

type Parts = { names: FeedNames; site: Site };

export function feedOf(list: PaperList, form: FeedForm, { names, site }: Parts): Feed {
  const { settings, assets } = site;
  const { baseUrl, siteName, version, hubUrl } = settings;
  const entries = list.items.map((listed) => paperEntry(listed, { names, baseUrl }));
  const at = (page: number) => baseUrl + withPage(formUrl(list.path, form), page);
  return {
    id: names.of("list", list.path),
    title: `${siteName}: ${list.title}`,
    subtitle: list.intro,
    updatedMs: updatedMsOf(entries, names),
    siteName,
    softwareVersion: version,
    pageUrl: baseUrl + list.path,
    selfUrl: at(list.page),
    pages: pagesOf(list).map(({ rel, page }) => ({ rel, href: at(page) })),
    ...(hubUrl !== undefined && isTold(list) && { hubUrl }),
    iconUrl: baseUrl + assets.url("icon.svg"),
    entries,
  };
}

export const isTold = ({ told, page }: PaperList) => told === true && page === 1;

export function updatedMsOf(entries: readonly { updatedMs: number }[], { startedMs }: FeedNames): number {
  return entries.reduce((newest, { updatedMs }) => Math.max(newest, updatedMs), entries.length > 0 ? 0 : startedMs);
}

/** @source RFC 5005, section 3: a paged feed */
function pagesOf({ page, perPage, total }: PaperList) {
  const last = Math.max(1, Math.ceil(total / perPage));
  if (last === 1) return [];
  return [
    { rel: "first" as const, page: 1 },
    ...(page > 1 ? [{ rel: "previous" as const, page: Math.min(page - 1, last) }] : []),
    ...(page < last ? [{ rel: "next" as const, page: page + 1 }] : []),
    { rel: "last" as const, page: last },
  ];
}

function opmlOf(list: PaperList, { names, site: { settings } }: Parts): Promise<string> {
  const { baseUrl, siteName } = settings;
  const counts = new Map<string, number>();
  for (const topic of list.items.flatMap(({ paper }) => topicsOf(paper))) {
    counts.set(topic, (counts.get(topic) ?? 0) + 1);
  }
  const topics = [...counts].sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1)).slice(0, OPML_TOPICS);
  const title = `${siteName}: ${list.title}`;
  return writeOpml({
    title,
    feeds: [feedOutline(title, list.path, baseUrl)],
    groups: [{ title: "Topics of these papers", feeds: topics.map(([topic]) => topicOutline(topic, baseUrl)) }],
    updatedMs: updatedMsOf(
      list.items.map((listed) => paperEntry(listed, { names, baseUrl })),
      names,
    ),
  });
}

export function feedOutline(title: string, path: string, baseUrl: string): FeedOutline {
  return { title, feedUrl: baseUrl + formUrl(path, "atom"), pageUrl: baseUrl + path };
}

export const topicOutline = (topic: string, baseUrl: string) => feedOutline(topicName(topic), topicUrl(topic), baseUrl);
