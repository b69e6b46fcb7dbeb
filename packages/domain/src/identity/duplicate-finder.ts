/** Pairs of one work among very many records, without comparing each with each. */
import { familyNames } from "./author-match.ts";
import { bandKeys } from "./min-hash.ts";
import { type Judgement, judgePair, sketchWork, type WorkSketch, type WorkText } from "./same-work.ts";
import { hashText, mix } from "./shingles.ts";

/** Records under one key beyond which the key tells nothing ("Introduction"): each is compared with its neighbours only. */
const BLOCK_MAX = 40;
const NEIGHBOURS = 8;
/** Main titles this short ("BERT") are no key by themselves. */
const MAIN_TITLE_CHARS_MIN = 8;
/** 2²¹: times a key of 32 bits it is the largest whole number that a double holds. */
const RECORDS_MAX = 2_097_152;
const PROGRESS_STEPS = 100;
const AUTHORS_KEYED = 3;
const TITLE_WORD_CHARS_MIN = 4;

export type DuplicatePair = Judgement & { first: string; second: string };

/**
 * Keys under which two records of one work meet: the title, the part before its subtitle, a family name with words of the
 * title, and bands of the abstract's min-hash. 32 bits each; different kinds of keys never meet but by accident.
 */
export function candidateKeys(sketch: WorkSketch): number[] {
  const keys = [hashText(`t ${sketch.titleKey}`)];
  // Whoever has no subtitle is found by the one who has.
  for (const main of sketch.mains) {
    const key = main.replaceAll(" ", "");
    if (key.length >= MAIN_TITLE_CHARS_MIN) keys.push(hashText(`t ${key}`));
  }
  const words = tellingWords(sketch.title);
  const names = familyNames(sketch.authors);
  for (const name of new Set([...names.slice(0, AUTHORS_KEYED), ...names.slice(-1)])) {
    for (const word of words) keys.push(hashText(`a ${name} ${word}`));
  }
  if (sketch.abstract !== null) for (const key of bandKeys(sketch.abstract.shingles)) keys.push(key);
  return keys;
}

/** Two pairs of words, chosen by hash: titles that differ in a word mostly choose one of them alike. */
function tellingWords(title: string): string[] {
  const words = [...new Set(title.split(" ").filter((word) => word.length >= TITLE_WORD_CHARS_MIN))];
  const chosen = words.map((word) => [mix(hashText(word)), word] as const).sort(([a], [b]) => a - b);
  if (chosen.length < 2) return words;
  return [`${chosen[0]![1]} ${chosen[1]![1]}`, `${chosen.at(-1)![1]} ${chosen.at(-2)![1]}`];
}

export type DuplicateFinder = {
  /** @returns how many records there are now */
  add(id: string, work: WorkText): number;
  /** Pairs that are `same` or `likely`, surest first; each once. Calls back now and then with the share that is done. */
  find(onProgress?: (done: number) => void): DuplicatePair[];
};

export function createDuplicateFinder(): DuplicateFinder {
  const ids: string[] = [];
  const sketches: WorkSketch[] = [];
  /** Key and owner in one number, so that sorting them groups the owners of a key. */
  const keyed: number[] = [];
  return {
    add(id, work) {
      if (ids.length === RECORDS_MAX) throw new RangeError(`more than ${RECORDS_MAX} records`);
      const sketch = sketchWork(work);
      for (const key of candidateKeys(sketch)) keyed.push(key * RECORDS_MAX + ids.length);
      sketches.push(sketch);
      return ids.push(id);
    },
    find(onProgress = () => undefined) {
      const pairs: DuplicatePair[] = [];
      forEachCandidate(Float64Array.from(keyed), onProgress, (a, b) => {
        const judgement = judgePair(sketches[a]!, sketches[b]!);
        if (judgement.verdict !== "different") pairs.push({ first: ids[a]!, second: ids[b]!, ...judgement });
      });
      return pairs.sort(bySureness);
    },
  };
}

const bySureness = (a: DuplicatePair, b: DuplicatePair) =>
  Number(b.verdict === "same") - Number(a.verdict === "same") ||
  (b.evidence.abstract ?? 0) - (a.evidence.abstract ?? 0) ||
  (`${a.first} ${a.second}` < `${b.first} ${b.second}` ? -1 : 1);

/** Every two records that share a key, once. */
function forEachCandidate(
  keyed: Float64Array,
  onProgress: (done: number) => void,
  visit: (a: number, b: number) => void,
): void {
  keyed.sort();
  const seen = new Set<number>();
  const step = Math.max(1, Math.floor(keyed.length / PROGRESS_STEPS));
  let reportAt = step;
  for (let from = 0, to = 0; from < keyed.length; from = to) {
    const key = Math.floor(keyed[from]! / RECORDS_MAX);
    for (to = from + 1; to < keyed.length && Math.floor(keyed[to]! / RECORDS_MAX) === key; ) to++;
    const reach = to - from > BLOCK_MAX ? NEIGHBOURS : BLOCK_MAX;
    for (let i = from; i < to; i++) {
      for (let j = i + 1; j < to && j <= i + reach; j++) visitOnce(keyed[i]! % RECORDS_MAX, keyed[j]! % RECORDS_MAX);
    }
    if (to < reportAt) continue;
    onProgress(to / keyed.length);
    reportAt = to + step;
  }

  function visitOnce(a: number, b: number): void {
    const pair = a * RECORDS_MAX + b;
    if (a === b || seen.has(pair)) return;
    seen.add(pair);
    visit(a, b);
  }
}
