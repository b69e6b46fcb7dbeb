/** Puts the calls of `Discovery` together from the store and the library. */
import { type ListedPaper, nameKey, notFound, parseArxivId, topicKey } from "@paperwire/domain";
import type { Store } from "@paperwire/store";
import { type Discovery, type ListView, type PaperView, PER_PAGE } from "./discovery.ts";
import { editionOf, latestEdition, monthOf, weekOf } from "./edition-views.ts";
import type { Library } from "./library.ts";
import { searchPapers } from "./search-papers.ts";

export type DiscoverySources = {
  store: Pick<Store, "papers" | "editions" | "upvotes">;
  library: Pick<Library, "index" | "state">;
};

export function createDiscovery({ store, library }: DiscoverySources): Discovery {
  return {
    latestEdition: () => latestEdition(store),
    editionOf: (date) => editionOf(store, date),
    weekOf: (name, page) => weekOf(store, name, page),
    monthOf: (name, page) => monthOf(store, name, page),
    paperPage: (id) => paperPage(store, id),
    search: (request) => searchPapers({ store, library }, request),
    author: (name, page) => author(store, name, page),
    topic: (word, page) => topic(store, word, page),
    indexing: () => library.state(),
  };
}

type Papers = Pick<Store, "papers">;

/** The letters of arXiv ids and ULIDs: anything else is no id, and is not worth a question to the database. */
const PAPER_ID = /^[A-Za-z0-9./-]{1,64}$/;

/** @param id  with or without a version */
async function paperPage({ papers, upvotes }: Pick<Store, "papers" | "upvotes">, id: string): Promise<PaperView> {
  const work = parseArxivId(id)?.id ?? id;
  const paper = PAPER_ID.test(work) ? await papers.find(work) : null;
  if (paper === null) throw notFound(`There is no paper ${clip(id)} here.`);
  const [entries, counts] = await Promise.all([papers.editionsOf(work), upvotes.count(work)]);
  return { paper, entries, upvotesHere: counts?.here ?? 0 };
}

async function author({ papers }: Papers, name: string, page = 1): Promise<ListView> {
  const key = nameKey(name);
  const found = await papers.listByAuthor(key, { limit: PER_PAGE, offset: (page - 1) * PER_PAGE });
  if (found.total === 0) throw notFound(`There is no paper by ${clip(name)} here.`);
  return { name: spelled(found.items, key) ?? name, ...found };
}

function spelled(items: readonly ListedPaper[], key: string): string | undefined {
  return items.flatMap((item) => item.paper.authors ?? []).find((one) => nameKey(one.name) === key)?.name;
}

async function topic({ papers }: Papers, word: string, page = 1): Promise<ListView> {
  const key = topicKey(word);
  const found = await papers.listByTopic(key, { limit: PER_PAGE, offset: (page - 1) * PER_PAGE });
  if (found.total === 0) throw notFound(`There is no paper on ${clip(word)} here.`);
  return { name: key, ...found };
}

function clip(text: string): string {
  return text.length > 80 ? `${text.slice(0, 80)}…` : text;
}
