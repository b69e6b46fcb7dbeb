/** For tests only: the ranking as its definition says it, over all documents, without any index structure. */
import { parseQuery } from "../query/parse.ts";
import type { Clause } from "../query/parsed-query.ts";
import { FEEDBACK, type FeedbackStrength, feedbackStrength } from "../rank/feedback.ts";
import { B, idf, K1 } from "../rank/formula.ts";
import type { IndexedDocument, Schema } from "../schema.ts";
import { type Layout, layoutOf } from "../segment/layout.ts";
import { analyze } from "../text/analyze.ts";
import { STOP_WORDS } from "../text/stop-words.ts";
import { wordStem } from "../text/word-stem.ts";

type Read = { id: string; lines: string[][]; counts: Map<string, number[]>; length: number; title: string };
type Scored = { read: Read; at: number; score: number };

const key = (score: number): number => Math.round(score * 2 ** 20);

/** Text fields only; no typos, no question frames. */
export class SlowReference {
  readonly #schema: Schema;
  readonly #layout: Layout;
  #documents: Read[] = [];
  #documentsWith = new Map<string, number>();
  #average = 1;

  constructor(schema: Schema) {
    this.#schema = schema;
    this.#layout = layoutOf(schema);
  }

  upsert(documents: readonly IndexedDocument[]): void {
    this.remove(documents.map((document) => document.id));
    for (const document of documents) this.#documents.push(this.#read(document));
    this.#count();
  }

  remove(ids: readonly string[]): void {
    const gone = new Set(ids);
    this.#documents = this.#documents.filter((document) => !gone.has(document.id));
    this.#count();
  }

