/** Turns one chunk of text into its words: those that stand in line, and extra spellings of the same spot. */
import { fold } from "./fold.ts";
import { type ChunkKind, isFormatting } from "./scan.ts";
import { wordStem } from "./word-stem.ts";

/** One word of a chunk, `start` and `end` in code units from the start of the chunk. */
export type ChunkWord = { form: string; stem: string; start: number; end: number };

/** `words` stand in line, one position each; `extras` are stems found at the same place ("gpt4" in "GPT-4"). */
export type Chunk = { words: readonly ChunkWord[]; extras: readonly string[] };

/** Longer forms are cut: they are data, not words. */
const FORM_CHARS_MAX = 64;
const JOINED_PIECES_MAX = 4;
/** "\o", "\l", "\ss" and the like stand for letters. */
const LETTER_MACRO = /\\(ss|ae|oe|aa|[olij])(?![A-Za-z])\s?(?:\{\})?/gi;
const JOINER = /[-\u2010\u2011\u2013&._]\s*/g;
const CAMEL = /[\p{Ll}\d](?=\p{Lu}\p{Ll})|\p{Lu}(?=\p{Lu}\p{Ll}{2})/gu;
const PLURAL_ACRONYM = /^\p{Lu}[\p{Lu}\d]*s$/u;
const VERSIONED = /^(\p{L}{3,})(v\d[\d.]*\p{L}?)$/u;
const LETTERS_DIGITS = /^(\p{L}{2,})(\d[\p{L}\d.]*)$/u;
const HAN_OR_KANA = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}]/u;

export function analyzeChunk(raw: string, kind: ChunkKind): Chunk {
  if (kind === "identifier") return identifierChunk(raw);
  if (kind === "math") return mathChunk(raw);
  if (kind === "macro") return single(raw.replace(/[\\*]/g, "").toLowerCase(), raw.length);
  return wordChunk(raw);
}

function single(form: string, length: number): Chunk {
  return { words: [{ form, stem: wordStem(form), start: 0, end: length }], extras: [] };
}

/** An identifier is one token; an arXiv id is also found without its version. */
function identifierChunk(raw: string): Chunk {
  const form = raw.toLowerCase();
  const bare = form.replace(/^(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})v\d{1,3}$/, "$1");
  return { words: [{ form, stem: form, start: 0, end: raw.length }], extras: bare === form ? [] : [bare] };
}

function wordChunk(raw: string): Chunk {
  const clean = raw.includes("\\")
    ? raw.replace(LETTER_MACRO, "$1").replace(/\\[^A-Za-z]\s?|\\[A-Za-z](?=\{)|[{}\\]/g, "")
    : raw;
  const exact = clean.length === raw.length;
  if (/^\d{1,3}(?:,\d{3})+(?:\.\d+)?$/.test(clean)) return single(clean.replaceAll(",", ""), raw.length);
  if (/^\d+\.\d+$/.test(clean)) return single(clean, raw.length);
  const words: ChunkWord[] = [];
  const extras = new Set<string>();
  for (const piece of pieces(clean)) {
    addPiece(piece.text, exact ? piece.start : 0, exact ? piece.start + piece.text.length : raw.length, words, extras);
  }
  if (words.length > 1 && words.length <= JOINED_PIECES_MAX) {
    const joined = words.map((word) => word.form).join("");
    if (joined.length <= FORM_CHARS_MAX) {
      if (words.every((word) => word.form.length === 1 && /[a-z]/.test(word.form)) && clean.includes(".")) {
        return { words: [{ form: joined, stem: wordStem(joined), start: 0, end: raw.length }], extras: [] };
      }
      extras.add(wordStem(joined));
    }
  }
  for (const word of words) extras.delete(word.stem);
  return { words, extras: [...extras] };
}

/** Splits at hyphens, dots, underscores and ampersands; a dot between digits stays ("gpt-3.5"). */
function pieces(text: string): { text: string; start: number }[] {
  const found: { text: string; start: number }[] = [];
  let start = 0;
  for (const joiner of text.matchAll(JOINER)) {
    const at = joiner.index;
    if (joiner[0] === "." && /\d/.test(text[at - 1] ?? "") && /\d/.test(text[at + 1] ?? "")) continue;
    if (at > start) found.push({ text: text.slice(start, at), start });
    start = at + joiner[0].length;
  }
  if (start < text.length) found.push({ text: text.slice(start), start });
  return found;
}

function addPiece(piece: string, start: number, end: number, words: ChunkWord[], extras: Set<string>): void {
  const possessive = piece.replace(/['’]s$/i, "").replace(/['’]/g, "");
  const base = PLURAL_ACRONYM.test(possessive) && possessive.length > 2 ? possessive.slice(0, -1) : possessive;
  const form = fold(base).slice(0, FORM_CHARS_MAX);
  if (form === "") return;
  if (HAN_OR_KANA.test(form)) {
    for (const character of form) words.push({ form: character, stem: character, start, end });
    return;
  }
  words.push({ form, stem: wordStem(form), start, end });
  for (const part of innerParts(base, form)) if (part !== form) extras.add(wordStem(part));
}

/** "DenseNet" → dense, net; "ColBERTv2" → colbert, v2; "TNFα" → tnf, alpha. */
function innerParts(base: string, form: string): string[] {
  const parts: string[] = [];
  const digits = VERSIONED.exec(form) ?? LETTERS_DIGITS.exec(form);
  if (digits !== null) parts.push(digits[1], digits[2]);
  const camel = base.replace(CAMEL, "$&\u0000").split("\u0000");
  if (camel.length > 1 && camel.length <= 6 && camel.every((part) => part.length >= 2)) parts.push(...camel.map(fold));
  const greek = /^(.{2,}?)([α-ω])(.*)$/u.exec(base.toLowerCase());
  if (greek !== null && !/[α-ω]/u.test(greek[1])) parts.push(fold(greek[1]), fold(greek[2]));
  // Numbers alone ("6" of "IL6") would make every count and year a match.
  return parts.filter((part) => part.length > 1 && !/^[\d.]+$/.test(part));
}

/** `$\ell_0$` → "l0" with "ell0"; `$O(n \log n)$` → "log" with "onlogn". */
function mathChunk(raw: string): Chunk {
  const inner = raw.replace(/^\$\$?|\$\$?$|^\\\(|\\\)$/g, "");
  const atoms: string[] = [];
  for (const atom of inner.matchAll(/\\([A-Za-z]+)|[\p{L}\p{M}]+|\d+(?:\.\d+)?/gu)) {
    if (atom[1] === undefined) atoms.push(fold(atom[0]));
    else if (!isFormatting(atom[1])) atoms.push(atom[1].toLowerCase());
  }
  const whole = atoms.join("").slice(0, FORM_CHARS_MAX);
  if (whole === "") return { words: [], extras: [] };
  const named = whole.replace(/^ell(?=[\dp]|$)/, "l");
  const parts = atoms.filter((atom) => /^[a-z]{2,}$/.test(atom) && atom !== "ell");
  const forms = atoms.length > 1 && parts.length > 0 ? parts : [named];
  const words = forms.map((form) => ({ form, stem: wordStem(form), start: 0, end: raw.length }));
  const extras = new Set([named, whole, ...(atoms.length > 1 ? atoms.filter((atom) => /^\d{2,}/.test(atom)) : [])]);
  for (const word of words) extras.delete(word.stem);
  return { words, extras: [...extras].filter((extra) => extra.length > 1) };
}
