/** Sums by term number while the best documents are read; kept between searches, cleared in the time it was filled. */

const SLOTS_MIN = 2048;
/** Knuth's multiplier: neighbouring numbers go to distant slots. */
const SPREAD = 0x9e3779b1;

/** Open addressing, at most half full. */
export class Evidence {
  /** Terms that have a sum, in the order they came. */
  numbers = new Int32Array(SLOTS_MIN / 2);
  /** The sum of each, at the same place. */
  sums = new Float64Array(SLOTS_MIN / 2);
  count = 0;
  /** Place + 1 of the term in a slot, 0 for none. */
  #places = new Int32Array(SLOTS_MIN);
  #shift = Math.clz32(SLOTS_MIN) + 1;

  clear(): void {
    // The last first: each is looked for past terms that came before it and are still there.
    for (let place = this.count - 1; place >= 0; place -= 1) this.#places[this.#slotOf(this.numbers[place])] = 0;
    this.count = 0;
  }

  /** Makes room for so many terms more. */
  reserve(more: number): void {
    if (this.count + more <= this.numbers.length) return;
    let slots = this.#places.length;
    while (slots < 2 * (this.count + more)) slots *= 2;
    const { numbers, sums } = this;
    this.numbers = new Int32Array(slots / 2);
    this.numbers.set(numbers.subarray(0, this.count));
    this.sums = new Float64Array(slots / 2);
    this.sums.set(sums.subarray(0, this.count));
    this.#places = new Int32Array(slots);
    this.#shift = Math.clz32(slots) + 1;
    for (let place = 0; place < this.count; place += 1) this.#places[this.#slotOf(this.numbers[place])] = place + 1;
  }

  /** Within what was reserved. */
  add(number: number, value: number): void {
    const slot = this.#slotOf(number);
    const place = this.#places[slot] - 1;
    if (place >= 0) {
      this.sums[place] += value;
      return;
    }
    this.numbers[this.count] = number;
    this.sums[this.count] = value;
    this.count += 1;
    this.#places[slot] = this.count;
  }

  /** The slot of a term, or the free one where it belongs. */
  #slotOf(number: number): number {
    const places = this.#places;
    const mask = places.length - 1;
    let slot = Math.imul(number, SPREAD) >>> this.#shift;
    while (places[slot] !== 0 && this.numbers[places[slot] - 1] !== number) slot = (slot + 1) & mask;
    return slot;
  }
}
