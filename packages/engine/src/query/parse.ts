/** The lenient query parser: whatever is typed becomes a query, and what could not be used becomes a note. */
import { fieldKind, type Operator, type Schema } from "../schema.ts";
import { analyze, type Word } from "../text/analyze.ts";
import { parseDay, parseRange } from "./parse-values.ts";
import {
  type Clause,
  type Filter,
  type Occur,
  type ParsedQuery,
  QUERY_LIMITS,
  type QueryWord,
} from "./parsed-query.ts";

type Piece = { sign: "" | "-" | "+"; operator: string | null; value: string; quoted: boolean; text: string };
type Draft = { clauses: Clause[]; filters: Filter[]; notes: Set<string> };

const PIECE = /([-+])?(?:([A-Za-z][A-Za-z0-9_]{0,30}):(?=\S))?(?:["“”«»]([^"“”«»]*)(?:["“”«»]|$)|([^\s"“”«»]+))/gu;

/**
 * Reads `words "a phrase" -not author:name title:"some words" after:2024-01 has:code topic:cs.CL`.
 * Never throws. The operators are those of the schema; any other `name:` is read as plain words.
 * @param text  any string; cut at `QUERY_LIMITS.chars`
 */
export function parseQuery(text: string, schema: Schema): ParsedQuery {
  const draft: Draft = { clauses: [], filters: [], notes: new Set() };
  const cut = cutText(text, draft.notes);
  const pieces = split(cut, schema);
  // In running text a quotation is a quotation and a dash a dash, not a condition.
  const isProse = pieces.filter((piece) => piece.operator === null && !piece.quoted).length > QUERY_LIMITS.signWords;
  for (const piece of pieces) {
    if (draft.clauses.length >= QUERY_LIMITS.clauses) {
      draft.notes.add(`only the first ${QUERY_LIMITS.clauses} words were used`);
      break;
    }
    if (!isProse) noteMissingValue(piece, schema, draft);
    addPiece(isProse && piece.operator === null ? asProse(piece) : piece, schema, draft);
  }
  const isWithoutWish = draft.filters.length === 0 && draft.clauses.every((clause) => clause.occur === "mustNot");
  if (draft.clauses.length > 0 && isWithoutWish) {
    draft.notes.add("a query needs a word that is wanted, not only words that are not");
  }
  if (cut !== "" && draft.clauses.length + draft.filters.length + draft.notes.size === 0)
    draft.notes.add("there is no word to search for");
  const clauses = draft.clauses.slice(0, QUERY_LIMITS.clauses);
  return { text: cut, clauses, filters: draft.filters, notes: [...draft.notes].slice(0, QUERY_LIMITS.notes) };
}

function cutText(text: string, notes: Set<string>): string {
  const clean = String(text)
    .slice(0, QUERY_LIMITS.chars * 2)
    .replace(/\p{Cc}+/gu, " ")
    .trim();
  if (clean.length <= QUERY_LIMITS.chars && text.length <= QUERY_LIMITS.chars * 2) return clean;
  notes.add(`the query was cut to ${QUERY_LIMITS.chars} characters`);
  return clean.slice(0, QUERY_LIMITS.chars);
}

function split(text: string, schema: Schema): Piece[] {
  const pieces: Piece[] = [];
  const operators = schema.operators ?? {};
  for (const match of text.matchAll(PIECE)) {
    const [whole, sign = "", name, phrase, bare] = match;
    const operator = name !== undefined && Object.hasOwn(operators, name.toLowerCase()) ? name.toLowerCase() : null;
    const quoted = phrase !== undefined;
    const value = quoted ? phrase : bare;
    // A hyphen inside a word ("late-interaction") is never seen here: the word is taken whole.
    const prefix = operator === null && name !== undefined ? `${name}:` : "";
    if (quoted && prefix !== "") pieces.push(piece(sign, null, name, false, whole));
    pieces.push(piece(sign, operator, quoted ? value : prefix + value, quoted, whole));
  }
  return pieces;
}

function piece(sign: string, operator: string | null, value: string, quoted: boolean, text: string): Piece {
  return {
    // A sign right in front of a digit belongs to a number; in front of `year:2024` or "3d scenes" it does not.
    sign: (sign === "-" || sign === "+") && (operator !== null || quoted || !/^\d/.test(value)) ? sign : "",
    operator,
    value,
    quoted,
    text,
  };
}

