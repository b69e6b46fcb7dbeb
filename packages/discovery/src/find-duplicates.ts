/** Papers of the whole library that are one work, or may be. */
import { createDuplicateFinder, type DuplicatePair, isArxivId, type Paper } from "@paperwire/domain";
import type { Store } from "@paperwire/store";

const PAPERS_PER_READ = 1_000;
const PAIRS_PER_QUESTION = 500;

export type FoundPair = DuplicatePair & { titles: readonly [string, string] };

export type DuplicateProgress = { phase: "reading" | "comparing"; done: number; total: number };

/**
 * Reads every paper once. Memory grows with the library: about 2 KB a paper.
 * @returns surest first, without those that a person took apart
 */
export async function findDuplicates(
  { papers, merges }: Pick<Store, "papers" | "merges">,
  onProgress: (progress: DuplicateProgress) => void = () => undefined,
): Promise<FoundPair[]> {
  const finder = createDuplicateFinder();
  const total = await papers.count();
  let done = 0;
  for (let revision = 0; ; ) {
    const read = await papers.listChangedSince(revision, PAPERS_PER_READ);
    for (const paper of read) done = finder.add(paper.id, workOf(paper));
    onProgress({ phase: "reading", done, total });
    revision = read.at(-1)?.revision ?? revision;
    if (read.length < PAPERS_PER_READ) break;
  }
  // A paper that changed while it was read comes twice.
  const pairs = finder
    .find((share) => onProgress({ phase: "comparing", done: Math.round(share * total), total }))
    .filter(({ first, second }) => first !== second);
  const open: DuplicatePair[] = [];
  for (let at = 0; at < pairs.length; at += PAIRS_PER_QUESTION) {
    const part = pairs.slice(at, at + PAIRS_PER_QUESTION);
    const kept = await merges.distinguishedAmong(part.map(({ first, second }) => [first, second] as const));
    open.push(...part.filter(({ first, second }) => !kept.has([first, second].toSorted().join(" "))));
  }
  return withTitles(papers, open);
}

function workOf({ id, title, abstract, authors, year, venue, publishedAt }: Paper) {
  return {
    title,
    abstract,
    authors: authors?.map(({ name }) => name),
    year: year ?? (publishedAt === undefined ? undefined : Number(publishedAt.slice(0, 4))),
    venue,
    arxivId: isArxivId(id) ? id : undefined,
  };
}

async function withTitles(papers: Store["papers"], pairs: readonly DuplicatePair[]): Promise<FoundPair[]> {
  const found: FoundPair[] = [];
  for (let at = 0; at < pairs.length; at += PAIRS_PER_QUESTION) {
    const part = pairs.slice(at, at + PAIRS_PER_QUESTION);
    const ids = new Set(part.flatMap(({ first, second }) => [first, second]));
    const titles = new Map((await papers.listByIds([...ids])).map(({ paper: { id, title } }) => [id, title]));
    for (const pair of part) {
      const both = [titles.get(pair.first), titles.get(pair.second)] as const;
      if (both[0] !== undefined && both[1] !== undefined) found.push({ ...pair, titles: [both[0], both[1]] });
    }
  }
  return found;
}
