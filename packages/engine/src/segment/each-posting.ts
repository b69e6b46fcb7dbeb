/** Reads one posting list from end to end. */
import { ByteReader } from "./bytes.ts";
import { BLOCK } from "./posting-writer.ts";
import { type Segment, unpackBlock } from "./segment.ts";

/** Calls `visit` with every document of a term, ascending, deleted ones included. */
export function eachPosting(segment: Segment, term: number, visit: (document: number, rank: number) => void): void {
  const count = segment.dictionary.documents(term);
  const list = segment.parts.tables.lists[term];
  let document = -1;
  if (count < BLOCK) {
    const reader = new ByteReader(segment.short, list);
    for (let at = 0; at < count; at += 1) {
      const gap = reader.varint();
      document += (gap >>> 1) + 1;
      visit(document, (gap & 1) === 0 ? 0 : reader.byte());
    }
    return;
  }
  const gaps = new Int32Array(BLOCK);
  const ranks = new Uint8Array(BLOCK);
  const source = { long: segment.long, view: segment.longView, at: list, count };
  const blocks = segment.long[list + 1];
  for (let block = 0; block < blocks; block += 1) {
    const size = unpackBlock(source, block, gaps, ranks);
    for (let at = 0; at < size; at += 1) {
      document += gaps[at] + 1;
      visit(document, ranks[at]);
    }
  }
}
