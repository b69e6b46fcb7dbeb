/** Counts kept up to date change by change are those of counting anew. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { allocatePlain } from "../segment/bytes.ts";
import { layoutOf } from "../segment/layout.ts";
import { isLive, type SnapshotPart } from "../snapshot.ts";
import { LiveSegments } from "./live-segments.ts";

const layout = layoutOf({ fields: { title: { weight: 2 } } });
const WORDS = "kelp moss fern reed oak ash elm fir yew larch".split(" ");

function countAnew(parts: readonly SnapshotPart[]): Map<number, number> {
  const counts = new Map<number, number>();
  for (const { segment, tombstones, toGlobal } of parts) {
    for (let document = 0; document < segment.documents; document += 1) {
      if (!isLive(tombstones, document)) continue;
      const { entries, to } = segment.bag(document);
      for (let at = 0; at < to; at += 1) {
        const term = entries[at] & 0xffffff;
        const number = toGlobal === null ? term : toGlobal[term];
        counts.set(number, (counts.get(number) ?? 0) + 1);
      }
    }
  }
  return counts;
}

const document = fc.record({
  id: fc.integer({ min: 0, max: 60 }),
  words: fc.array(fc.nat({ max: WORDS.length - 1 }), { maxLength: 6 }),
});
const step = fc.record({
  upserts: fc.uniqueArray(document, { maxLength: 12, selector: ({ id }) => id }),
  removals: fc.array(fc.integer({ min: 0, max: 60 }), { maxLength: 4 }),
  merges: fc.boolean(),
  takesBack: fc.boolean(),
  isAsked: fc.boolean(),
});

it("are those of counting anew, whatever comes, goes, is merged or taken back", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 14 }), (steps) => {
      const segments = new LiveSegments(layout, allocatePlain);
      /** What a reader has that is told of changes only. */
      const told: number[] = [];
      for (const { upserts, removals, merges, takesBack, isAsked } of steps) {
        const before = segments.segments;
        const documents = upserts.map(({ id, words }) => ({
          id: `d${id}`,
          fields: { title: words.map((word) => WORDS[word]).join(" ") },
        }));
        segments.apply(
          documents,
          removals.map((id) => `d${id}`),
        );
        if (isAsked) segments.snapshotParts();
        if (takesBack) segments.restore(before);
        if (merges) while (segments.mergeOnce());
        const { parts, terms, documents: counts } = segments.snapshotParts();
        const changes = segments.takeCountChanges();
        if ("all" in changes) changes.all.forEach((count, term) => (told[term] = count));
        else changes.terms.forEach((term, at) => (told[term] = changes.documents[at]));
        const anew = countAnew(parts);
        for (let term = 0; term < terms; term += 1)
          expect([counts[term], told[term]]).toEqual([anew.get(term) ?? 0, anew.get(term) ?? 0]);
      }
    }),
    { numRuns: 150 },
  );
});
