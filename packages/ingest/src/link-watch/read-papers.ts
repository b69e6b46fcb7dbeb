/** Reads papers for the links and promises in them: those that are new or changed since it last did. */
import { type EditionDate, type Link, type Paper, watchedUrl } from "@paperwire/domain";
import type { LinkStore, NamedLinks, PaperStore, SourceStore } from "@paperwire/store";
import { z } from "zod";
import { cleanUrl } from "../clean-facts.ts";
import { findLinks, findPromise } from "./find-links.ts";

const MARK = { source: "link-watch", set: "papers" };
const PAGE = 500;
/** Papers of one run: the whole of a large library. */
const PAPERS_MAX = 1_000_000;
/** A paper that came out so long ago was not promising anything new on the day on which we first read it. */
const FRESH_DAYS = 60;
const DAY_MS = 86_400_000;

const markShape = z.object({ epoch: z.string(), revision: z.number().int().min(0) });

export type ReadingRequest = {
  papers: Pick<PaperStore, "listChangedSince">;
  links: Pick<LinkStore, "note">;
  marks: Pick<SourceStore, "findMark">;
  /** Of the store: revisions of another one mean nothing. */
  epoch: string;
  nowMs: number;
  signal?: AbortSignal | undefined;
};

/** @returns papers read. Goes on where it stopped; the mark is saved with the links that were found before it. */
export async function readPaperLinks({ papers, links, marks, epoch, nowMs, signal }: ReadingRequest): Promise<number> {
  const saved = markShape.safeParse(await marks.findMark(MARK.source, MARK.set)).data;
  let revision = saved?.epoch === epoch ? saved.revision : 0;
  let read = 0;
  while (read < PAPERS_MAX) {
    signal?.throwIfAborted();
    const page = await papers.listChangedSince(revision, PAGE);
    if (page.length === 0) return read;
    revision = page.at(-1)!.revision;
    const named = page
      .map((paper) => namedBy(paper, nowMs))
      .filter(({ links, promise }) => links.length > 0 || promise);
    await links.note(named, { ...MARK, mark: { epoch, revision } });
    read += page.length;
  }
  return read;
}

/** What a paper names in its words, and what its sources say of it. */
export function namedBy(paper: Paper, nowMs: number): NamedLinks {
  const texts = [paper.abstract ?? "", paper.note ?? ""];
  const promise = texts.map(findPromise).find((one) => one !== null) ?? null;
  const promised = new Set(promise === null ? [] : findLinks(promise).map(keyOf));
  const byKey = new Map<string, NamedLinks["links"][number]>();
  for (const link of [...(paper.links ?? []), ...texts.flatMap(findLinks)]) {
    const url = keyOf(link);
    if (url === null || byKey.has(url)) continue;
    const { kind, label } = link;
    byKey.set(url, { url, kind, ...(label === undefined ? {} : { label }), isPromised: promised.has(url) });
  }
  return { paperId: paper.id, links: [...byKey.values()], promise, since: sinceOf(paper, nowMs) };
}

function keyOf({ kind, url }: Link): string | null {
  const safe = cleanUrl(url);
  return safe === undefined ? null : watchedUrl({ kind, url: safe });
}

/** The day on which the paper came out, where that was not long ago; else today. */
function sinceOf({ publishedAt, publishedPrecision }: Paper, nowMs: number): EditionDate {
  const today = new Date(nowMs).toISOString().slice(0, 10);
  if (publishedAt === undefined || publishedPrecision === "year") return today;
  const ageMs = nowMs - Date.parse(publishedAt);
  return ageMs >= 0 && ageMs <= FRESH_DAYS * DAY_MS ? publishedAt.slice(0, 10) : today;
}
