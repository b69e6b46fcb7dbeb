/** The best documents seen so far, in a heap with the worst on top. */

/** Scores are compared in steps of 2^-20, so that the order does not hang on the order of additions. */
const STEPS = 2 ** 20;
export const SCORE_STEP = 1 / STEPS;
/** Room kept between searches; a deeper search makes its own. */
const KEPT_MAX = 4_096;

export function scoreKey(score: number): number {
  return Math.round(score * STEPS);
}

/** Keeps `limit` documents: higher score first, equal scores by lower document number. Made once, used again. */
export class BestDocuments {
  #limit = 0;
  #count = 0;
  #keys = new Float64Array(0);
  #scores = new Float64Array(0);
  #documents = new Int32Array(0);
  /** Only documents whose score is above this can still get in; -1 while there is room. */
  needed = -1;

  /** Forgets all documents. @param limit  at least 1 */
  begin(limit: number): void {
    this.#limit = limit;
    this.#count = 0;
    this.needed = -1;
    const room = this.#keys.length;
    if (room >= limit && (room <= KEPT_MAX || limit > KEPT_MAX)) return;
    this.#keys = new Float64Array(limit);
    this.#scores = new Float64Array(limit);
    this.#documents = new Int32Array(limit);
  }

  /** @param document  numbers must come in ascending order: of equal scores the earlier one stays */
  add(document: number, score: number): void {
    if (score <= this.needed) return;
    const key = scoreKey(score);
    if (this.#count < this.#limit) {
      this.#rise(this.#count, key, score, document);
      this.#count += 1;
      if (this.#count === this.#limit) this.#setNeeded();
    } else if (key > this.#keys[0]) {
      this.#sink(key, score, document);
      this.#setNeeded();
    }
  }

  /** A quarter of a step: whatever is rounded up to the next key is above it, whatever else is not. */
  #setNeeded(): void {
    this.needed = (this.#keys[0] + 0.25) / STEPS;
  }

  #place(at: number, key: number, score: number, document: number): void {
    this.#keys[at] = key;
    this.#scores[at] = score;
    this.#documents[at] = document;
  }

  #move(from: number, to: number): void {
    this.#place(to, this.#keys[from], this.#scores[from], this.#documents[from]);
  }

  /** Puts a document into the free place `from` or above it. It has the highest number, so it is the worst of its equals. */
  #rise(from: number, key: number, score: number, document: number): void {
    let at = from;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (this.#keys[parent] < key) break;
      this.#move(parent, at);
      at = parent;
    }
    this.#place(at, key, score, document);
  }

  /** Puts a document in the place of the worst. */
  #sink(key: number, score: number, document: number): void {
    const keys = this.#keys;
    const documents = this.#documents;
    const count = this.#count;
    let at = 0;
    for (let child = 1; child < count; child = 2 * at + 1) {
      const right = child + 1;
      if (
        right < count &&
        (keys[right] < keys[child] || (keys[right] === keys[child] && documents[right] > documents[child]))
      )
        child = right;
      // An equal child has the lower number and is better.
      if (keys[child] >= key) break;
      this.#move(child, at);
      at = child;
    }
    this.#place(at, key, score, document);
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