function asProse(piece: Piece): Piece {
  return { ...piece, sign: "", quoted: false };
}

/** "author: lund" is the word "author" to us, and something else to whoever typed it. */
function noteMissingValue({ quoted, value }: Piece, schema: Schema, { notes }: Draft): void {
  const isOperator = value.endsWith(":") && Object.hasOwn(schema.operators ?? {}, value.slice(0, -1).toLowerCase());
  if (isOperator && !quoted) notes.add(`"${value}" wants its value right behind it; read as a word`);
}

/** Signs and words of other query languages, which mean nothing here when they stand alone. */
const LONELY: Readonly<Record<string, string>> = {
  "-": "minus without a word was ignored",
  "+": "plus without a word was ignored",
  NOT: '"NOT" was ignored; a minus in front of a word leaves it out',
};

function addPiece(piece: Piece, schema: Schema, draft: Draft): void {
  if (!piece.quoted && /^[-+|&!]+$|^(?:AND|OR|NOT)$/.test(piece.value) && piece.operator === null) {
    if (Object.hasOwn(LONELY, piece.value)) draft.notes.add(LONELY[piece.value]);
    return;
  }
  const operator = piece.operator === null ? null : (schema.operators ?? {})[piece.operator];
  if (operator !== null && operator.type !== "field") {
    addFilter(piece, operator, draft);
    return;
  }
  const field = operator === null ? null : operator.field;
  const occur: Occur =
    piece.sign === "-" ? "mustNot" : piece.sign === "+" || piece.quoted || field !== null ? "must" : "should";
  addWords(piece, field, occur, schema, draft);
}

function addWords(piece: Piece, field: string | null, occur: Occur, schema: Schema, draft: Draft): void {
  const kind = field === null ? "text" : fieldKind(schema, field);
  if (kind === "identifier") {
    const value = piece.value.trim().toLowerCase();
    if (value === "") {
      noteIgnored(piece, draft);
      return;
    }
    draft.clauses.push({
      kind: "word",
      occur,
      field,
      text: piece.text,
      words: [{ form: value, stem: value, extras: [] }],
    });
    return;
  }
  const words = analyze(piece.value).map(toQueryWord);
  if (words.length === 0 && field !== null) noteIgnored(piece, draft);
  if (words.length === 0) return;
  const together = piece.quoted || (occur !== "should" && words.length > 1);
  if (together && words.length > 1) {
    if (words.length > QUERY_LIMITS.phraseWords)
      draft.notes.add(`a phrase was cut to ${QUERY_LIMITS.phraseWords} words`);
    draft.clauses.push({
      kind: "phrase",
      occur,
      field,
      text: piece.text,
      words: words.slice(0, QUERY_LIMITS.phraseWords),
    });
    return;
  }
  for (const word of words) draft.clauses.push({ kind: "word", occur, field, text: piece.text, words: [word] });
}

function toQueryWord(word: Word): QueryWord {
  return { form: word.form, stem: word.stem, extras: word.extras };
}

function addFilter(piece: Piece, operator: Exclude<Operator, { type: "field" }>, draft: Draft): void {
  const value = piece.value.trim();
  const filter = toFilter(operator, value, piece.sign === "-");
  if (filter !== null) draft.filters.push(filter);
  else noteIgnored(piece, draft);
}

function noteIgnored(piece: Piece, draft: Draft): void {
  draft.notes.add(`"${piece.text.slice(0, 60)}" was not understood and was ignored`);
}

function toFilter(operator: Exclude<Operator, { type: "field" }>, value: string, negated: boolean): Filter | null {
  if (operator.type === "has") {
    const facet = Object.hasOwn(operator.flags, value.toLowerCase()) ? operator.flags[value.toLowerCase()] : undefined;
    return facet === undefined ? null : { facet, is: !negated };
  }
  if (operator.type === "keyword") {
    const values = value.split(",").filter((item) => item !== "");
    if (values.length === 0) return null;
    return negated ? { facet: operator.facet, noneOf: values } : { facet: operator.facet, anyOf: values };
  }
  if (negated) return null;
  switch (operator.type) {
    case "after": {
      const day = parseDay(value);
      return day === null ? null : { facet: operator.facet, min: day.first };
    }
    case "before": {
      const day = parseDay(value);
      return day === null ? null : { facet: operator.facet, max: day.first - 1 };
    }
    default: {
      const range = parseRange(value);
      return range === null ? null : { facet: operator.facet, ...range };
    }
  }
}
