/** Editions in order: one day, one week, one month, and where to go from there. */
import { type DateRange, formatMonth, formatWeek, parseEditionDate, parseMonth, parseWeek } from "@paperwire/domain";
import type { Store } from "@paperwire/store";
import { type EditionKind, type EditionView, MOST_PER_DAY, type Narrowing, PER_PAGE } from "./discovery.ts";

type Editions = Pick<Store, "editions">;
type Request = { kind: EditionKind; name: string; range: DateRange; page: number; narrowing: Narrowing };

const NAME_OF: Record<EditionKind, (date: string) => string> = {
  day: (date) => date,
  week: formatWeek,
  month: formatMonth,
};

export async function latestEdition(store: Editions, narrowing?: Narrowing): Promise<EditionView | null> {
  const date = await store.editions.latest();
  return date === null ? null : editionOf(store, date, narrowing);
}

export async function editionOf(store: Editions, name: string, narrowing: Narrowing = {}): Promise<EditionView> {
  const date = parseEditionDate(name);
  return view(store, { kind: "day", name, range: { first: date, last: date }, page: 1, narrowing });
}

export async function weekOf(store: Editions, name: string, page = 1, narrowing: Narrowing = {}): Promise<EditionView> {
  return view(store, { kind: "week", name, range: parseWeek(name), page, narrowing });
}

export async function monthOf(
  store: Editions,
  name: string,
  page = 1,
  narrowing: Narrowing = {},
): Promise<EditionView> {
  return view(store, { kind: "month", name, range: parseMonth(name), page, narrowing });
}

export function newest({ editions }: Editions, page = 1, { perPage = PER_PAGE, ...narrow }: Narrowing = {}) {
  return editions.listEntries({ order: "edition", limit: perPage, offset: (page - 1) * perPage, ...narrow });
}

async function view({ editions }: Editions, { kind, name, range, page, narrowing }: Request): Promise<EditionView> {
  const { perPage = PER_PAGE, ...narrow } = kind === "day" ? { ...narrowing, perPage: MOST_PER_DAY } : narrowing;
  const [entries, neighbours, calendar] = await Promise.all([
    editions.listEntries({
      range,
      order: kind === "day" ? "edition" : "upvotes",
      limit: perPage,
      offset: (page - 1) * perPage,
      ...narrow,
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
