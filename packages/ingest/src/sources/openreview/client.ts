/** Submissions to a venue on OpenReview, or a single one of them. */
import { invalid } from "@paperwire/domain";
import { z } from "zod";
import type { PoliteFetcher } from "../../polite/polite-fetcher.ts";
import { quote } from "../../refusal.ts";
import { adaptItems } from "../adapt-items.ts";
import { fetchJson } from "../fetch-json.ts";
import type { PaperSource } from "../port.ts";
import { adaptNote } from "./adapter.ts";
import { noteShape, notesShape } from "./shape.ts";

export const OPENREVIEW_URL = "https://api2.openreview.net";
/** Version 1 of the API, which alone knows most of what was submitted before 2024. */
const OLD_OPENREVIEW_URL = "https://api.openreview.net";
/** The most that the API gives at once. */
const PER_PAGE = 1_000;
/** A submission that is deleted moves all behind it forward: each page begins a little before the end of the last. */
const OVERLAP = 20;
const BODY_BYTES_MAX = 67_108_864;
/** A submission by its own name, which has no slash in it. */
const ONE = /^[\w-]{6,40}$/;
/** Nobody has it, or nobody may read it. */
const NOT_THERE = [403, 404];
const VENUE = /^[\w.-]{2,60}(?:\/[\w.-]{1,60}){1,4}$/;

const cursorShape = z.object({ offset: z.number().int().min(0) });

export type OpenReviewClientOptions = {
  fetcher: PoliteFetcher;
  baseUrl?: string | undefined;
  oldBaseUrl?: string | undefined;
  perPage?: number | undefined;
  timeoutMs?: number | undefined;
  bodyBytesMax?: number | undefined;
};

/** The whole venue each time: a decision changes a submission without making it newer in any order. */
export function createOpenReviewSource(options: OpenReviewClientOptions): PaperSource {
  const { fetcher, baseUrl = OPENREVIEW_URL, oldBaseUrl = OLD_OPENREVIEW_URL } = options;
  const { perPage = PER_PAGE, timeoutMs, bodyBytesMax = BODY_BYTES_MAX } = options;
  const overlap = Math.min(OVERLAP, Math.floor(perPage / 5));
  const name = "OpenReview";
  const notesNamed = async (id: string, base: string, signal?: AbortSignal) => {
    const url = new URL(`${base}/notes?${new URLSearchParams({ id })}`);
    const request = { fetcher, name, url, shape: notesShape.partial(), timeoutMs, bodyBytesMax, signal };
    return (await fetchJson({ ...request, statuses: NOT_THERE })).notes ?? [];
  };
  /** Reviews and answers are notes, too: a submission is the one that its own forum is called by. */
  const readOne = async (id: string, signal?: AbortSignal) => {
    const known = await notesNamed(id, baseUrl, signal);
    const notes = known.length > 0 ? known : await notesNamed(id, oldBaseUrl, signal);
    return { items: adapted(notes.filter((one) => isSubmission(one, id))), next: null, total: 1, share: 1 };
  };
  return {
    name: "openreview",
    title: name,
    setSentence: "a venue, such as ICLR.cc/2026/Conference, or the id of a submission",
    checkSet(set) {
      if (!VENUE.test(set) && !ONE.test(set)) {
        throw invalid(`${quote(set)} is no venue of OpenReview. Write it as ICLR.cc/2026/Conference.`);
      }
      return set;
    },
    firstDays: null,
    overlapDays: 0,
    begin: () => ({ offset: 0 }),
    async readPage(set, saved, signal) {
      const cursor = cursorShape.safeParse(saved).data;
      if (!cursor) throw invalid("not a cursor of this source");
      if (ONE.test(set)) return readOne(set, signal);
      const url = new URL(`${baseUrl}/notes`);
      url.search = new URLSearchParams({
        invitation: `${set}/-/Submission`,
        sort: "number:asc",
        limit: String(perPage),
        offset: String(cursor.offset),
      }).toString();
      const { notes, count } = await fetchJson({
        fetcher,
        name,
        url,
        shape: notesShape,
        timeoutMs,
        bodyBytesMax,
        signal,
      });
      const items = adapted(notes);
      const read = cursor.offset + notes.length;
      const next = notes.length < perPage ? null : { offset: read - overlap };
      return { items, next, total: count ?? null, share: next === null ? 1 : count ? Math.min(read / count, 1) : null };
    },
  };
}

const adapted = (notes: readonly unknown[]) =>
  adaptItems(notes, { shape: noteShape, idOf: (item) => item["id"], adapt: adaptNote });

function isSubmission(note: unknown, id: string): boolean {
  const { forum } = (note ?? {}) as { forum?: unknown };
  return forum === undefined || forum === null || forum === id;
}
