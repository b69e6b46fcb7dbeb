/** What both Hugging Face formats say of a paper, in the words of the domain. */
import { type Author, LIMITS, type Link, type Notice, type Organization, type PaperFacts } from "@paperwire/domain";
import {
  cleanAbstract,
  cleanAuthors,
  cleanLink,
  cleanName,
  cleanTitle,
  cleanWords,
  optionalText,
  toInstant,
  withoutGaps,
} from "../clean-facts.ts";

type Said<T> = T | null | undefined;

export type HfPaper = {
  title: string;
  abstract?: Said<string>;
  authors: readonly Author[];
  publishedAt?: Said<string>;
  githubRepo?: Said<string>;
  githubStars?: Said<number>;
  projectPage?: Said<string>;
  aiSummary?: Said<string>;
  aiSummaryModel?: Said<string>;
  aiKeywords?: Said<readonly string[]>;
  organization?: Organization;
  /** Models, datasets and demos, already safe. */
  links?: readonly Link[];
  venue?: Said<string>;
  categories?: Said<readonly string[]>;
  notices?: readonly Notice[];
  /** Who says so; Hugging Face where nothing is said. */
  site?: string;
};

export function hfFacts(said: HfPaper): PaperFacts {
  const summary = optionalText(said.aiSummary, { field: "summary", max: LIMITS.summaryChars });
  const model = cleanName(said.aiSummaryModel, "name of the model");
  const links = [
    ...cleanLink({ kind: "code", stars: said.githubStars ?? undefined }, said.githubRepo),
    ...cleanLink({ kind: "project" }, said.projectPage),
    ...(said.links ?? []),
  ];
  return withoutGaps<PaperFacts>({
    title: cleanTitle(said.title),
    abstract: cleanAbstract(said.abstract),
    authors: cleanAuthors(said.authors),
    publishedAt: said.publishedAt ? toInstant(said.publishedAt) : undefined,
    publishedPrecision: said.publishedAt ? "instant" : undefined,
    summary: summary
      ? withoutGaps({ text: summary, source: said.site ?? "Hugging Face", generated: true, model })
      : undefined,
    venue: cleanName(said.venue, "venue"),
    primaryCategory: cleanName(said.categories?.[0], "category"),
    categories: cleanWords(said.categories ?? [], { field: "categories", max: LIMITS.categories }),
    keywords: cleanWords(said.aiKeywords ?? [], { field: "keywords", max: LIMITS.keywords }),
    links: onceEach(links).slice(0, LIMITS.links),
    organization: said.organization,
    notices: said.notices,
  });
}

/** A list that says a link twice would be another list when it is joined with itself. */
function onceEach(links: readonly Link[]): Link[] {
  const byKey = new Map<string, Link>();
  for (const link of links) {
    const key = `${link.kind} ${link.url}`;
    byKey.set(key, { ...link, ...byKey.get(key) });
  }
  return [...byKey.values()];
}
