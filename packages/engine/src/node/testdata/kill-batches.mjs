/** The batches of the kill test, made from their number alone, and what must be there after each. */

export const KILL_SCHEMA = { fields: { title: { weight: 2.5 }, abstract: { weight: 1 } } };

const IDS = 300;
const BATCH = 20;

/** A word that stands in one version of one document only; letters, so that no rule splits it. */
function wordOf(revision, place) {
  const letters = (number) => [...String(number)].map((digit) => "bcdfghjklm"[Number(digit)]).join("");
  return `zo${letters(revision)}qu${letters(place)}`;
}

/** @param revision  1, 2, 3 … */
export function batchOf(revision) {
  const upserts = Array.from({ length: BATCH }, (_, place) => ({
    id: `paper-${(revision * 7 + place * 11) % IDS}`,
    fields: { title: `${wordOf(revision, place)} and other words`, abstract: "many small words about nothing in particular ".repeat(12) },
  }));
  return { upserts, removals: [`paper-${(revision * 13) % IDS}`], revision };
}

/** @returns id → its word, for the documents that live after `revision` */
export function survivors(revision) {
  const alive = new Map();
  for (let at = 1; at <= revision; at += 1) {
    const { upserts, removals } = batchOf(at);
    upserts.forEach(({ id }, place) => alive.set(id, wordOf(at, place)));
    for (const id of removals) alive.delete(id);
  }
  return alive;
}
