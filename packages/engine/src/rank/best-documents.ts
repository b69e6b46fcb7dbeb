/** The best documents seen so far, in a heap with the worst on top. */

/** Scores are compared in steps of 2^-20, so that the order does not hang on the order of additions. */
const STEPS = 2 ** 20;
/** Differences below this are noise of floating point sums. */
export const SCORE_NOISE = 1e-9;

export function scoreKey(score: number): number {
  return Math.round(score * STEPS);
}

/** Keeps `limit` documents: higher score first, equal scores by lower document number. */
export class BestDocuments {
  readonly #limit: number;
  readonly #keys: Float64Array;
  readonly #scores: Float64Array;
  readonly #documents: Int32Array;
  #count = 0;

  constructor(limit: number) {
    this.#limit = limit;
    this.#keys = new Float64Array(limit);
    this.#scores = new Float64Array(limit);
    this.#documents = new Int32Array(limit);
  }

  /** Only documents whose score is above this can still get in; -1 while there is room. */
  get needed(): number {
    return this.#count < this.#limit ? -1 : this.#keys[0] / STEPS - 1 / STEPS;
  }

  /** @param document  numbers must come in ascending order: of equal scores the earlier one stays */
  add(document: number, score: number): void {
    const key = scoreKey(score);
    if (this.#count < this.#limit) {
      this.#place(this.#count, key, score, document);
      this.#rise(this.#count);
      this.#count += 1;
    } else if (key > this.#keys[0]) {
      this.#place(0, key, score, document);
      this.#sink();
    }
  }

  #place(at: number, key: number, score: number, document: number): void {
    this.#keys[at] = key;
    this.#scores[at] = score;
    this.#documents[at] = document;
  }

  /** True if `a` is worse than `b` and belongs nearer to the top of the heap. */
  #worse(a: number, b: number): boolean {
    return (
      this.#keys[a] < this.#keys[b] || (this.#keys[a] === this.#keys[b] && this.#documents[a] > this.#documents[b])
    );
  }

  #swap(a: number, b: number): void {
    const key = this.#keys[a];
    const score = this.#scores[a];
    const document = this.#documents[a];
    this.#place(a, this.#keys[b], this.#scores[b], this.#documents[b]);
    this.#place(b, key, score, document);
  }

  #rise(from: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (!this.#worse(at, parent)) return;
      this.#swap(at, parent);
      at = parent;
    }
  }

  #sink(): void {
    let at = 0;
    for (;;) {
      let worst = at;
      const left = 2 * at + 1;
      if (left < this.#count && this.#worse(left, worst)) worst = left;
      if (left + 1 < this.#count && this.#worse(left + 1, worst)) worst = left + 1;
      if (worst === at) return;
      this.#swap(at, worst);
      at = worst;
    }
  }

  /** Best first. */
  list(): Candidate[] {
    const candidates: Candidate[] = [];
    for (let at = 0; at < this.#count; at += 1)
      candidates.push({ document: this.#documents[at], score: this.#scores[at] });
    return candidates.sort(byScore);
  }
}

/** A document of the snapshot with its score so far. */
export type Candidate = { document: number; score: number };

export function byScore(a: Candidate, b: Candidate): number {
  return scoreKey(b.score) - scoreKey(a.score) || a.document - b.document;
}
