/** Writes the living documents of several segments into one, in their order. */
import type { IndexedDocument } from "../schema.ts";
import type { Allocate } from "../segment/bytes.ts";
import type { Layout } from "../segment/layout.ts";
import type { Segment } from "../segment/segment.ts";
import { assembleSegment, type SegmentContent } from "../segment/segment-writer.ts";
import { isLive, type Tombstones } from "../snapshot.ts";

export type MergePart = { segment: Segment; tombstones: Tombstones | null };

/** @returns the bytes of the new segment; the same documents built afresh give the same scores */
export function mergeSegments(parts: readonly MergePart[], layout: Layout, allocate: Allocate): Uint8Array {
  const fields = layout.textFields.length;
  const living = parts.map(livingDocuments);
  let documents = 0;
  let bagTotal = 0;
  let tokenTotal = 0;
  parts.forEach(({ segment }, at) => {
    const { bagStarts } = segment.parts.tables;
    for (const document of living[at]) {
      documents += 1;
      bagTotal += bagStarts[document + 1] - bagStarts[document];
      for (let field = 0; field < fields; field += 1) tokenTotal += segment.fieldLengths[document * fields + field];
    }
  });
  const target: Target = {
    keys: [],
    shown: [],
    ids: [],
    facets: [],
    bagTerms: new Int32Array(bagTotal),
    bagCodes: new Int32Array(bagTotal),
    bagEnds: new Int32Array(documents),
    tokens: new Int32Array(tokenTotal),
    fieldLengths: new Int32Array(documents * fields),
    numbers: new Map(),
    bagAt: 0,
    tokenAt: 0,
  };
  parts.forEach(({ segment }, at) => copyDocuments(segment, living[at], layout, target));
  return assembleSegment(target, layout, allocate);
}

type Target = SegmentContent & {
  keys: string[];
  shown: string[];
  ids: string[];
  facets: NonNullable<IndexedDocument["facets"]>[];
  numbers: Map<string, number>;
  bagAt: number;
  tokenAt: number;
};

function livingDocuments({ segment, tombstones }: MergePart): number[] {
  const documents: number[] = [];
  for (let document = 0; document < segment.documents; document += 1)
    if (isLive(tombstones, document)) documents.push(document);
  return documents;
}

function copyDocuments(segment: Segment, living: readonly number[], layout: Layout, target: Target): void {
  const fields = layout.textFields.length;
  const { bags, bagStarts } = segment.parts.tables;
  const { codes } = segment.meta;
  const numbers = numberTerms(segment, living, target);
  for (const document of living) {
    const place = target.ids.length;
    target.ids.push(segment.id(document));
    target.facets.push(facetsOf(segment, document, layout));
    const start = bagStarts[document];
    for (let at = start; at < bagStarts[document + 1]; at += 1) {
      target.bagTerms[target.bagAt] = numbers[bags[at] & 0xffffff];
      target.bagCodes[target.bagAt] = codes[bags[at] >>> 24];
      target.bagAt += 1;
    }
    target.bagEnds[place] = target.bagAt;
    for (const token of segment.tokens(document, fields))
      target.tokens[target.tokenAt++] = numbers[bags[start + token] & 0xffffff];
    for (let field = 0; field < fields; field += 1) {
      target.fieldLengths[place * fields + field] = segment.fieldLengths[document * fields + field];
    }
  }
}

/** New numbers for the terms that living documents hold; the others are left behind. */
function numberTerms(segment: Segment, living: readonly number[], target: Target): Int32Array {
  const { bags, bagStarts } = segment.parts.tables;
  const numbers = new Int32Array(segment.terms).fill(-1);
  for (const document of living)
    for (let at = bagStarts[document]; at < bagStarts[document + 1]; at += 1) numbers[bags[at] & 0xffffff] = 0;
  segment.dictionary.walkShown((key, shown, term) => {
    if (numbers[term] < 0) return;
    let number = target.numbers.get(key);
    if (number === undefined) {
      number = target.keys.length;
      target.numbers.set(key, number);
      target.keys.push(key);
      target.shown.push(shown);
    }
    numbers[term] = number;
  });
  return numbers;
}

function facetsOf(segment: Segment, document: number, layout: Layout): NonNullable<IndexedDocument["facets"]> {
  const facets: Record<string, number | boolean | string | readonly string[]> = {};
  layout.facets.forEach((name, index) => {
    const value = segment.facets[index].value(document);
    if (value !== undefined && value !== false) facets[name] = value;
  });
  return facets;
}
