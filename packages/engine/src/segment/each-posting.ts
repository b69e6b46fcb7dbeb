/** Reads one posting list from end to end. */
import { endOfGaps, unpackAscending } from "./bit-packing.ts";
import { ByteReader } from "./bytes.ts";
import { unpackCodes } from "./code-packing.ts";
import { BLOCK } from "./posting-writer.ts";
import { newBlockShape, type Segment } from "./segment.ts";

/** Calls `visit` with every document of a term, ascending, deleted ones included. */
export function eachPosting(segment: Segment, term: number, visit: (document: number, rank: number) => void): void {
  const count = segment.dictionary.documents(term);
  if (count < BLOCK) {
    const reader = new ByteReader(segment.short, segment.parts.tables.lists[term]);
    let document = -1;
    for (let at = 0; at < count; at += 1) {
      const gap = reader.varint();
      document += (gap >>> 1) + 1;
      visit(document, (gap & 1) === 0 ? 0 : reader.byte());
    }
    return;
  }
  const documents = new Int32Array(BLOCK);
  const ranks = new Uint8Array(BLOCK);
  const shape = newBlockShape();
  const blocks = Math.ceil(count / BLOCK);
  for (let block = 0; block < blocks; block += 1) {
    segment.blockShape(term, block, shape);
    unpackAscending(segment.long, segment.longView, shape.start, shape.size, shape.before, documents);
    unpackCodes(segment.long, endOfGaps(segment.long, shape.start, shape.size), shape.size, ranks);
    for (let at = 0; at < shape.size; at += 1) visit(documents[at], ranks[at]);
  }
}

/** Reads a list whole. @param documents  room for all of it, as `ranks` */
export function readPostings(segment: Segment, term: number, documents: Int32Array, ranks: Uint8Array): void {
  const count = segment.dictionary.documents(term);
  if (count < BLOCK) {
    readShort(new ByteReader(segment.short, segment.parts.tables.lists[term]), count, documents, ranks);
    return;
  }
  let to = 0;
  eachPosting(segment, term, (document, rank) => {
    documents[to] = document;
    ranks[to] = rank;
    to += 1;
  });
}

/** Reads the `count` postings of a short list. */
export function readShort(reader: ByteReader, count: number, documents: Int32Array, ranks: Uint8Array): void {
  for (let at = 0, document = -1; at < count; at += 1) {
    const gap = reader.varint();
    document += (gap >>> 1) + 1;
    documents[at] = document;
    ranks[at] = (gap & 1) === 0 ? 0 : reader.byte();
  }
}
