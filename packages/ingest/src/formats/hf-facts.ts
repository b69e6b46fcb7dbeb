/** What both Hugging Face formats say of a paper, in the words of the domain. */
import { type Author, LIMITS, type Link, type Organization, type PaperFacts } from "@paperwire/domain";
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
    summary: summary ? withoutGaps({ text: summary, source: "Hugging Face", generated: true, model }) : undefined,
    keywords: cleanWords(said.aiKeywords ?? [], { field: "keywords", max: LIMITS.keywords }),
    links: links.slice(0, LIMITS.links),
    organization: said.organization,
  });
}
