/** Cuts raw text into chunks: words with their inner joiners, identifiers, math runs and LaTeX macros. */

/** What a chunk is; `word` may hold hyphens, dots and apostrophes between letters. */
export type ChunkKind = "word" | "identifier" | "math" | "macro";
/** `hash` is {@link hashOfChars} of the chunk where the scan has come by it, else 0. */
export type VisitChunk = (start: number, end: number, kind: ChunkKind, hash: number) => void;

const BACKSLASH = 92;
const DOLLAR = 36;
/** A longer run between two dollar signs is taken for prices, not for a formula. */
const MATH_CHARS_MAX = 240;
/** A single word without a break is cut here, so that no chunk is larger than a line. */
const CHUNK_CHARS_MAX = 256;

const NUMBERED =
  /\d{4}\.\d{4,5}(?:v\d{1,3})?(?![\d])|10\.\d{4,9}\/[^\s"'<>,;(){}[\]]{1,200}|\d{4}-\d{4}-\d{4}-\d{3}[\dXx](?!\d)/y;
const OLD_ARXIV = /[a-z]{2,8}(?:-[a-z]{2,3})?(?:\.[A-Z]{2})?\/\d{7}(?:v\d{1,3})?(?!\d)/iy;
const ACCENT =
  /\\["'`^~=.]\s?\{?\\?[A-Za-z]\}?|\\[Hcuvkrdb]\{[A-Za-z]\}|\\(?:ss|ae|AE|oe|OE|aa|AA|[oOlLij])(?![A-Za-z])(?:\{\}|\s)?/y;
const MACRO = /\\([A-Za-z]{1,40})\*?/y;
const WITH_ARGUMENT =
  /\\(?:cite[a-z]*|[a-z]?ref|label|url|href|begin|end|footnotemark|vspace|hspace)\*?\s?(?:\[[^\]]{0,80}\])?\{[^}]{0,200}\}/y;
const FORMATTING = new Set(
  (
    "text textbf textit textrm textsc texttt textsf textnormal emph underline bf it rm sc tt sf em mathrm mathbf mathit mathcal " +
    "mathbb mathfrak mathsf mathtt mathscr boldsymbol bm operatorname hat bar tilde vec dot ddot widehat widetilde overline left " +
    "right big Big bigg Bigg quad qquad small large Large tiny footnotesize displaystyle limits mbox hbox frac dfrac tfrac ensuremath xspace item ldots cdots dots"
  ).split(" "),
);

const CLASS = new Uint8Array(128);
for (let code = 48; code < 58; code += 1) CLASS[code] = 2;
for (let code = 65; code < 91; code += 1) CLASS[code] = 1;
for (let code = 97; code < 123; code += 1) CLASS[code] = 1;
/** What ends a run of letters without a second look: neither part of a word nor a sign that may join two. */
const ENDS = new Uint8Array(128).fill(1);
for (const sign of "-&'._+#/\\") ENDS[sign.charCodeAt(0)] = 0;
for (let code = 0; code < 128; code += 1) if (CLASS[code] !== 0) ENDS[code] = 0;
const LETTER = 1;
const POINT = 46;
const HASH_START = 0x811c9dc5;
const HASH_FACTOR = 0x01000193;
const WORD_CHARACTER = /[\p{L}\p{N}\p{M}]/u;

/** Length in code units of the word character at `at`, 0 if there is none. */
function wordUnits(text: string, at: number): number {
  const code = text.charCodeAt(at);
  if (code < 128) return CLASS[code] === 0 ? 0 : 1;
  if (Number.isNaN(code)) return 0;
  if (code === 0xad) return 1;
  const point = text.codePointAt(at) as number;
  if (point >= 0xd800 && point <= 0xdfff) return 0;
  return WORD_CHARACTER.test(String.fromCodePoint(point)) ? (point > 0xffff ? 2 : 1) : 0;
}

const isDigit = (code: number): boolean => code >= 48 && code <= 57;

export function isFormatting(macro: string): boolean {
  return FORMATTING.has(macro);
}

function sticky(pattern: RegExp, text: string, at: number): number {
  pattern.lastIndex = at;
  return pattern.test(text) ? pattern.lastIndex : 0;
}

/** FNV-1a over the code units of a piece of text. */
export function hashOfChars(text: string, from: number, to: number): number {
  let hash = HASH_START;
  for (let at = from; at < to; at += 1) hash = Math.imul(hash ^ text.charCodeAt(at), HASH_FACTOR);
  return hash;
}

/** Calls `visit` for each chunk in order; offsets are code units of `text`. */
export function scan(text: string, visit: VisitChunk): void {
  let at = 0;
  while (at < text.length) {
    const code = text.charCodeAt(at);
    if (code === BACKSLASH) {
      at = scanMacro(text, at, visit);
    } else if (code === DOLLAR) {
      const end = mathEnd(text, at);
      if (end > 0) visit(at, end, "math", 0);
      at = end > 0 ? end : at + 1;
    } else if (code < 128 && CLASS[code] === LETTER) {
      at = scanLetters(text, at, code, visit);
    } else if (wordUnits(text, at) === 0) {
      at += 1;
    } else {
      at = scanWord(text, at, code, visit);
    }
  }
}

/**
 * Nine words of ten are plain letters up to a blank: read once, hashed on the way. No further than a chunk reaches, or a
 * text without a blank would be read anew for each of its chunks.
 */
