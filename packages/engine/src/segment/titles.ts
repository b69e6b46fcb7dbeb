/** Finds documents by their whole title: 16 bits of a hash per document, which do not hang on the numbers of terms. */
import type { Allocate } from "./bytes.ts";

const HASH_BITS = 16;

const mix = (hash: number, value: number): number => {
  const mixed = Math.imul(hash ^ value, 0x01000193);
  return mixed ^ (mixed >>> 15);
};
const START = 0x811c9dc5;

/** Hash of one stem. */
export function stemHash(stem: string): number {
  let hash = START;
  for (let at = 0; at < stem.length; at += 1) hash = Math.imul(hash ^ stem.charCodeAt(at), 0x01000193);
  return hash ^ (hash >>> 15);
}

/** Hash of a title from those of its stems in line, the first `length` of `stems`. @returns 0..65535 */
export function titleHash(stems: ArrayLike<number>, length: number): number {
  let hash = START;
  for (let at = 0; at < length; at += 1) hash = mix(hash, stems[at]);
  return (hash ^ (hash >>> HASH_BITS)) & (2 ** HASH_BITS - 1);
}

/** Documents that have a title, by the low bits of its hash; `starts` has one entry more than there are shelves. */
export type TitleTables = { starts: Uint32Array; documents: Uint32Array };

/** @param lengths  words per title, `fields` numbers a document of which the first is meant */
export function titleTablesOf(
  hashes: Uint16Array,
  lengths: Uint16Array,
  fields: number,
  allocate: Allocate,
): TitleTables {
  const documents = fields === 0 ? 0 : hashes.length;
  let shelves = 1;
  while (shelves < documents && shelves < 2 ** HASH_BITS) shelves *= 2;
  const starts = new Uint32Array(allocate((shelves + 1) * 4));
  const mask = shelves - 1;
  for (let document = 0; document < documents; document += 1)
    if (lengths[document * fields] > 0) starts[(hashes[document] & mask) + 1] += 1;
  for (let shelf = 0; shelf < shelves; shelf += 1) starts[shelf + 1] += starts[shelf];
  const listed = new Uint32Array(allocate(starts[shelves] * 4));
  const next = starts.slice();
  for (let document = 0; document < documents; document += 1)
    if (lengths[document * fields] > 0) listed[next[hashes[document] & mask]++] = document;
  return { starts, documents: listed };
}

/** Calls `visit` with the documents whose title may have this hash, ascending, until it returns false. */
export function eachTitled(tables: TitleTables, hash: number, visit: (document: number) => boolean): void {
  const shelf = hash & (tables.starts.length - 2);
  const end = tables.starts[shelf + 1];
  for (let at = tables.starts[shelf]; at < end; at += 1) if (!visit(tables.documents[at])) return;
}
