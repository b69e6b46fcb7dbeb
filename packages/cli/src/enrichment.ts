/** Citations as this program asks for them. */
import { upstream } from "@paperwire/domain";
import {
  createPoliteFetcher,
  createSemanticScholar,
  type EnrichSummary,
  enrichPapers,
  type HostTurns,
} from "@paperwire/ingest";
import type { Store } from "@paperwire/store";
import type { Config } from "./config.ts";
import { count } from "./terminal.ts";

export type EnrichmentParts = {
  store: Pick<Store, "citations" | "papers">;
  config: Pick<Config, "contact" | "semanticScholarKey" | "sourcesMirror">;
  turns: HostTurns;
  signal?: AbortSignal | undefined;
  onProgress?(now: EnrichSummary): void;
};

/** @returns what came of it, in words. @throws DomainError `upstream`: the catalogue did not answer; what was kept before stays */
export async function runEnrichment({ store, config, turns, signal, onProgress }: EnrichmentParts): Promise<string> {
  const { contact, semanticScholarKey: key, sourcesMirror } = config;
  const fetcher = createPoliteFetcher({ name: "Semantic Scholar", turns, contact });
  const baseUrl = sourcesMirror === undefined ? undefined : `${sourcesMirror}/semantic-scholar`;
  const { asked, known, filled, stopped } = await enrichPapers({
    catalogue: createSemanticScholar({ fetcher, key, baseUrl }),
    citations: store.citations,
    papers: store.papers,
    signal,
    ...(onProgress === undefined ? {} : { onProgress }),
  });
  const said = `${count(asked, "paper")} asked for, ${count(known)} known, ${count(filled)} given a DOI or a venue`;
  if (stopped !== undefined) throw upstream(`${said}. ${stopped}`);
  return said;
}
