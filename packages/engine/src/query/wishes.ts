/** What may be meant by the words of a query: words of texts, other spellings, names, identifiers. Not yet looked up. */
import { fieldKind } from "../schema.ts";
import type { ScorePart } from "../search-types.ts";
import type { Layout } from "../segment/layout.ts";
import { identifierKey, nameWordKey, wholeNameKey } from "../segment/term-keys.ts";
import { identifierForms } from "../text/identifiers.ts";
import { STOP_WORDS } from "../text/stop-words.ts";
import type { Clause, ParsedQuery, QueryWord } from "./parsed-query.ts";
import { frameWords } from "./question-frame.ts";

/** Other spellings of a word ("gpt4" for "GPT-4") count for less than the word as typed. */
export const VARIANT_WEIGHT = 0.5;
/** Words of a whole name that are looked for together. */
const NAME_WORDS_MAX = 3;

/** A term to look up. */
export type Wish = {
  key: string;
  text: string;
  weight: number;
  kind: ScorePart["kind"];
  field: string | null;
  content: boolean;
  /** The stem that a word looked for among names has in texts; absent where it was said to be a name. */
  asText?: string;
};

/** Everything that may be meant by the query, by key, in its order. */
export function wishesOf(parsed: ParsedQuery, layout: Layout): Map<string, Wish> {
  const wishes = new Map<string, Wish>();
  const frame = frameWords(parsed);
  for (const clause of parsed.clauses) {
    if (clause.occur !== "mustNot") wishForClause(clause, layout, wishes, frame.has(clause));
  }
  wishForWholeNames(parsed.clauses, layout, wishes);
  return wishes;
}

function wishForClause(clause: Clause, layout: Layout, wishes: Map<string, Wish>, isFrame: boolean): void {
  const { schema } = layout;
  const textual = clause.field === null || fieldKind(schema, clause.field) === "text";
  for (const word of clause.words) {
    const content = !isFrame && !STOP_WORDS.has(word.form);
    if (textual) {
      add(wishes, { key: word.stem, text: word.form, weight: 1, kind: "term", field: clause.field, content });
      for (const extra of word.extras)
        addOnce(wishes, {
          key: extra,
          text: shownExtra(clause, extra),
          weight: VARIANT_WEIGHT,
          kind: "variant",
          field: clause.field,
          content,
        });
    }
    if (content || !textual) wishForNames(clause, word, layout, wishes, content);
  }
}

const SHOWN_CHARS_MAX = 40;

/** Another spelling is shown as the reader wrote it, "late-interaction" and not "lateinteract". */
function shownExtra(clause: Clause, extra: string): string {
  const typed = clause.text.replace(/^[-+]/, "");
  return clause.kind === "word" && typed.length <= SHOWN_CHARS_MAX ? typed : extra;
}

function wishForNames(
  clause: Clause,
  word: QueryWord,
  layout: Layout,
  wishes: Map<string, Wish>,
  content: boolean,
): void {
  const { schema, otherFields } = layout;
  otherFields.forEach((name, field) => {
    if (clause.field !== null && clause.field !== name) return;
    const { weight } = schema.fields[name];
    if (fieldKind(schema, name) === "name") {
      addOnce(wishes, {
        key: nameWordKey(field, word.form),
        text: word.form,
        weight,
        kind: "field",
        field: name,
        content,
        ...(clause.field === null && { asText: word.stem }),
      });
    } else if (clause.field === name || /\d/.test(word.form)) {
      for (const form of new Set([...identifierForms(word.form), ...(clause.field === null ? word.extras : [])])) {
        addOnce(wishes, { key: identifierKey(field, form), text: form, weight, kind: "field", field: name, content });
      }
    }
  });
}

/** A word typed twice counts twice. */
function add(wishes: Map<string, Wish>, wish: Wish): void {
  const known = wishes.get(wish.key);
  if (known === undefined) wishes.set(wish.key, wish);
  else if (known.kind === wish.kind) known.weight += wish.weight;
  else wishes.set(wish.key, wish);
}

function addOnce(wishes: Map<string, Wish>, wish: Wish): void {
  if (!wishes.has(wish.key)) wishes.set(wish.key, wish);
}

/** Two or three words in a row may be the whole name of somebody: worth more than those who share one of them each. */
function wishForWholeNames(
  clauses: readonly Clause[],
  { schema, otherFields }: Layout,
  wishes: Map<string, Wish>,
): void {
  otherFields.forEach((name, field) => {
    if (fieldKind(schema, name) !== "name") return;
    const isPart = ({ kind, occur, field: said }: Clause): boolean =>
      kind === "word" && occur !== "mustNot" && (said === null || said === name);
    for (let from = 0; from < clauses.length; from += 1) {
      const words: string[] = [];
      for (let to = from; to < clauses.length && isPart(clauses[to]); to += 1) {
        words.push(...clauses[to].words.map((word) => word.form));
        if (words.length > NAME_WORDS_MAX) break;
        if (words.length < 2 || words.every((word) => STOP_WORDS.has(word))) continue;
        const { weight } = schema.fields[name];
        const key = wholeNameKey(field, words);
        addOnce(wishes, { key, text: words.join(" "), weight, kind: "field", field: name, content: true });
      }
    }
  });
}
