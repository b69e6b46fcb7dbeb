/** The sources beside arXiv, each built from the configuration. */
import { invalid } from "@paperwire/domain";
import {
  createAclSource,
  createCrossrefSource,
  createHfSource,
  createOpenReviewSource,
  createPoliteFetcher,
  createPreprintSource,
  type HostTurns,
  type PaperSource,
} from "@paperwire/ingest";
import type { Store } from "@paperwire/store";
import type { Config } from "./config.ts";

type Parts = { store: Pick<Store, "sources">; turns: HostTurns; config: Pick<Config, "contact" | "sourcesMirror"> };

/** In the order in which help lists them. */
export const SOURCE_NAMES = ["hf", "openreview", "acl", "preprints", "crossref"] as const;
export type SourceName = (typeof SOURCE_NAMES)[number];

const isSourceName = (name: string): name is SourceName => SOURCE_NAMES.some((one) => one === name);

/** @throws DomainError `invalid`: no such source */
export function openSource(name: string, { store, turns, config }: Parts): PaperSource {
  if (!isSourceName(name)) {
    throw invalid(`There is no source "${name.slice(0, 40)}"; these are: arxiv, ${SOURCE_NAMES.join(", ")}.`);
  }
  const { contact, sourcesMirror } = config;
  const fetcherFor = (title: string) => createPoliteFetcher({ name: title, turns, contact });
  const mirrored = (folder: string) => (sourcesMirror === undefined ? undefined : `${sourcesMirror}/${folder}`);
  switch (name) {
    case "hf":
      return createHfSource({ fetcherFor });
    case "openreview":
      return createOpenReviewSource({
        fetcher: fetcherFor("OpenReview"),
        baseUrl: mirrored("openreview"),
        oldBaseUrl: mirrored("openreview-v1"),
      });
    case "acl":
      return createAclSource({ fetcher: fetcherFor("The ACL Anthology"), baseUrl: mirrored("acl") });
    case "preprints":
      return createPreprintSource({ fetcher: fetcherFor("bioRxiv"), baseUrl: mirrored("preprints") });
    case "crossref":
      return createCrossrefSource({
        fetcher: fetcherFor("Crossref"),
        listDois: (after, limit) => store.sources.listIdentifiers("doi", { after, limit }),
        countDois: () => store.sources.countIdentifiers("doi"),
        contact,
        baseUrl: mirrored("crossref"),
      });
  }
}
