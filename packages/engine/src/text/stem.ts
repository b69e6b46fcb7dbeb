/**
 * Porter2, the English stemmer of the Snowball project: "retrieval", "retrieving" → "retriev".
 * @source https://snowballstem.org/algorithms/english/stemmer.html (the algorithm as described there)
 */

const EXCEPTIONS: ReadonlyMap<string, string> = new Map([
  ["skis", "ski"],
  ["skies", "sky"],
  ["dying", "die"],
  ["lying", "lie"],
  ["tying", "tie"],
  ["idly", "idl"],
  ["gently", "gentl"],
  ["ugly", "ugli"],
  ["early", "earli"],
  ["only", "onli"],
  ["singly", "singl"],
  ["sky", "sky"],
  ["news", "news"],
  ["howe", "howe"],
  ["atlas", "atlas"],
  ["cosmos", "cosmos"],
  ["bias", "bias"],
  ["andes", "andes"],
]);

/** Words that stay as they are once the plural is gone. */
const AFTER_1A: ReadonlySet<string> = new Set([
  "inning",
  "evening",
  "outing",
  "canning",
  "herring",
  "earring",
  "proceed",
  "exceed",
  "succeed",
]);

const STEP_2: readonly (readonly [string, string])[] = [
  ["ization", "ize"],
  ["ational", "ate"],
  ["fulness", "ful"],
  ["ousness", "ous"],
  ["iveness", "ive"],
  ["tional", "tion"],
  ["biliti", "ble"],
  ["lessli", "less"],
  ["entli", "ent"],
  ["ation", "ate"],
  ["alism", "al"],
  ["aliti", "al"],
  ["ousli", "ous"],
  ["iviti", "ive"],
  ["fulli", "ful"],
  ["enci", "ence"],
  ["anci", "ance"],
  ["abli", "able"],
  ["izer", "ize"],
  ["ator", "ate"],
  ["alli", "al"],
  ["bli", "ble"],
  ["ogist", "og"],
  ["ogi", "og"],
  ["li", ""],
];
const STEP_3: readonly (readonly [string, string])[] = [
  ["ational", "ate"],
  ["tional", "tion"],
  ["alize", "al"],
  ["icate", "ic"],
  ["iciti", "ic"],
  ["ative", ""],
  ["ical", "ic"],
  ["ness", ""],
  ["ful", ""],
];
const STEP_4: readonly string[] = [
  "ement",
  "ance",
  "ence",
  "able",
  "ible",
  "ment",
  "ant",
  "ent",
  "ism",
  "ate",
  "iti",
  "ous",
  "ive",
  "ize",
  "ion",
  "al",
  "er",
  "ic",
];

/** Families that would otherwise fall together: organ/organism/organization, later/lateral, univers(e)/university. */
const REGION_PREFIXES: readonly string[] = [
  "gener",
  "commun",
  "arsen",
  "past",
  "univers",
  "later",
  "emerg",
  "organ",
  "inter",
];

const VOWEL = "aeiouy";
const isVowel = (word: string, at: number): boolean => at >= 0 && at < word.length && VOWEL.includes(word[at]);

