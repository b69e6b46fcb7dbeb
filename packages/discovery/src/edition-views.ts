/** Editions in order: one day, one week, one month, and where to go from there. */
import { type DateRange, formatMonth, formatWeek, parseEditionDate, parseMonth, parseWeek } from "@paperwire/domain";
import type { Store } from "@paperwire/store";
import { type EditionKind, type EditionView, MOST_PER_DAY, PER_PAGE } from "./discovery.ts";

type Editions = Pick<Store, "editions">;
type Request = { kind: EditionKind; name: string; range: DateRange; page: number };

const NAME_OF: Record<EditionKind, (date: string) => string> = {
  day: (date) => date,
  week: formatWeek,
  month: formatMonth,
};

export async function latestEdition(store: Editions): Promise<EditionView | null> {
  const date = await store.editions.latest();
  return date === null ? null : editionOf(store, date);
}

export async function editionOf(store: Editions, name: string): Promise<EditionView> {
  const date = parseEditionDate(name);
  return view(store, { kind: "day", name, range: { first: date, last: date }, page: 1 });
}

export async function weekOf(store: Editions, name: string, page = 1): Promise<EditionView> {
  return view(store, { kind: "week", name, range: parseWeek(name), page });
}

export async function monthOf(store: Editions, name: string, page = 1): Promise<EditionView> {
  return view(store, { kind: "month", name, range: parseMonth(name), page });
}

async function view({ editions }: Editions, { kind, name, range, page }: Request): Promise<EditionView> {
  const perPage = kind === "day" ? MOST_PER_DAY : PER_PAGE;
  const [entries, neighbours, calendar] = await Promise.all([
    editions.listEntries({
      range,
      order: kind === "day" ? "edition" : "upvotes",
      limit: perPage,
      offset: (page - 1) * perPage,
    }),
    editions.neighbours(range),
    editions.calendar(parseMonth(formatMonth(range.first))),
  ]);
  const nameOf = (date: string | null) => (date === null ? null : NAME_OF[kind](date));
  return {
    kind,
    name,
    range,
    ...entries,
    previous: nameOf(neighbours.previous),
    next: nameOf(neighbours.next),
    calendar,
  };
}
