/** A small repeatable source of randomness for tests of significance and for drawing queries. */

/** Gives the next number, 0 ≤ x < 1. */
export type Random = () => number;

/**
 * The same seed gives the same numbers on every machine. Not for secrets.
 * @param seed whole number, its lowest 32 bits count
 * @source Steele, Lea, Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014, in 32 bits: a counter with
 *   the golden ratio as step, mixed by two multiplications (constants found by C. Wellons, hash-prospector)
 */
export function seededRandom(seed: number): Random {
  let state = seed | 0;
  return () => {
    state = (state + 0x9e3779b9) | 0;
    let bits = state ^ (state >>> 16);
    bits = Math.imul(bits, 0x21f0aaad);
    bits ^= bits >>> 15;
    bits = Math.imul(bits, 0x735a2d97);
    bits ^= bits >>> 15;
    return (bits >>> 0) / 0x1_0000_0000;
  };
}