  #count(): void {
    const length = this.#documents.reduce((sum, document) => sum + document.length, 0);
    this.#average = Math.max(1, length / Math.max(1, this.#documents.length));
    this.#documentsWith = new Map();
    for (const read of this.#documents) {
      for (const term of read.counts.keys()) this.#documentsWith.set(term, (this.#documentsWith.get(term) ?? 0) + 1);
    }
  }

  #read(document: IndexedDocument): Read {
    const { textFields, weights } = this.#layout;
    const read: Read = { id: document.id, lines: [], counts: new Map(), length: 0, title: "" };
    textFields.forEach((name, field) => {
      const line: string[] = [];
      for (const word of analyze((document.fields[name] ?? "") as string)) {
        line.push(word.stem);
        for (const term of [word.stem, ...word.extras]) {
          const counts = read.counts.get(term) ?? textFields.map(() => 0);
          counts[field] += 1;
          read.counts.set(term, counts);
        }
        if (field === 0) read.title += `${word.stem} `;
      }
      read.lines.push(line);
      read.length += weights[field] * line.length;
    });
    read.length = Math.round(read.length);
    return read;
  }

  search(text: string): { id: string; score: number }[] {
    const parsed = parseQuery(text, this.#schema);
    const total = this.#documents.length;
    const average = this.#average;
    const documentsWith = this.#documentsWith;
    const saturation = (read: Read, term: string): number => {
      const counts = read.counts.get(term);
      if (counts === undefined) return 0;
      let frequency = 0;
      counts.forEach((count, field) => {
        frequency += this.#layout.weights[field] * Math.min(this.#layout.caps[field], count);
      });
      return frequency / (frequency + K1 * (1 - B + (B * read.length) / average));
    };
    const weights = this.#weights(parsed.clauses, documentsWith);
    for (const [term, weight] of weights.terms)
      weights.terms.set(term, weight * idf(documentsWith.get(term) as number, total));
    const ceiling = [...weights.terms.values()].reduce((sum, weight) => sum + weight, 0);
    const title = `${analyze(text)
      .map((word) => word.stem)
      .join(" ")} `;
    let scored: Scored[] = [];
    this.#documents.forEach((read, at) => {
      if (
        !parsed.clauses.every(
          (clause) => clause.occur === "should" || this.#holds(read, clause) === (clause.occur === "must"),
        )
      )
        return;
      let score = 0;
      for (const [term, weight] of weights.terms) score += weight * saturation(read, term);
      if (score > 0 || read.title === title) scored.push({ read, at, score });
    });
    scored.sort(order);
    const named = new Set(scored.filter((one) => one.read.title === title).map((one) => one.at));
    scored = this.#feedback(scored, weights.content, ceiling, feedbackStrength(named), saturation);
    for (const one of scored) if (named.has(one.at)) one.score += 1 + ceiling;
    return scored.sort(order).map(({ read, score }) => ({ id: read.id, score }));
  }

  #weights(
    clauses: readonly Clause[],
    documentsWith: ReadonlyMap<string, number>,
  ): { terms: Map<string, number>; content: number } {
    const all = new Map<string, { weight: number; isContent: boolean; isWord: boolean }>();
    for (const clause of clauses) {
      if (clause.occur === "mustNot") continue;
      for (const word of clause.words) {
        const isContent = !STOP_WORDS.has(word.form);
        const known = all.get(word.stem);
        if (known?.isWord === true) known.weight += 1;
        else all.set(word.stem, { weight: 1, isContent, isWord: true });
        for (const extra of word.extras) if (!all.has(extra)) all.set(extra, { weight: 0.5, isContent, isWord: false });
      }
    }
    const found = [...all].filter(([term]) => documentsWith.has(term));
    const content = found.filter(([, wish]) => wish.isContent);
    const used = content.length > 0 ? content : found;
    return {
      terms: new Map(used.map(([term, wish]) => [term, wish.weight])),
      content: content.filter(([, wish]) => wish.isWord).length,
    };
  }

  #holds(read: Read, clause: Clause): boolean {
    const stems = clause.words.map((word) => word.stem);
    const fields =
      clause.field === null ? read.lines.map((_, field) => field) : [this.#layout.textFields.indexOf(clause.field)];
    if (stems.length === 1) return fields.some((field) => (read.counts.get(stems[0])?.[field] ?? 0) > 0);
    return fields.some((field) => ` ${read.lines[field].join(" ")} `.includes(` ${stems.join(" ")} `));
  }

  #feedback(
    scored: Scored[],
    content: number,
    ceiling: number,
    strength: FeedbackStrength,
    saturation: (read: Read, term: string) => number,
  ): Scored[] {
    const documentsWith = this.#documentsWith;
    if (content < FEEDBACK.contentWordsMin || scored.length < 2 || scored[0].score <= 0) return scored;
    const top = scored.slice(0, FEEDBACK.documents);
    const shares = top.map((one, rank) => one.score / top[0].score / (rank + 1));
    const total = shares.reduce((sum, share) => sum + share, 0);
    const empty = new Set([...[...STOP_WORDS].map(wordStem), ..."abcdefghijklmnopqrstuvwxyz0123456789"]);
    const evidence = new Map<string, number>();
    top.forEach(({ read }, rank) => {
      for (const term of read.counts.keys())
        evidence.set(term, (evidence.get(term) ?? 0) + (shares[rank] / total) * saturation(read, term));
    });
    const live = this.#documents.length;
    const most = Math.max(FEEDBACK.documentsMin, live * FEEDBACK.collectionShareMax);
    const ranked = [...evidence]
      .filter(([term]) => !empty.has(term))
      .filter(
        ([term]) =>
          (documentsWith.get(term) as number) >= FEEDBACK.documentsMin && (documentsWith.get(term) as number) <= most,
      )
      .map(([term, value]): [string, number] => [term, value * idf(documentsWith.get(term) as number, live)])
      .sort((a, b) => (Math.abs(a[1] - b[1]) <= 1e-12 * a[1] ? (a[0] < b[0] ? -1 : 1) : b[1] - a[1]))
      .slice(0, FEEDBACK.terms);
    const sum = ranked.reduce((value, [, weight]) => value + weight, 0);
    if (sum === 0) return scored;
    return scored.map((one, rank) => {
      let score = (1 - strength.weight) * one.score;
      if (rank < strength.window)
        for (const [term, weight] of ranked)
          score += ((strength.weight * ceiling * weight) / sum) * saturation(one.read, term);
      return { ...one, score };
    });
  }
}

function order(a: Scored, b: Scored): number {
  return key(b.score) - key(a.score) || a.at - b.at;
}
