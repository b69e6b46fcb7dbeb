/** The daily papers of a server that speaks Hugging Face's API: Hugging Face, or another Paperwire that is followed. */
import { addDays, addMonths, type EditionDate, formatMonth, invalid, isEditionDate, toUtcMs } from "@paperwire/domain";
import { z } from "zod";
import { adaptHfApi } from "../../formats/hf-api/adapter.ts";
import { hfApiShape } from "../../formats/hf-api/shape.ts";
import type { PoliteFetcher } from "../../polite/polite-fetcher.ts";
import { quote } from "../../refusal.ts";
import { adaptItems } from "../adapt-items.ts";
import { fetchJson } from "../fetch-json.ts";
import type { PaperSource } from "../port.ts";

export const HF_URL = "https://huggingface.co";
/** The most that the API gives at once. */
const PER_PAGE = 100;
/** Pages of one day; the largest edition so far has two. */
const PAGES_OF_A_DAY_MAX = 20;
const BODY_BYTES_MAX = 33_554_432;
const HOST_CHARS = 60;

const cursorShape = z.object({
  from: z.string().refine(isEditionDate),
  date: z.string().refine(isEditionDate),
  last: z.string().refine(isEditionDate),
  page: z.number().int().min(0).max(PAGES_OF_A_DAY_MAX),
  /** Month of which it is known that it holds anything; a month that holds nothing costs one request. */
  month: z.string().optional(),
});
type Cursor = z.output<typeof cursorShape>;

export type HfClientOptions = {
  /** One for each server: it says the server's name in its sentences. */
  fetcherFor(host: string): PoliteFetcher;
  timeoutMs?: number | undefined;
  bodyBytesMax?: number | undefined;
};

/** Sets are servers: their addresses. */
export function createHfSource({ fetcherFor, timeoutMs, bodyBytesMax = BODY_BYTES_MAX }: HfClientOptions): PaperSource {
  return {
    name: "hf",
    title: "The followed server",
    setSentence: `the address of a server, such as ${HF_URL}`,
    checkSet: checkServer,
    firstDays: 7,
    // Upvotes go on being counted for some days.
    overlapDays: 3,
    // Editions have their dates in a zone of their own: the newest one may be of tomorrow.
    begin: (_set, { from, today }) => ({ from, date: from, last: addDays(today, 1), page: 0 }),
    async readPage(set, saved, signal) {
      const cursor = cursorShape.safeParse(saved).data;
      if (!cursor) throw invalid("not a cursor of this source");
      const { date, page } = cursor;
      const name = hostOf(set);
      const ask = (query: Record<string, string>) =>
        fetchJson({
          fetcher: fetcherFor(name),
          name,
          url: new URL(`${set}/api/daily_papers?${new URLSearchParams(query)}`),
          shape: z.array(z.unknown()),
          timeoutMs,
          bodyBytesMax,
          signal,
        });
      const month = formatMonth(date);
      if (page === 0 && cursor.month !== month) {
        const some = await ask({ month, p: "0", limit: "1" });
        const next = some.length > 0 ? { ...cursor, month } : afterMonth(cursor);
        // On the last day of a month the edition of tomorrow is looked for in the next, which ends the list.
        return { items: [], next, total: null, share: next === null ? 1 : shareBefore(next) };
      }
      const said = await ask({ date, p: String(page), limit: String(PER_PAGE) });
      const adapt = adaptHfApi(date, {
        firstPosition: page * PER_PAGE + 1,
        ...(set === HF_URL ? {} : { site: name.slice(0, HOST_CHARS) }),
      });
      const items = adaptItems(said, {
        shape: hfApiShape,
        idOf: (item) => (item["paper"] as { id?: unknown } | undefined)?.id ?? item["id"],
        adapt,
      });
      return {
        items,
        next: nextOf(cursor, said.length),
        total: null,
        share: shareBefore({ ...cursor, date: addDays(date, 1) }),
      };
    },
  };
}

function nextOf(cursor: Cursor, length: number): Cursor | null {
  const { date, page, last } = cursor;
  if (length >= PER_PAGE && page + 1 < PAGES_OF_A_DAY_MAX) return { ...cursor, page: page + 1 };
  return date < last ? { ...cursor, date: addDays(date, 1), page: 0 } : null;
}

function afterMonth(cursor: Cursor): Cursor | null {
  const date = `${addMonths(formatMonth(cursor.date), 1)}-01`;
  return date <= cursor.last ? { ...cursor, date, page: 0 } : null;
}

/** Of the days from the first to the last, those that lie before the cursor. */
function shareBefore({ from, date, last }: Cursor): number {
  const days = (a: EditionDate, b: EditionDate) => (toUtcMs(b) - toUtcMs(a)) / 86_400_000;
  return days(from, date) / (days(from, last) + 1);
}

const hostOf = (address: string) => new URL(address).host;

function checkServer(set: string): string {
  const url = URL.parse(set.trim());
  const isPlain = url && !url.username && !url.password && !url.search && !url.hash;
  if (!isPlain || !/^https?:$/.test(url.protocol))
    throw invalid(`${quote(set)} is not ${`the address of a server, such as ${HF_URL}`}.`);
  return url.href.replace(/\/+$/, "");
}
