/** Semantic Scholar: how often papers are cited, and their DOIs and venues, many at once. */
import { type Identifier, upstream } from "@paperwire/domain";
import { z } from "zod";
import { optionalString } from "../formats/shape.ts";
import { doiIn } from "../identifiers.ts";
import { decodeAll } from "../polite/decode.ts";
import type { PoliteFetcher } from "../polite/polite-fetcher.ts";

export const SEMANTIC_SCHOLAR_URL = "https://api.semanticscholar.org";
export const SEMANTIC_SCHOLAR = "Semantic Scholar";
/** The most that its batch takes. @source https://api.semanticscholar.org/api-docs/graph#tag/Paper-Data */
export const BATCH_MAX = 500;
const FIELDS = "externalIds,citationCount,influentialCitationCount,venue,year";
const BODY_BYTES_MAX = 8_388_608;

const paperShape = z.object({
  citationCount: z.number().int().min(0).nullish(),
  influentialCitationCount: z.number().int().min(0).nullish(),
  venue: optionalString,
  year: z.number().int().nullish(),
  externalIds: z.record(z.string(), z.unknown()).nullish(),
});

export type CatalogueEntry = {
  citations: number;
  influential: number | null;
  doi: string | undefined;
  venue: string | undefined;
  year: number | undefined;
};

export type Catalogue = {
  name: string;
  /** In the order asked; null for a paper that it does not know. At most 500. @throws DomainError `upstream` */
  look(papers: readonly (readonly Identifier[])[], signal?: AbortSignal): Promise<(CatalogueEntry | null)[]>;
};

export type SemanticScholarOptions = {
  fetcher: PoliteFetcher;
  /** A secret. */
  key?: string | undefined;
  baseUrl?: string | undefined;
  timeoutMs?: number | undefined;
};

export function createSemanticScholar(options: SemanticScholarOptions): Catalogue {
  const { fetcher, key, baseUrl = SEMANTIC_SCHOLAR_URL, timeoutMs } = options;
  return {
    name: SEMANTIC_SCHOLAR,
    async look(papers, signal) {
      if (papers.length > BATCH_MAX) throw new RangeError(`${papers.length} papers at once; at most ${BATCH_MAX}`);
      const url = new URL(`${baseUrl}/graph/v1/paper/batch`);
      url.searchParams.set("fields", FIELDS);
      const found = await fetcher.fetch({
        url,
        accept: "application/json",
        headers: key === undefined ? {} : { "x-api-key": key },
        json: { ids: papers.map(nameOf) },
        timeoutMs,
        bodyBytesMax: BODY_BYTES_MAX,
        signal,
        read: async (answer) => entriesIn(await decodeAll(answer, SEMANTIC_SCHOLAR), papers.length),
      });
      if (!found) throw upstream(`${SEMANTIC_SCHOLAR} says that nothing changed, which it was not asked.`);
      return found;
    },
  };
}

/** An answer that has lost its order would give papers the figures of others: its length is the one check there is. */
function entriesIn(text: string, length: number): (CatalogueEntry | null)[] {
  let said: unknown;
  try {
    said = JSON.parse(text);
  } catch (error) {
    throw upstream(`${SEMANTIC_SCHOLAR} answers with damaged JSON.`, error);
  }
  if (!Array.isArray(said) || said.length !== length) {
    throw upstream(`${SEMANTIC_SCHOLAR} answers with another number of papers than it was asked for.`);
  }
  return said.map((one) => entryOf(paperShape.safeParse(one).data));
}

function entryOf(said: z.output<typeof paperShape> | undefined): CatalogueEntry | null {
  if (said?.citationCount == null) return null;
  const doi = said.externalIds?.["DOI"];
  return {
    citations: said.citationCount,
    influential: said.influentialCitationCount ?? null,
    doi: typeof doi === "string" ? doiIn(doi) : undefined,
    venue: said.venue?.trim() || undefined,
    year: said.year ?? undefined,
  };
}

const PREFIXES: Partial<Record<Identifier["scheme"], string>> = { arxiv: "ARXIV", doi: "DOI", acl: "ACL" };

function nameOf(identifiers: readonly Identifier[]): string {
  const known = ["arxiv", "doi", "acl"].flatMap((scheme) => identifiers.filter((one) => one.scheme === scheme));
  const [first] = known;
  return first ? `${PREFIXES[first.scheme]}:${first.value}` : "";
}
