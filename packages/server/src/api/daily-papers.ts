/** `GET /api/daily_papers`: the editions of a day, week, month, or all of them, page by page. */
import type { z } from "@hono/zod-openapi";
import { addDays, type DateRange, editionDateAt, parseEditionDate, parseMonth, parseWeek } from "@paperwire/domain";
import type { EntryQuery } from "@paperwire/store";
import type { ApiItem } from "./answers.ts";
import type { ApiContext } from "./context.ts";
import { listItem } from "./present-paper.ts";
import type { DailyQuery } from "./questions.ts";
import { trending } from "./trending.ts";

/** How far back `trending` looks where no dates are given, counted from the newest edition. */
const TRENDING_DAYS = 14;
const FIRST_DAY = "1900-01-01";

export type DailyPage = { items: ApiItem[]; hasMore: boolean };

export async function dailyPapers(context: ApiContext, query: z.output<typeof DailyQuery>): Promise<DailyPage> {
  const { submitter, sort, p, limit } = query;
  if (sort === "trending" && submitter === undefined && askedRange(query) === null) return trendingPage(context, query);
  const range = askedRange(query) ?? (await openRange(context, sort));
  if (range === null) return { items: [], hasMore: false };
  const entries: EntryQuery = { range, order: sort === "trending" ? "upvotes" : "edition", limit, offset: p * limit };
  if (submitter !== undefined) entries.submitter = submitter;
  const page = await context.store.editions.listEntries(entries);
  return { items: page.items.map(listItem), hasMore: entries.offset + page.items.length < page.total };
}

/** The narrowest of what was asked. */
function askedRange({ date, week, month }: z.output<typeof DailyQuery>): DateRange | null {
  if (date !== undefined) return { first: parseEditionDate(date), last: date };
  if (week !== undefined) return parseWeek(week);
  return month === undefined ? null : parseMonth(month);
}

/** No dates asked: all editions up to the open one, or the last days that have any. */
async function openRange({ store, settings, clock }: ApiContext, sort: string): Promise<DateRange | null> {
  const today = editionDateAt(clock(), settings.editionClock);
  if (sort !== "trending") return { first: FIRST_DAY, last: today };
  const latest = await store.editions.latest(today);
  return latest === null ? null : { first: addDays(latest, 1 - TRENDING_DAYS), last: latest };
}

/** No dates asked: the order of `/trending` with its dials in the middle, over the last month. */
async function trendingPage(context: ApiContext, { p, limit }: z.output<typeof DailyQuery>): Promise<DailyPage> {
  const { items, hasMore } = await trending(context, { window: "month", p, limit });
  return { items: items.map(({ item }) => item), hasMore };
}
