/** Writes the living documents of several segments into one, in their order, without looking at their texts again. */
import { type BagTables, BagWriter } from "../segment/bags.ts";
import { type Allocate, ByteWriter, IntList } from "../segment/bytes.ts";
import type { DictionaryCursor } from "../segment/dictionary.ts";
import { DictionaryWriter } from "../segment/dictionary.ts";
import { writeSizes } from "../segment/document-sizes.ts";
import { eachPosting } from "../segment/each-posting.ts";
import { mergeFacet } from "../segment/facet-columns.ts";
import type { Layout } from "../segment/layout.ts";
import { PostingWriter } from "../segment/posting-writer.ts";
import type { Segment } from "../segment/segment.ts";
import { lengthFigures, packSegment, weightedLengths } from "../segment/segment-file.ts";
import { type Assembled, rankCodes } from "../segment/segment-writer.ts";
import { isLive, type Tombstones } from "../snapshot.ts";

export type MergePart = { segment: Segment; tombstones: Tombstones | null };

/** A part with its place in the result. */
type Source = MergePart & {
  /** Its living documents, and the new number of each document, -1 for the dead. */
  living: Int32Array;
  renumbered: Int32Array;
  /** New number of each term, -1 for those without a living document, and new rank of each code. */
  terms: Int32Array;
  ranks: Uint8Array;
};

/** @returns the new segment; the same documents built afresh give the same scores */
export function mergeSegments(parts: readonly MergePart[], layout: Layout, allocate: Allocate): Assembled {
  const sources = toSources(parts);
  const fields = layout.textFields.length;
  const documents = sources.reduce((sum, source) => sum + source.living.length, 0);
  const rawOf = rankSources(sources);
  const { fieldLengths, tokenStarts, words, ids, titles } = copyDocuments(sources, documents, fields);
  const lengths = weightedLengths(fieldLengths, documents, layout.weights);
  const figures = lengthFigures(lengths);
  const { counts, ...terms } = mergeTerms(sources, documents);
  const bags = mergeBags(sources, documents, counts, allocate);
  const draft = {
    ...figures,
    ...terms,
    documents,
    codes: rawOf,
    sizes: writeSizes({ fieldLengths, bagStarts: bags.starts, tokenStarts }, fields),
    words,
    ids,
    titles,
    facets: layout.facets.map((name, index) =>
      mergeFacet(
        name,
        layout.schema,
        sources.map(({ segment, living }) => ({ column: segment.facets[index], documents: living })),
      ),
    ),
  };
  return { bytes: packSegment(draft, layout, allocate), bags };
}

function toSources(parts: readonly MergePart[]): Source[] {
  let base = 0;
  return parts.map(({ segment, tombstones }) => {
    const renumbered = new Int32Array(segment.documents).fill(-1);
    const living = new Int32Array(segment.documents - (tombstones?.deadCount ?? 0));
    let count = 0;
    for (let document = 0; document < segment.documents; document += 1) {
      if (!isLive(tombstones, document)) continue;
      renumbered[document] = base + count;
      living[count++] = document;
    }
    base += count;
    const terms = new Int32Array(segment.terms).fill(-1);
    return { segment, tombstones, living, renumbered, terms, ranks: new Uint8Array(256) };
  });
}

/** Ranks all codes of the living documents anew. @returns raw code per new rank */
function rankSources(sources: readonly Source[]): number[] {
  const counts = new Float64Array(256);
  for (const { segment, living } of sources) {
    const perRank = new Float64Array(256);
    for (const document of living) {
      const { entries, to } = segment.bag(document);
      for (let at = 0; at < to; at += 1) perRank[entries[at] >>> 24] += 1;
    }
    segment.meta.codes.forEach((raw, rank) => {
      counts[raw] += perRank[rank];
    });
  }
  const { rankOf, rawOf } = rankCodes(counts);
  for (const source of sources) {
    source.segment.meta.codes.forEach((raw, rank) => {
      source.ranks[rank] = rankOf[raw];
    });
  }
  return rawOf;
}

/** Reading the last document's words looks this far behind them. */
const READ_BEYOND_BYTES = 4;

