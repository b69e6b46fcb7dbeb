/** Why a document has its score: the same run again, with every summand written down. */
import { parseQuery } from "../query/parse.ts";
import type { ParsedQuery } from "../query/parsed-query.ts";
import { saturation } from "../rank/score-tables.ts";
import { admits } from "../rank/window.ts";
import type { Explanation, ScorePart, SearchOptions } from "../search-types.ts";
import { fromCode } from "../segment/codes.ts";
import { isTextKey } from "../segment/term-keys.ts";
import type { SegmentView, Snapshot } from "../snapshot.ts";
import { type Run, runQuery, termScore } from "./run.ts";

export function explainSnapshot(
  snapshot: Snapshot,
  query: string | ParsedQuery,
  id: string,
  options: Pick<SearchOptions, "filters"> = {},
): Explanation | null {
  const parsed = typeof query === "string" ? parseQuery(query, snapshot.layout.schema) : query;
  const found = snapshot.locate(id);
  if (found === null) return null;
  const run = runQuery(snapshot, parsed, [...parsed.filters, ...(options.filters ?? [])], 1, true);
  const { view, document } = found;
  if (!admits(run.admitted[snapshot.views.indexOf(view)], document)) return null;
  const number = view.base + document;
  const parts = [...wordParts(snapshot, run, view, document), ...feedbackParts(run, view, document)];
  if (run.exact.has(number)) parts.push({ kind: "exact", text: parsed.text, value: run.bonus });
  if (parts.length === 0) return null;
  let score = 0;
  for (const part of parts) score += part.value;
  return { id, score, parts: parts.sort((a, b) => b.value - a.value) };
}

function wordParts(snapshot: Snapshot, run: Run, view: SegmentView, document: number): ScorePart[] {
  const parts: ScorePart[] = [];
  for (const term of run.plan.terms) {
    const value = run.share * termScore(snapshot, view, term, document);
    if (value === 0) continue;
    const rank = view.segment.rankIn(document, term.numbers[snapshot.views.indexOf(view)]);
    parts.push({ kind: term.kind, text: term.text, value, occurrences: occurrences(snapshot, view, term, rank) });
  }
  return parts;
}

function occurrences(
  snapshot: Snapshot,
  view: SegmentView,
  term: { key: string; field: string | null },
  rank: number,
): Record<string, number> {
  const raw = view.segment.meta.codes[rank];
  if (!isTextKey(term.key)) return { [term.field ?? ""]: raw };
  const counts = fromCode(raw, snapshot.layout.caps);
  return Object.fromEntries(
    snapshot.layout.textFields.map((name, field) => [name, counts[field]]).filter(([, count]) => count !== 0),
  );
}

/** Only candidates inside the window were scored a second time. */
function feedbackParts(run: Run, view: SegmentView, document: number): ScorePart[] {
  if (run.feedback.length === 0 || !run.window.has(view.base + document)) return [];
  const numbers = new Map(run.feedback.map((term) => [term.number, term.weight]));
  const { entries, to } = view.segment.bag(document);
  const found: { term: number; rank: number; weight: number }[] = [];
  for (let at = 0; at < to; at += 1) {
    const term = entries[at] & 0xffffff;
    const weight = numbers.get(view.toGlobal === null ? term : view.toGlobal[term]);
    if (weight !== undefined) found.push({ term, rank: entries[at] >>> 24, weight });
  }
  const words = new ShownWords(run, view, document);
  return found.map(({ term, rank, weight }) => ({
    kind: "feedback",
    text: words.of(term),
    value: weight * saturation(view.scoring.text, rank, document),
  }));
}

/** Words in a row that are written as one ("state-of-the-art"). */
const COMPOUND_WORDS_MAX = 4;

/** Terms as somebody reads them: the reader's word, else a word of the paper; of a compound the words it is made of. */
class ShownWords {
  readonly #view: SegmentView;
  readonly #typed: ReadonlyMap<string, string>;
  readonly #line: Int32Array;
  readonly #forms = new Map<number, string>();

  constructor(run: Run, view: SegmentView, document: number) {
    const fields = view.segment.meta.caps.length;
    let words = 0;
    for (let field = 0; field < fields; field += 1) words += view.segment.fieldLengths[document * fields + field];
    this.#view = view;
    this.#typed = new Map(run.plan.terms.map((term) => [term.key, term.text]));
    this.#line = view.segment.readLine(document, fields).subarray(0, words);
  }

  of(term: number): string {
    const key = this.#view.segment.dictionary.key(term);
    return this.#typed.get(key) ?? (this.#line.includes(term) ? this.#form(term) : this.#compound(key));
  }

  #form(term: number): string {
    const known = this.#forms.get(term);
    if (known !== undefined) return known;
    const form = this.#view.segment.dictionary.shown(term);
    this.#forms.set(term, form);
    return form;
  }

  /** The term is the stem of neighbours put together; where no neighbours are, it is shown as it is. */
  #compound(key: string): string {
    for (let first = 0; first < this.#line.length; first += 1) {
      let joined = "";
      const parts: string[] = [];
      for (let at = first; at < Math.min(this.#line.length, first + COMPOUND_WORDS_MAX); at += 1) {
        const form = this.#form(this.#line[at]);
        parts.push(form);
        joined += form.toLowerCase();
        if (parts.length > 1 && joined.startsWith(key)) return parts.join("-");
        if (!key.startsWith(joined)) break;
      }
    }
    return key;
  }
}
