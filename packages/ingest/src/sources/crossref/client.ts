/** What Crossref says of the works that are here under a DOI: retractions first of all. */
import { invalid } from "@paperwire/domain";
import { z } from "zod";
import { doiIn } from "../../identifiers.ts";
import type { PoliteFetcher } from "../../polite/polite-fetcher.ts";
import { quote } from "../../refusal.ts";
import { adaptItems } from "../adapt-items.ts";
import { fetchJson } from "../fetch-json.ts";
import type { PaperSource } from "../port.ts";
import { adaptWork } from "./adapter.ts";
import { workShape, worksShape } from "./shape.ts";

export const CROSSREF_URL = "https://api.crossref.org";
/** DOIs of one request: their list stays below what servers take as an address. */
const PER_PAGE = 40;
const DOIS_CHARS = 6_000;
const FIELDS = "DOI,title,subtitle,abstract,author,container-title,published,issued,deposited,subject,updated-by";

const cursorShape = z.object({ after: z.string(), read: z.number().int().min(0) });

export type CrossrefClientOptions = {
  fetcher: PoliteFetcher;
  /** DOIs of papers that are here, in their order. */
  listDois(after: string, limit: number): Promise<string[]>;
  countDois?(): Promise<number>;
  /** Mail address, which gets one into the faster pool. */
  contact?: string | undefined;
  baseUrl?: string | undefined;
  perPage?: number | undefined;
  timeoutMs?: number | undefined;
  bodyBytesMax?: number | undefined;
};

/** Sets: `known`, all papers here that have a DOI; or one DOI. */
export function createCrossrefSource(options: CrossrefClientOptions): PaperSource {
  const { fetcher, listDois, countDois, contact, baseUrl = CROSSREF_URL, timeoutMs, bodyBytesMax } = options;
  const { perPage = PER_PAGE } = options;
  const name = "Crossref";
  return {
    name: "crossref",
    title: name,
    setSentence: "known (every paper here that has a DOI), or a DOI",
    checkSet(set) {
      if (set === "known") return set;
      const doi = doiIn(set);
      if (!doi) throw invalid(`${quote(set)} is neither "known" nor a DOI such as 10.1234/abc.`);
      return doi;
    },
    firstDays: null,
    overlapDays: 0,
    begin: () => ({ after: "", read: 0 }),
    async readPage(set, saved, signal) {
      const cursor = cursorShape.safeParse(saved).data;
      if (!cursor) throw invalid("not a cursor of this source");
      const listed = set === "known" ? await listDois(cursor.after, perPage) : [set];
      const dois = fitting(listed);
      const total = set === "known" ? ((await countDois?.()) ?? null) : 1;
      if (dois.length === 0) return { items: [], next: null, total, share: 1 };
      const url = new URL(`${baseUrl}/works`);
      url.searchParams.set("filter", dois.map((doi) => `doi:${doi.replace(/,/g, "%2C")}`).join(","));
      url.searchParams.set("rows", String(dois.length));
      url.searchParams.set("select", FIELDS);
      if (contact?.includes("@")) url.searchParams.set("mailto", contact);
      const { message } = await fetchJson({ fetcher, name, url, shape: worksShape, timeoutMs, bodyBytesMax, signal });
      const asked = new Set(dois);
      const mine = message.items.filter((item) => asked.has(doiIn((item as { DOI?: string } | null)?.DOI) ?? ""));
      const items = adaptItems(mine, { shape: workShape, idOf: (item) => item["DOI"], adapt: adaptWork });
      const read = cursor.read + dois.length;
      const isMore = set === "known" && (listed.length === perPage || dois.length < listed.length);
      const next = isMore ? { after: dois.at(-1)!, read } : null;
      return { items, next, total, share: next === null ? 1 : total ? Math.min(read / total, 1) : null };
    },
  };
}

/** As many as make an address of bearable length; at least one. */
function fitting(dois: readonly string[]): string[] {
  let chars = 0;
  return dois.filter((doi, at) => {
    chars += doi.length + 5;
    return at === 0 || chars <= DOIS_CHARS;
  });
}