/** What belongs to documents alone is copied as it is: the order of words does not hang on the numbers of terms. */
function copyDocuments(sources: readonly Source[], documents: number, fields: number) {
  const fieldLengths = new Uint16Array(documents * fields);
  const titles = new Uint16Array(fields === 0 ? 0 : documents);
  const tokenStarts = new Uint32Array(documents + 1);
  const words = new ByteWriter();
  const ids = new ByteWriter();
  let place = 0;
  for (const { segment, living } of sources) {
    const tables = segment.parts.tables;
    for (const document of living) {
      for (let field = 0; field < fields; field += 1)
        fieldLengths[place * fields + field] = segment.fieldLengths[document * fields + field];
      if (fields > 0) titles[place] = segment.titleHashes[document];
      words.raw(segment.words.subarray(tables.tokenStarts[document], tables.tokenStarts[document + 1]));
      tokenStarts[place + 1] = words.length;
      ids.raw(segment.idBytes(document));
      place += 1;
    }
  }
  for (let at = 0; at < READ_BEYOND_BYTES; at += 1) words.byte(0);
  return { fieldLengths, tokenStarts, words: words.finish(), ids: ids.finish(), titles };
}

/** Joins the dictionaries, which are in the same order, and the posting lists of each term. */
function mergeTerms(sources: readonly Source[], documents: number) {
  const dictionary = new DictionaryWriter();
  const postings = new PostingWriter();
  const list = { documents: new Int32Array(documents), codes: new Uint8Array(documents), from: 0, count: 0 };
  const counts = new IntList();
  let terms = 0;
  eachTerm(sources, (holders, cursors) => {
    list.count = 0;
    let shown: DictionaryCursor | null = null;
    for (const holder of holders) {
      const source = sources[holder];
      const term = cursors[holder].id;
      const before = list.count;
      appendPostings(source, term, list);
      if (list.count === before) continue;
      shown ??= cursors[holder];
      source.terms[term] = terms;
    }
    if (shown === null) return;
    dictionary.addFrom(shown, list.count);
    postings.add(list);
    counts.push(list.count);
    terms += 1;
  });
  return { terms, counts: counts.items.subarray(0, terms), dictionary: dictionary.finish(), ...postings.finish() };
}

/** Calls `visit` with each term once, in order, and which sources hold it; their cursors stand on it. */
function eachTerm(
  sources: readonly Source[],
  visit: (holders: readonly number[], cursors: readonly DictionaryCursor[]) => void,
): void {
  const cursors = sources.map(({ segment }) => segment.dictionary.cursor());
  let active = cursors.map((_, index) => index).filter((index) => cursors[index].next());
  const holders: number[] = [];
  while (active.length > 0) {
    holders.length = 0;
    for (const index of active) {
      const order = holders.length === 0 ? 0 : cursors[index].compare(cursors[holders[0]]);
      if (order < 0) holders.length = 0;
      if (order <= 0) holders.push(index);
    }
    visit(holders, cursors);
    let isOver = false;
    for (const index of holders) if (!cursors[index].next()) isOver = true;
    if (isOver) active = active.filter((index) => cursors[index].id < sources[index].segment.terms);
  }
}

function appendPostings(
  { segment, renumbered, ranks }: Source,
  term: number,
  list: { documents: Int32Array; codes: Uint8Array; count: number },
): void {
  eachPosting(segment, term, (document, rank) => {
    const number = renumbered[document];
    if (number < 0) return;
    list.documents[list.count] = number;
    list.codes[list.count] = ranks[rank];
    list.count += 1;
  });
}

/** Terms keep their order, so each bag stays sorted. */
function mergeBags(
  sources: readonly Source[],
  documents: number,
  counts: ArrayLike<number>,
  allocate: Allocate,
): BagTables {
  const merged = new BagWriter(counts, documents, allocate);
  for (const { segment, living, terms, ranks } of sources) {
    for (const document of living) {
      const { entries, to } = segment.bag(document);
      for (let at = 0; at < to; at += 1) merged.add(terms[entries[at] & 0xffffff], ranks[entries[at] >>> 24]);
      merged.endDocument();
    }
  }
  return merged.finish(allocate);
}