/** @param form  a folded word; anything that is not a–z and apostrophes comes back unchanged */
export function stem(form: string): string {
  if (form.length <= 2 || !/^[a-z']+$/.test(form)) return form;
  const known = EXCEPTIONS.get(form);
  if (known !== undefined) return known;
  let word = form.replace(/^'/, "");
  word = markConsonantY(word);
  const r1 = regionOne(word);
  const r2 = regionAfter(word, r1);
  word = word.replace(/'s'?$|'$/, "");
  word = stepOneA(word);
  if (AFTER_1A.has(word)) return word;
  word = stepOneB(word, r1);
  word = stepOneC(word);
  word = stepTwo(word, r1);
  word = stepThree(word, r1, r2);
  word = stepFour(word, r2);
  return stepFive(word, r1, r2).replaceAll("Y", "y");
}

/** A y at the start or after a vowel is a consonant, written Y until the end. */
function markConsonantY(word: string): string {
  if (!word.includes("y")) return word;
  let marked = "";
  for (let at = 0; at < word.length; at += 1) {
    const consonant = word[at] === "y" && (at === 0 || VOWEL.includes(marked[at - 1]));
    marked += consonant ? "Y" : word[at];
  }
  return marked;
}

function regionOne(word: string): number {
  for (const prefix of REGION_PREFIXES) if (word.startsWith(prefix)) return prefix.length;
  return regionAfter(word, 0);
}

/** The place behind the first consonant that follows a vowel, from `from` on. */
function regionAfter(word: string, from: number): number {
  for (let at = from + 1; at < word.length; at += 1) {
    if (!isVowel(word, at) && isVowel(word, at - 1)) return at + 1;
  }
  return word.length;
}

function stepOneA(word: string): string {
  if (word.endsWith("sses")) return word.slice(0, -2);
  if (word.endsWith("ied") || word.endsWith("ies")) return word.slice(0, word.length > 4 ? -2 : -1);
  if (word.endsWith("us") || word.endsWith("ss") || !word.endsWith("s")) return word;
  for (let at = 0; at < word.length - 2; at += 1) if (isVowel(word, at)) return word.slice(0, -1);
  return word;
}

function stepOneB(word: string, r1: number): string {
  for (const suffix of ["eedly", "eed"]) {
    if (word.endsWith(suffix)) {
      return word.length - suffix.length >= r1 ? `${word.slice(0, -suffix.length)}ee` : word;
    }
  }
  for (const suffix of ["ingly", "edly", "ing", "ed"]) {
    if (!word.endsWith(suffix)) continue;
    const rest = word.slice(0, -suffix.length);
    if (!/[aeiouy]/.test(rest)) return word;
    if (/(?:at|bl|iz)$/.test(rest)) return `${rest}e`;
    if (/(?:bb|dd|ff|gg|mm|nn|pp|rr|tt)$/.test(rest)) return /^[aeo]..$/.test(rest) ? rest : rest.slice(0, -1);
    return isShort(rest, r1) ? `${rest}e` : rest;
  }
  return word;
}

/** Ends in a short syllable and has no R1. */
function isShort(word: string, r1: number): boolean {
  return r1 >= word.length && endsInShortSyllable(word);
}

function endsInShortSyllable(word: string): boolean {
  const last = word.length - 1;
  if (last === 1) return isVowel(word, 0) && !isVowel(word, 1);
  if (last < 2) return false;
  return !isVowel(word, last) && !"wxY".includes(word[last]) && isVowel(word, last - 1) && !isVowel(word, last - 2);
}

function stepOneC(word: string): string {
  const last = word.length - 1;
  return last > 1 && "yY".includes(word[last]) && !isVowel(word, last - 1) ? `${word.slice(0, -1)}i` : word;
}

function stepTwo(word: string, r1: number): string {
  for (const [suffix, replacement] of STEP_2) {
    if (!word.endsWith(suffix)) continue;
    const rest = word.slice(0, -suffix.length);
    if (rest.length < r1) return word;
    if (suffix === "ogi" && !rest.endsWith("l")) return word;
    if (suffix === "li" && !/[cdeghkmnrt]$/.test(rest)) return word;
    return rest + replacement;
  }
  return word;
}

function stepThree(word: string, r1: number, r2: number): string {
  for (const [suffix, replacement] of STEP_3) {
    if (!word.endsWith(suffix)) continue;
    const rest = word.slice(0, -suffix.length);
    return rest.length < (suffix === "ative" ? r2 : r1) ? word : rest + replacement;
  }
  return word;
}

function stepFour(word: string, r2: number): string {
  for (const suffix of STEP_4) {
    if (!word.endsWith(suffix)) continue;
    const rest = word.slice(0, -suffix.length);
    if (rest.length < r2 || (suffix === "ion" && !/[st]$/.test(rest))) return word;
    return rest;
  }
  return word;
}

function stepFive(word: string, r1: number, r2: number): string {
  const rest = word.slice(0, -1);
  if (word.endsWith("e")) {
    const removable = rest.length >= r2 || (rest.length >= r1 && !endsInShortSyllable(rest));
    return removable ? rest : word;
  }
  return word.endsWith("ll") && rest.length >= r2 ? rest : word;
}
