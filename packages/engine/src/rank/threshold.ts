/** What a document must be worth to be among the best: the lowest of the `limit` highest worths known so far. */

/** A heap with the lowest on top. Made once, used again. */
export class Threshold {
  #limit = 0;
  #count = 0;
  #heap = new Int32Array(64);
  /** Only what is worth more can still get in; -1 while there is room. */
  needed = -1;
  #slack = 0;

  /** @param slack  `needed` stays so much below the lowest, and at least at 0 */
  begin(limit: number, slack: number): void {
    this.#limit = limit;
    this.#slack = slack;
    this.#count = 0;
    this.needed = -1;
  }

  offer(worth: number): void {
    if (this.#count < this.#limit) {
      this.#rise(worth);
      if (this.#count === this.#limit) this.#setNeeded();
    } else if (worth > this.#heap[0]) {
      this.#sink(worth);
      this.#setNeeded();
    }
  }

  #setNeeded(): void {
    this.needed = Math.max(0, this.#heap[0] - this.#slack);
  }

  #rise(worth: number): void {
    if (this.#count === this.#heap.length) {
      const larger = new Int32Array(this.#count * 2);
      larger.set(this.#heap);
      this.#heap = larger;
    }
    const heap = this.#heap;
    let at = this.#count;
    this.#count += 1;
    while (at > 0) {
      const parent = (at - 1) >> 1;
      if (heap[parent] <= worth) break;
      heap[at] = heap[parent];
      at = parent;
    }
    heap[at] = worth;
  }

  #sink(worth: number): void {
    const heap = this.#heap;
    const count = this.#count;
    let at = 0;
    for (let child = 1; child < count; child = 2 * at + 1) {
      if (child + 1 < count && heap[child + 1] < heap[child]) child += 1;
      if (heap[child] >= worth) break;
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = worth;
  }
}
