/** Opens the bytes of a segment: works out the tables that searching needs. */
import { DamagedIndexError } from "../errors.ts";
import { BagScatter, type BagTables } from "./bags.ts";
import { endOfGaps, unpackAscending } from "./bit-packing.ts";
import { type Allocate, ByteReader, hashBytes } from "./bytes.ts";
import { endOfCodes, unpackCodes } from "./code-packing.ts";
import { unpackParts } from "./container.ts";
import { Dictionary, readDictionary } from "./dictionary.ts";
import { readSizes } from "./document-sizes.ts";
import { readShort } from "./each-posting.ts";
import { keywordOffsets } from "./facet-columns.ts";
import type { Layout } from "./layout.ts";
import { nearTablesOf } from "./near-words.ts";
import { BLOCK } from "./posting-writer.ts";
import { hashesOf, readMeta, Segment, type SegmentTables, viewOf } from "./segment.ts";
import { PART, type SegmentMeta, weightedLengths } from "./segment-file.ts";
import { titleTablesOf } from "./titles.ts";
import { unpackImpacts } from "./unpack-impacts.ts";

/** Term numbers share a word with the code. */
const TERMS_MAX = 1 << 24;

/** Opens a segment and unpacks what the first stage reads. See {@link openSegment}. */
export function openSearchable(
  bytes: Uint8Array,
  layout: Layout,
  allocate: Allocate,
  known: BagTables | null = null,
): Segment {
  const segment = openSegment(bytes, layout, allocate, known);
  segment.parts.impacts = unpackImpacts(segment, layout, allocate);
  return segment;
}

/**
 * Opens bytes that {@link packSegment} made.
 * @param known  the bags, where whoever wrote the segment still has them at hand
 * @throws DamagedIndexError  they are something else, or belong to another schema
 */
export function openSegment(
  bytes: Uint8Array,
  layout: Layout,
  allocate: Allocate,
  known: BagTables | null = null,
): Segment {
  const raw = unpackParts(bytes);
  const meta = readMeta(raw);
  if (meta.fingerprint !== layout.fingerprint) throw new DamagedIndexError("a segment belongs to another schema");
  if (meta.terms >= TERMS_MAX) throw new DamagedIndexError("a segment has too many terms");
  const dictionary = readDictionary(raw[PART.dictionary], meta.terms, allocate);
  const fields = layout.textFields.length;
  const sizes = readSizes(raw[PART.sizes], meta.documents, fields, allocate);
  const { fieldLengths, tokenStarts } = sizes;
  const lengths = new Uint16Array(allocate(meta.documents * 2));
  lengths.set(weightedLengths(fieldLengths, meta.documents, layout.weights));
  const scatter = known === null ? new BagScatter(dictionary.documents, sizes.bagStarts, allocate) : null;
  const lists = readLists(raw, meta, dictionary.documents, scatter, allocate);
  return new Segment({
    bytes,
    tables: {
      ...lists,
      bags: known ?? (scatter as BagScatter).finish(allocate),
      dictionary,
      lengths,
      fieldLengths,
      tokenStarts,
      titles: titleTablesOf(hashesOf(raw), fieldLengths, fields, allocate),
      ...readIds(raw[PART.ids], meta.documents, allocate),
      near: nearTablesOf(new Dictionary(raw[PART.dictionary], dictionary), allocate),
      keywordOffsets: meta.facets.map((facet, index) =>
        keywordOffsets(facet, raw[PART.facets + index], meta.documents, allocate),
      ),
    },
    impacts: null,
  });
}

type Lists = Pick<SegmentTables, "lists" | "blockLasts" | "blockStarts">;

/** Walks all lists once in term order: finds where each begins, and gives every document its terms. */
function readLists(
  raw: readonly Uint8Array[],
  meta: SegmentMeta,
  counts: Uint32Array,
  bags: BagScatter | null,
  allocate: Allocate,
): Lists {
  let blocks = 0;
  for (const count of counts) if (count >= BLOCK) blocks += Math.ceil(count / BLOCK);
  const lists = new Uint32Array(allocate(meta.terms * 4));
  const blockLasts = new Uint32Array(allocate(blocks * 4));
  const blockStarts = new Uint32Array(allocate(blocks * 4));
  const long = raw[PART.long];
  const view = viewOf(long);
  const reader = new ByteReader(raw[PART.short]);
  const documents = new Int32Array(BLOCK);
  const codes = new Uint8Array(BLOCK);
  let at = 0;
  let block = 0;
  for (let term = 0; term < meta.terms; term += 1) {
    const count = counts[term];
    if (count < BLOCK) {
      lists[term] = reader.at;
      readShort(reader, count, documents, codes);
      bags?.add(term, documents, codes, count);
      continue;
    }
    lists[term] = block;
    let before = -1;
    for (let left = count; left > 0; left -= BLOCK, block += 1) {
      const size = Math.min(BLOCK, left);
      blockStarts[block] = at;
      unpackAscending(long, view, at, size, before, documents);
      before = documents[size - 1];
      blockLasts[block] = before;
      const codesAt = endOfGaps(long, at, size);
      at = bags === null ? endOfCodes(long, codesAt, size) : unpackCodes(long, codesAt, size, codes);
      bags?.add(term, documents, codes, size);
    }
  }
  return { lists, blockLasts, blockStarts };
}

/** A table of at least a fifth more slots than documents, a power of two. */
function slotsFor(documents: number): number {
  let slots = documents === 0 ? 0 : 4;
  while (slots < documents * 1.2) slots *= 2;
  return slots;
}

function readIds(
  bytes: Uint8Array,
  documents: number,
  allocate: Allocate,
): { idStarts: Uint32Array; idTable: Uint32Array } {
  const idStarts = new Uint32Array(allocate(documents * 4));
  const slots = slotsFor(documents);
  const idTable = new Uint32Array(allocate(slots * 4));
  const reader = new ByteReader(bytes);
  for (let document = 0; document < documents; document += 1) {
    idStarts[document] = reader.at;
    const length = reader.varint();
    let slot = hashBytes(bytes, reader.at, reader.at + length) & (slots - 1);
    while (idTable[slot] !== 0) slot = (slot + 1) & (slots - 1);
    idTable[slot] = document + 1;
    reader.at += length;
  }
  return { idStarts, idTable };
}
