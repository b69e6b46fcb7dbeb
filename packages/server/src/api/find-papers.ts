/** One paper, many papers, found papers: what `/api/papers…` and `/api/arxiv/…` answer. */

import type { z } from "@hono/zod-openapi";
import { nameKey, type Paper, parseArxivId } from "@paperwire/domain";
import { imageUrl } from "../submit/submit-url.ts";
import { talkOf } from "../talk/talk-of-paper.ts";
import type { ApiItem, ApiPaperAnswer, ApiRepos } from "./answers.ts";
import type { ApiContext } from "./context.ts";
import { commentAnswers } from "./present-comments.ts";
import { listItem, paperAnswer, reposOf, searchItem } from "./present-paper.ts";
import type { PapersQuery, SearchQuery } from "./questions.ts";

/** Without words: the newest papers, so that a client that sends no query sees something sensible. */
export async function searchPapers(
  context: ApiContext,
  { q, limit }: z.output<typeof SearchQuery>,
): Promise<ApiItem[]> {
  if (q.trim() === "") return (await context.store.papers.listNewest({ limit })).map(listItem);
  const { hits } = await context.discovery.search({ q, page: 1, perPage: limit });
  return hits.map((hit) => searchItem(hit.listed, hit));
}

/** Newest first by publication; `next` is the cursor of the page after, null at the end. */
export async function listPapers(
  { store }: ApiContext,
  { cursor, limit }: z.output<typeof PapersQuery>,
): Promise<{ items: ApiItem[]; next: string | null }> {
  const page = cursor === undefined ? { limit: limit + 1 } : { limit: limit + 1, after: cursor };
  const found = await store.papers.listNewest(page);
  const items = found.slice(0, limit);
  return { items: items.map(listItem), next: found.length > limit ? items.at(-1)!.paper.id : null };
}

/** @throws DomainError `not-found` */
export async function paperDetails(
  { discovery, store, settings }: ApiContext,
  { id, withComments }: { id: string; withComments: boolean },
): Promise<ApiPaperAnswer> {
  const { paper, entries, upvotesHere } = await discovery.paperPage(id);
  const authors = authorsHere(paper, await store.claims.verifiedOf(paper.id));
  const sent = await store.submissions.openOf(paper.id);
  const mediaUrls = sent?.state === "shown" && sent.image ? [settings.baseUrl + imageUrl(sent.image)] : [];
  const shown = paperAnswer({ paper: { ...paper, ...authors }, entry: entries[0] ?? null, upvotesHere });
  const answer = { ...shown, mediaUrls };
  // Never by default: the Python client would take the list for the number of comments.
  if (!withComments) return answer;
  const talk = await talkOf(store, paper.id, { reader: undefined, order: "new" });
  return { ...answer, comments: commentAnswers(talk) };
}

/** Authors with the accounts of this site that proved to be them; a source's own claims stay where there is none. */
function authorsHere(
  { authors }: Paper,
  verified: readonly { authorKey: string; handle: string }[],
): Pick<Paper, "authors"> {
  if (!authors || verified.length === 0) return {};
  const handles = new Map(verified.map(({ authorKey, handle }) => [authorKey, handle]));
  return {
    authors: authors.map((author) => {
      const claimedBy = handles.get(nameKey(author.name));
      return claimedBy === undefined ? author : { ...author, claimedBy };
    }),
  };
}

/** Empty lists for a paper nobody knows, as the real service answers. */
export async function linkedRepos({ store }: ApiContext, id: string): Promise<ApiRepos> {
  const work = parseArxivId(id)?.id ?? id;
  const paper = await store.papers.find((await store.merges.findWinner(work)) ?? work);
  return paper === null ? { models: [], datasets: [], spaces: [] } : reposOf(paper);
}