function scanLetters(text: string, start: number, first: number, visit: VisitChunk): number {
  const limit = start + CHUNK_CHARS_MAX;
  let hash = HASH_START;
  let end = start;
  let code = first;
  do {
    hash = Math.imul(hash ^ code, HASH_FACTOR);
    end += 1;
    code = text.charCodeAt(end);
  } while (code < 128 && CLASS[code] === LETTER && end < limit);
  if (end < limit && endsWord(text, end, code)) {
    visit(start, end, "word", hash);
    return end;
  }
  return scanWord(text, start, first, visit);
}

function endsWord(text: string, at: number, code: number): boolean {
  if (at === text.length) return true;
  if (code >= 128) return false;
  if (code !== POINT) return ENDS[code] === 1;
  const next = text.charCodeAt(at + 1);
  return at + 1 === text.length || (next < 128 && CLASS[next] === 0);
}

function scanWord(text: string, start: number, code: number, visit: VisitChunk): number {
  const identifierEnd = isDigit(code) ? sticky(NUMBERED, text, start) : 0;
  if (identifierEnd > 0) {
    const end = trimEnd(text, start, identifierEnd);
    visit(start, end, "identifier", 0);
    return end;
  }
  const end = wordEnd(text, start);
  if (text.charCodeAt(end) === 47 && isDigit(text.charCodeAt(end + 1))) {
    const old = sticky(OLD_ARXIV, text, start);
    if (old > 0) {
      visit(start, old, "identifier", 0);
      return old;
    }
  }
  visit(start, end, "word", 0);
  return end;
}

/** A sentence's full stop or colon is no part of a DOI. */
function trimEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && ".:?!*".includes(text[last - 1])) last -= 1;
  return last;
}

function wordEnd(text: string, start: number): number {
  let at = start;
  const limit = Math.min(text.length, start + CHUNK_CHARS_MAX);
  while (at < limit) {
    const units = wordUnits(text, at);
    if (units > 0) {
      at += units;
      continue;
    }
    const next = joinerEnd(text, at);
    if (next === 0) break;
    at = next;
  }
  return programmingSign(text, start, Math.min(at, text.length));
}

/** "C++", "C#", "F#": the sign belongs to a one- or two-letter word. */
function programmingSign(text: string, start: number, end: number): number {
  if (end - start > 2) return end;
  if (text.startsWith("++", end)) return end + 2;
  return text.charCodeAt(end) === 35 && wordUnits(text, end + 1) === 0 ? end + 1 : end;
}

/** Where the word goes on behind a joiner at `at`; 0 if the word ends here. */
function joinerEnd(text: string, at: number): number {
  const code = text.charCodeAt(at);
  switch (code) {
    case 45: // -
    case 0x2010:
    case 0x2011:
    case 0x2013: {
      if (wordUnits(text, at + 1) > 0) return at + 1;
      // A hyphen at the end of a line: the word goes on in the next one.
      const next = text.charCodeAt(at + 1) === 13 ? at + 2 : at + 1;
      return text.charCodeAt(next) === 10 && /[a-z]/.test(text[next + 1] ?? "") ? next + 1 : 0;
    }
    case 38: // &
    case 39: // '
    case 46: // .
    case 95: // _
    case 0x2019:
      return wordUnits(text, at + 1) > 0 ? at + 1 : 0;
    case 44: // , between groups of three digits
      return isDigit(text.charCodeAt(at - 1)) && /^\d{3}(?!\d)/.test(text.slice(at + 1, at + 5)) ? at + 1 : 0;
    case BACKSLASH:
      return sticky(ACCENT, text, at);
    default:
      return 0;
  }
}

function scanMacro(text: string, at: number, visit: VisitChunk): number {
  const skipped = sticky(WITH_ARGUMENT, text, at);
  if (skipped > 0) return skipped;
  if (text.charCodeAt(at + 1) === 40) {
    const inside = text.slice(at + 2, at + 2 + MATH_CHARS_MAX).indexOf("\\)");
    if (inside >= 0) {
      const end = at + 2 + inside + 2;
      visit(at, end, "math", 0);
      return end;
    }
  }
  const accent = sticky(ACCENT, text, at);
  if (accent > 0) {
    const end = wordEnd(text, accent);
    visit(at, end, "word", 0);
    return end;
  }
  const end = sticky(MACRO, text, at);
  if (end === 0) return at + 1;
  const name = text.slice(at + 1, end).replace("*", "");
  if (!FORMATTING.has(name)) visit(at, end, "macro", 0);
  return end;
}

/** The end of a `$…$` formula that opens at `at`, or 0 when the sign is a price or a lonely dollar. */
function mathEnd(text: string, at: number): number {
  const double = text.charCodeAt(at + 1) === DOLLAR ? 1 : 0;
  const open = at + 1 + double;
  const close = text.indexOf("$", open);
  if (close < 0 || close === open || close - open > MATH_CHARS_MAX) return 0;
  const inner = text.slice(open, close);
  if (/^\d[\d.,]*\s/.test(inner) || (/\s$/.test(inner) && !/[\\^_=]/.test(inner)) || /\n\s*\n/.test(inner)) return 0;
  return close + 1 + (double === 1 && text.charCodeAt(close + 1) === DOLLAR ? 1 : 0);
}
