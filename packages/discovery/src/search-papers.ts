/** From a reader's words to papers with the passages that show why. */
import { invalid, type ListedPaper, nameKey, notFound, parseArxivId, parseEditionDate } from "@paperwire/domain";
import { type Filter, highlight, type ParsedQuery, snippet } from "@paperwire/engine";
import type { Store } from "@paperwire/store";
import { NEWEST_OF, type Reason, type SearchHit, type SearchRequest, type SearchView } from "./discovery.ts";
import type { Library } from "./library.ts";
import { dayNumber, textOf } from "./paper-document.ts";

const SNIPPET_CHARS = 320;
const MOST_TOPICS = 12;
/** Topics are those of the best hits: among all papers that hold any of the words, the commonest say nothing. */
const TOPIC_DEPTH = 200;
const MOST_PER_PAGE = 500;
/** Nobody pages further; a deeper look is a filter. */
const DEEPEST_HIT = 10_000;

type Sources = { store: Pick<Store, "papers">; library: Pick<Library, "index" | "state"> };

/** @throws DomainError `invalid`: a page, size or date that cannot be; never for what stands in `q` */
export async function searchPapers({ store, library }: Sources, request: SearchRequest): Promise<SearchView> {
  const { q, page, perPage } = checked(request);
  const isNewest = request.order === "newest";
  const offset = (page - 1) * perPage;
  const found = library.index().search(q, {
    limit: isNewest ? NEWEST_OF : perPage,
    offset: isNewest ? 0 : offset,
    filters: filtersOf(request),
    facetCounts: ["topics"],
    facetDepth: TOPIC_DEPTH,
    exactTotal: true,
  });
  const scores = new Map(found.hits.map((hit) => [hit.id, hit.score]));
  const best = await store.papers.listByIds([...scores.keys()]);
  const listed = isNewest ? newestFirst(best).slice(offset, offset + perPage) : best;
  const hits = listed.map((one) => {
    const hit = toHit(one, found.query, scores.get(one.paper.id) ?? 0);
    return one.paper.id === request.explain ? { ...hit, reasons: reasonsOf(library, found.query, request) } : hit;
  });
  const named = page === 1 ? await findNamed(store, q, hits) : null;
  const state = library.state();
  const total = found.total + (named ? 1 : 0);
  const author = findAuthor(q, hits);
  return {
    hits: named ? [toHit(named, found.query, hits[0]?.score ?? 0), ...hits].slice(0, perPage) : hits,
    total,
    reachable: Math.min(total, isNewest ? NEWEST_OF : DEEPEST_HIT),
    ...(author === undefined ? {} : { author }),
    notes: [...foreignOperators(q), ...found.notes],
    topics: (found.facetCounts?.topics ?? []).slice(0, MOST_TOPICS),
    ...(state.done < state.total ? { indexing: state } : {}),
  };
}

function newestFirst(papers: readonly ListedPaper[]): ListedPaper[] {
  const dayOf = ({ paper, entry }: ListedPaper) => entry?.submittedAt ?? entry?.edition ?? paper.publishedAt ?? "";
  return papers.toSorted((a, b) => (dayOf(a) < dayOf(b) ? 1 : dayOf(a) > dayOf(b) ? -1 : 0));
}

/** Operators of arXiv, Scholar and others; any other word before a colon is no mistake. */
const FOREIGN =
  /(?<=^|\s)[-+]?(?:year|date|venue|journal|category|cat|ti|au|abs|intitle|inauthor|source|site):(?=\S)/gi;

/** They are read as words, which is seldom meant. */
function foreignOperators(q: string): string[] {
  const names = new Set(q.match(FOREIGN)?.map((name) => name.replace(/^[-+]/, "").toLowerCase()));
  return names.size === 0
    ? []
    : [`there is no ${[...names].map((name) => `"${name}"`).join(" or ")} here; read as words`];
}

/** Somebody who types a whole name, with or without `author:`, may want that author's page. */
function findAuthor(q: string, hits: readonly SearchHit[]): string | undefined {
  const key = nameKey(q.replace(/^\s*author:/i, ""));
  if (key === "") return undefined;
  return hits.flatMap(({ listed }) => listed.paper.authors ?? []).find(({ name }) => nameKey(name) === key)?.name;
}

function checked({ q: typed, page, perPage }: SearchRequest) {
  if (!Number.isInteger(page) || page < 1) throw invalid("A page is a whole number from 1.");
  if (!Number.isInteger(perPage) || perPage < 1 || perPage > MOST_PER_PAGE) {
    throw invalid(`A page holds 1 to ${MOST_PER_PAGE} papers.`);
  }
  if (page * perPage > DEEPEST_HIT) throw notFound("There are no results that far down; narrow the search instead.");
  // "https", "arxiv" and "abs" of an address are no words that anybody looks for.
  const q = parseArxivId(typed)?.id ?? typed;
  return { q, page, perPage };
}

function filtersOf({ from, to, hasCode, topic }: SearchRequest): Filter[] {
  const filters: Filter[] = [];
  if (from !== undefined || to !== undefined) {
    filters.push({
      facet: "day",
      ...(from === undefined ? {} : { min: dayNumber(parseEditionDate(from)) }),
      ...(to === undefined ? {} : { max: dayNumber(parseEditionDate(to)) }),
    });
  }
  if (hasCode) filters.push({ facet: "code", is: true });
  if (topic !== undefined) filters.push({ facet: "topics", anyOf: [topic] });
  return filters;
}

function reasonsOf({ index }: Pick<Library, "index">, query: ParsedQuery, request: SearchRequest): Reason[] {
  const explained = index().explain(query, request.explain ?? "", { filters: filtersOf(request) });
  return (explained?.parts ?? []).map(({ kind, text, value, occurrences }) => ({
    kind,
    text,
    value,
    occurrences: Object.entries(occurrences ?? {}).map(([field, count]) => ({ field, count })),
  }));
}

/** A paper asked for by its id is there even while the index has not met it yet. */
async function findNamed(
  store: Pick<Store, "papers">,
  q: string,
  hits: readonly SearchHit[],
): Promise<ListedPaper | null> {
  const id = parseArxivId(q)?.id;
  if (id === undefined || hits.some((hit) => hit.listed.paper.id === id)) return null;
  const [listed] = await store.papers.listByIds([id]);
  return listed ?? null;
}

function toHit(listed: ListedPaper, query: ParsedQuery, score: number): SearchHit {
  const text = textOf(listed.paper);
  const passage = text === "" ? null : snippet(text, query, { maxChars: SNIPPET_CHARS });
  const ellipsis = { text: "…", highlight: false };
  return {
    listed,
    title: highlight(listed.paper.title, query),
    snippet: passage
      ? [...(passage.startsInside ? [ellipsis] : []), ...passage.parts, ...(passage.endsInside ? [ellipsis] : [])]
      : [],
    score,
  };
}
