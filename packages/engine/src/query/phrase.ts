/** Whether words stand side by side in a document. */
import type { Layout } from "../segment/layout.ts";
import type { Segment } from "../segment/segment.ts";

/** The words of the document looked at last; phrases are looked for in many documents one after the other. */
let line: Int32Array = new Int32Array(1024);

/** @param terms  numbers of the words in the segment; `field` is the number of a text field, or -1 for any */
export function phraseInText(
  layout: Layout,
  segment: Segment,
  document: number,
  terms: readonly number[],
  field: number,
): boolean {
  const fields = layout.textFields.length;
  // Fields behind the wanted one need not be read.
  const read = field < 0 ? fields : field + 1;
  line = segment.readLine(document, read, line);
  let from = 0;
  for (let at = 0; at < read; at += 1) {
    const length = segment.fieldLengths[document * fields + at];
    if (field < 0 || field === at) {
      for (let first = from; first + terms.length <= from + length; first += 1) {
        let same = 0;
        while (same < terms.length && line[first + same] === terms[same]) same += 1;
        if (same === terms.length) return true;
      }
    }
    from += length;
  }
  return false;
}

/** Whether one name of the document has all these words ("Ada Lund" and "Lund, Ada" are the same). */
export function phraseInName(segment: Segment, document: number, field: number, forms: readonly string[]): boolean {
  const { entries, to } = segment.bag(document);
  const prefix = `\u0003${String.fromCharCode(48 + field)}`;
  const end = `\u0003${String.fromCharCode(49 + field)}`;
  const low = segment.dictionary.lowerBound(prefix);
  const high = segment.dictionary.lowerBound(end);
  for (let at = 0; at < to; at += 1) {
    const term = entries[at] & 0xffffff;
    if (term >= high) break;
    if (term < low) continue;
    const words = segment.dictionary.key(term).slice(2).split(" ");
    if (forms.every((form) => words.includes(form))) return true;
  }
  return false;
}
