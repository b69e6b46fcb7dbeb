/** How many words each document has, and how much room its terms and its word order take: about five bytes a document. */
import { type Allocate, ByteReader, ByteWriter } from "./bytes.ts";

/** Words per document and field; where each document's bag (in slots) and word order begin, one entry more than documents. */
export type DocumentSizes = { fieldLengths: Uint16Array; bagStarts: Uint32Array; tokenStarts: Uint32Array };

/** What a document of so many words mostly has; only the difference is written, and mostly fits into one byte. */
const expectedSlots = (words: number): number => (words * 11) >>> 4;
const expectedBytes = (words: number): number => (words * 23) >>> 5;

const zigzag = (value: number): number => (value < 0 ? -2 * value - 1 : 2 * value);
const unzigzag = (value: number): number => ((value & 1) === 0 ? value >>> 1 : -((value + 1) >>> 1));

export function writeSizes({ fieldLengths, bagStarts, tokenStarts }: DocumentSizes, fields: number): Uint8Array {
  const out = new ByteWriter();
  for (let document = 0; document + 1 < bagStarts.length; document += 1) {
    let words = 0;
    for (let at = document * fields; at < (document + 1) * fields; at += 1) {
      out.varint(fieldLengths[at]);
      words += fieldLengths[at];
    }
    out.varint(zigzag(bagStarts[document + 1] - bagStarts[document] - expectedSlots(words)));
    out.varint(zigzag(tokenStarts[document + 1] - tokenStarts[document] - expectedBytes(words)));
  }
  return out.finish();
}

export function readSizes(bytes: Uint8Array, documents: number, fields: number, allocate: Allocate): DocumentSizes {
  const reader = new ByteReader(bytes);
  const fieldLengths = new Uint16Array(allocate(documents * fields * 2));
  const bagStarts = new Uint32Array(allocate((documents + 1) * 4));
  const tokenStarts = new Uint32Array(allocate((documents + 1) * 4));
  for (let document = 0; document < documents; document += 1) {
    let words = 0;
    for (let at = document * fields; at < (document + 1) * fields; at += 1) {
      fieldLengths[at] = reader.varint();
      words += fieldLengths[at];
    }
    bagStarts[document + 1] = bagStarts[document] + unzigzag(reader.varint()) + expectedSlots(words);
    tokenStarts[document + 1] = tokenStarts[document] + unzigzag(reader.varint()) + expectedBytes(words);
  }
  return { fieldLengths, bagStarts, tokenStarts };
}
