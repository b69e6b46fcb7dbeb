/** What was asked of the search page: read from an address, written into another, said in words. */
import type { SearchRequest } from "@paperwire/discovery";
import { type EditionDate, isEditionDate, topicKey } from "@paperwire/domain";
import { type PageRequest, pageNumber } from "../page.ts";
import { plainDay } from "../views/dates.ts";
import { topicName } from "../views/topic-name.ts";
import { withQuery } from "../views/urls.ts";

/** Longer queries are cut; a pasted abstract is still understood by its beginning. */
export const QUERY_CHARS_MAX = 1_000;

export type Asked = {
  q: string;
  page: number;
  from?: EditionDate;
  to?: EditionDate;
  hasCode: boolean;
  topic?: string;
  isNewest: boolean;
  /** The paper whose score is to be explained. */
  why?: string;
  notes: string[];
};

/** A filter that cannot be understood is left out and said so: a search never fails. */
export function readAsked(request: PageRequest): Asked {
  const notes: string[] = [];
  const day = (name: "from" | "to") => {
    const value = request.query(name);
    if (value === undefined || isEditionDate(value)) return value;
    notes.push(`“${value.slice(0, 40)}” is not a date, so it was left out. Write it as 2025-03-28.`);
    return undefined;
  };
  let q = request.query("q") ?? "";
  if (q.length > QUERY_CHARS_MAX) {
    q = q.slice(0, QUERY_CHARS_MAX);
    notes.push(`Only the first ${QUERY_CHARS_MAX} characters of the query were used.`);
  }
  const topic = topicKey(request.query("topic") ?? "").slice(0, 200);
  const [from, to] = [day("from"), day("to")];
  if (from !== undefined && to !== undefined && from > to) {
    notes.push(`The last day, ${plainDay(to)}, is before the first, ${plainDay(from)}.`);
  }
  return {
    q,
    page: pageNumber(request),
    from,
    to,
    hasCode: request.query("code") === "1",
    topic: topic || undefined,
    isNewest: request.query("sort") === "newest",
    why: request.query("why")?.slice(0, 64),
    notes,
  };
}

/** Filters alone list what they let through; nothing at all is no search. */
export const isSearch = ({ q, from, to, hasCode, topic }: Asked) => Boolean(q || from || to || hasCode || topic);

export function searchOf(asked: Asked, perPage: number): SearchRequest {
  const { q, page, from, to, hasCode, topic, isNewest, why } = asked;
  return {
    q,
    page,
    perPage,
    ...(from && { from }),
    ...(to && { to }),
    ...(hasCode && { hasCode }),
    ...(topic && { topic }),
    ...(isNewest && { order: "newest" }),
    ...(why && { explain: why }),
  };
}

/** The address of the search, changed; a change of anything but the page begins with the first. */
export function searchUrl(asked: Asked, change: Partial<Asked> = {}): string {
  const isSamePage = Object.keys(change).every((name) => name === "page" || name === "why");
  const { q, page, from, to, hasCode, topic, isNewest } = { ...asked, ...(isSamePage ? {} : { page: 1 }), ...change };
  return withQuery("/search", {
    q,
    from,
    to,
    code: hasCode ? "1" : undefined,
    topic,
    sort: isNewest ? "newest" : undefined,
    page: page > 1 ? String(page) : undefined,
    why: change.why,
  });
}

export type ActiveFilter = { text: string; without: Partial<Asked> };

/** The filters in force, each with what takes it away. */
export function filtersOf({ from, to, hasCode, topic }: Asked): ActiveFilter[] {
  const filters: (ActiveFilter | undefined | false)[] = [
    topic !== undefined && { text: `on ${topicName(topic)}`, without: { topic: undefined } },
    from !== undefined && { text: `from ${plainDay(from)}`, without: { from: undefined } },
    to !== undefined && { text: `to ${plainDay(to)}`, without: { to: undefined } },
    hasCode && { text: "with code", without: { hasCode: false } },
  ];
  return filters.filter((filter) => typeof filter === "object");
}

/** The words with their filters, as a person would say them. */
export function titleOf(asked: Asked): string {
  return [asked.q || "everything", ...filtersOf(asked).map(({ text }) => text)].join(", ");
}

/** Words beyond this many are running text, in which quotes mean nothing. */
const QUOTABLE_WORDS = 10;

/** The same words, each in quotes, which asks for this word and no other; undefined where signs or operators stand among them. */
export function quoted(q: string): string | undefined {
  const words = q.split(/\s+/);
  if (words.length > QUOTABLE_WORDS || words.some((word) => /^[-+]|["“”«»:]/.test(word))) return undefined;
  return words.map((word) => `"${word}"`).join(" ");
}
