/** What came out, or came out anew, on bioRxiv and medRxiv, by its day. */
import { invalid, isEditionDate, upstream } from "@paperwire/domain";
import { z } from "zod";
import type { PoliteFetcher } from "../../polite/polite-fetcher.ts";
import { quote } from "../../refusal.ts";
import { adaptItems } from "../adapt-items.ts";
import { fetchJson } from "../fetch-json.ts";
import type { PaperSource } from "../port.ts";
import { adaptPreprint, type PreprintServer } from "./adapter.ts";
import { detailsShape, preprintShape } from "./shape.ts";

export const PREPRINTS_URL = "https://api.biorxiv.org";
/** Papers of one list: all of a server so far. */
const OFFSET_MAX = 2_000_000;

const cursorShape = z.object({
  from: z.string().refine(isEditionDate),
  until: z.string().refine(isEditionDate),
  offset: z.number().int().min(0).max(OFFSET_MAX),
});

export type PreprintClientOptions = {
  fetcher: PoliteFetcher;
  baseUrl?: string | undefined;
  timeoutMs?: number | undefined;
  bodyBytesMax?: number | undefined;
};

export function createPreprintSource(options: PreprintClientOptions): PaperSource {
  const { fetcher, baseUrl = PREPRINTS_URL, timeoutMs, bodyBytesMax } = options;
  const name = "bioRxiv";
  return {
    name: "preprints",
    title: name,
    setSentence: "biorxiv or medrxiv",
    checkSet(set) {
      if (set !== "biorxiv" && set !== "medrxiv") throw invalid(`${quote(set)} is no such server: biorxiv or medrxiv.`);
      return set;
    },
    firstDays: 7,
    // A day's list grows until its evening in New York, and some papers come in for the day before.
    overlapDays: 2,
    begin: (_set, { from, today }) => ({ from, until: today, offset: 0 }),
    async readPage(set, saved, signal) {
      const cursor = cursorShape.safeParse(saved).data;
      if (!cursor) throw invalid("not a cursor of this source");
      const { from, until, offset } = cursor;
      const url = new URL(`${baseUrl}/details/${set}/${from}/${until}/${offset}/json`);
      const said = await fetchJson({ fetcher, name, url, shape: detailsShape, timeoutMs, bodyBytesMax, signal });
      const [about] = said.messages;
      const found = said.collection ?? [];
      // "no posts found" is how an empty list is told; anything else that is not ok is a failure.
      if (!about || (about.status !== "ok" && !/^no /i.test(about.status ?? ""))) {
        throw upstream(`${name} answers with ${quote(about?.status ?? "no status")}.`);
      }
      const items = adaptItems(found, {
        shape: preprintShape,
        idOf: (item) => item["doi"],
        adapt: (one) => adaptPreprint(one, set as PreprintServer),
      });
      const read = offset + found.length;
      const total = about.total ?? null;
      const isEnd = found.length === 0 || (total !== null && read >= total);
      const next = isEnd ? null : { from, until, offset: read };
      return { items, next, total, share: isEnd ? 1 : total ? read / total : null };
    },
  };
}
