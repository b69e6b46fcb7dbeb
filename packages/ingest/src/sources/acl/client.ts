/** A collection of the ACL Anthology, whole, where it changed since it was last asked for. */
import { invalid } from "@paperwire/domain";
import { z } from "zod";
import { decodeText } from "../../polite/decode.ts";
import type { PoliteFetcher } from "../../polite/polite-fetcher.ts";
import { quote, Refusal } from "../../refusal.ts";
import type { PaperSource, SourceItem } from "../port.ts";
import { adaptAclPaper } from "./adapter.ts";
import { type AclPaper, createAclReader } from "./shape.ts";

export const ACL_URL = "https://raw.githubusercontent.com/acl-org/acl-anthology/master/data/xml";
/** The largest collection has about 12 MB. */
const BODY_BYTES_MAX = 67_108_864;
const TIMEOUT_MS = 300_000;
const COLLECTION = /^(?:\d{4}\.[a-z0-9_]{1,30}|[A-Z]\d{2})$/;

const cursorShape = z.object({ etag: z.string().max(500).optional() });

export type AclClientOptions = {
  fetcher: PoliteFetcher;
  baseUrl?: string | undefined;
  timeoutMs?: number | undefined;
  bodyBytesMax?: number | undefined;
};

export function createAclSource(options: AclClientOptions): PaperSource {
  const { fetcher, baseUrl = ACL_URL, timeoutMs = TIMEOUT_MS, bodyBytesMax = BODY_BYTES_MAX } = options;
  const name = "The ACL Anthology";
  return {
    name: "acl",
    title: name,
    setSentence: "a collection, such as 2026.acl",
    checkSet(set) {
      if (!COLLECTION.test(set))
        throw invalid(`${quote(set)} is no collection of the ACL Anthology. Write it as 2026.acl.`);
      return set;
    },
    firstDays: null,
    overlapDays: 0,
    begin: (_set, { kept }) => cursorShape.safeParse(kept).data ?? {},
    async readPage(set, saved, signal) {
      const cursor = cursorShape.safeParse(saved).data;
      if (!cursor) throw invalid("not a cursor of this source");
      const answer = await fetcher.fetch({
        url: new URL(`${baseUrl}/${set}.xml`),
        accept: "application/xml, text/xml, text/plain",
        unless: cursor,
        timeoutMs,
        bodyBytesMax,
        signal,
        read: async (answer) => {
          const reader = createAclReader(name);
          for await (const text of decodeText(answer, name)) reader.write(text);
          return { papers: reader.end(), etag: answer.header("etag") };
        },
      });
      if (!answer) return { items: [], next: null, total: 0, share: 1 };
      const items = answer.papers.map(itemOf);
      const kept = answer.etag === undefined ? {} : { etag: answer.etag };
      return { items, next: null, total: items.length, share: 1, kept };
    },
  };
}

function itemOf(said: AclPaper): SourceItem {
  try {
    return { id: said.id, record: adaptAclPaper(said) };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { id: said.id, refused: error.message };
  }
}
