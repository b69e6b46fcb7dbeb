/** Puts the calls of `Discovery` together from the store and the library. */
import { type ListedPaper, Moved, nameKey, notFound, parseArxivId, topicKey } from "@paperwire/domain";
import type { Store } from "@paperwire/store";
import { type Discovery, type ListView, type PaperView, PER_PAGE } from "./discovery.ts";
import { editionOf, latestEdition, monthOf, newest, weekOf } from "./edition-views.ts";
import type { Library } from "./library.ts";
import { searchPapers } from "./search-papers.ts";
import { suggestSearches } from "./suggest-searches.ts";
import { trendingPapers } from "./trending-papers.ts";
import { createSnapshots } from "./trending-snapshot.ts";
import { wordChanges } from "./word-changes.ts";

export type DiscoverySources = {
  store: Pick<Store, "papers" | "editions" | "upvotes" | "merges" | "trending" | "looks" | "version" | "activity">;
  library: Pick<Library, "index" | "state">;
};

export function createDiscovery({ store, library }: DiscoverySources): Discovery {
  const snapshots = createSnapshots({ store });
  return {
    latestEdition: (narrowing) => latestEdition(store, narrowing),
    editionOf: (date, narrowing) => editionOf(store, date, narrowing),
    weekOf: (name, page, narrowing) => weekOf(store, name, page, narrowing),
    monthOf: (name, page, narrowing) => monthOf(store, name, page, narrowing),
    newest: (page, narrowing) => newest(store, page, narrowing),
    trending: (request) => trendingPapers({ store }, snapshots, request),
    paperPage: (id) => paperPage(store, id),
    search: (request) => searchPapers({ store, library }, request),
    suggest: (typed) => suggestSearches({ store, library }, typed),
    author: (name, page, narrowing) => author(store, name, page, narrowing?.perPage),
    topic: (word, page, narrowing) => topic(store, word, page, narrowing?.perPage),
    indexing: () => library.state(),
  };
}

type Papers = Pick<Store, "papers">;

/** The letters of arXiv ids and ULIDs: anything else is no id, and is not worth a question to the database. */
const PAPER_ID = /^[A-Za-z0-9./-]{1,64}$/;

/** @param id  with or without a version */
async function paperPage(
  { papers, upvotes, merges }: Pick<Store, "papers" | "upvotes" | "merges">,
  id: string,
): Promise<PaperView> {
  const work = parseArxivId(id)?.id ?? id;
  const paper = PAPER_ID.test(work) ? await papers.find(work) : null;
  if (paper === null) {
    const winner = PAPER_ID.test(work) ? await merges.findWinner(work) : null;
    throw winner === null ? notFound(`There is no paper ${clip(id)} here.`) : new Moved(id, winner);
  }
  const [entries, counts, versions] = await Promise.all([
    papers.editionsOf(work),
    upvotes.count(work),
    papers.versionsOf(work),
  ]);
  return { paper, entries, upvotesHere: counts?.here ?? 0, changes: wordChanges(paper, versions) };
}

async function author({ papers }: Papers, name: string, page = 1, perPage = PER_PAGE): Promise<ListView> {
  const key = nameKey(name);
  const found = await papers.listByAuthor(key, { limit: perPage, offset: (page - 1) * perPage });
  if (found.total === 0) throw notFound(`There is no paper by ${clip(name)} here.`);
  return { name: spelled(found.items, key) ?? name, ...found };
}

function spelled(items: readonly ListedPaper[], key: string): string | undefined {
  return items.flatMap((item) => item.paper.authors ?? []).find((one) => nameKey(one.name) === key)?.name;
}

async function topic({ papers }: Papers, word: string, page = 1, perPage = PER_PAGE): Promise<ListView> {
  const key = topicKey(word);
  const found = await papers.listByTopic(key, { limit: perPage, offset: (page - 1) * perPage });
  if (found.total === 0) throw notFound(`There is no paper on ${clip(word)} here.`);
  return { name: key, ...found };
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
