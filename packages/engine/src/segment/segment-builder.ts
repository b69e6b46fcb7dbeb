/** Collects documents and turns them into the bytes of one immutable segment. */
import { fieldKind, fieldValues, type IndexedDocument } from "../schema.ts";
import { Analyzer, type ChunkKind } from "../text/analyze.ts";
import { identifierForms } from "../text/identifiers.ts";
import { scan } from "../text/scan.ts";
import { type Allocate, IntList } from "./bytes.ts";
import { ChunkTable } from "./chunk-table.ts";
import { toCode } from "./codes.ts";
import type { Layout } from "./layout.ts";
import { type Assembled, assembleSegment, type SegmentContent } from "./segment-writer.ts";
import { BREAK_KEY, identifierKey, nameWordKey, wholeNameKey } from "./term-keys.ts";

/** Longer keys are cut, here and when looked up. */
export const KEY_CHARS_MAX = 160;
const REMEMBERED_MAX = 150_000;
/** A document is searched by its first words: so many per text field, so many different ones in all. */
const FIELD_TOKENS_MAX = 65_535;
const BAG_TERMS_MAX = 65_535;

type Terms = { words: readonly number[]; extras: readonly number[] };

/** Which field of which document, and how many tokens there were before it. */
type Place = { field: number; number: number; start: number };

/** Mutable: add documents with distinct ids, then finish once. */
export class SegmentBuilder {
  readonly #layout: Layout;
  readonly #analyzer: Analyzer;
  /** Word chunks seen before; most are one word and nothing else, told by its term, the others have -1 and are in `#many`. */
  readonly #chunks = new ChunkTable();
  readonly #single = new IntList();
  readonly #many = new Map<number, Terms>();
  readonly #terms = new Map<string, number>();
  readonly #keys: string[] = [];
  readonly #shown: string[] = [];
  /** Per term: the last document that held it, and its occurrences there, 8 bits a field. */
  #lastDocument = new Int32Array(1024).fill(-1);
  #occurrences = new Int32Array(1024);
  readonly #ids: string[] = [];
  readonly #facets: NonNullable<IndexedDocument["facets"]>[] = [];
  readonly #bagTerms = new IntList();
  readonly #bagCodes = new IntList();
  readonly #bagEnds = new IntList();
  readonly #tokens = new IntList();
  readonly #fieldLengths = new IntList();
  #bagStart = 0;

  /** @param analyzer  handed in where many small segments are built, so that it keeps what it has learnt */
  constructor(layout: Layout, analyzer: Analyzer = new Analyzer()) {
    this.#layout = layout;
    this.#analyzer = analyzer;
  }

  get documents(): number {
    return this.#ids.length;
  }

  /** Occurrences held so far, to decide when to finish. */
  get tokens(): number {
    return this.#tokens.length;
  }

  add(document: IndexedDocument): void {
    const number = this.#ids.length;
    this.#bagStart = this.#bagTerms.length;
    this.#ids.push(document.id);
    this.#facets.push(document.facets ?? {});
    this.#layout.textFields.forEach((name, field) => this.#addTextField(document, name, field, number));
    this.#layout.otherFields.forEach((name, field) => {
      const kind = fieldKind(this.#layout.schema, name);
      for (const value of fieldValues(document, name)) {
        if (kind === "name") this.#addName(value, field, number);
        else for (const form of identifierForms(value)) this.#count(identifierKey(field, form), form, number);
      }
    });
    const textCaps = this.#layout.caps;
    for (let at = this.#bagStart; at < this.#bagTerms.length; at += 1) {
      const term = this.#bagTerms.items[at];
      const isText = this.#keys[term].charCodeAt(0) > 5;
      this.#bagCodes.push(isText ? toCode(this.#occurrences[term], textCaps) : Math.min(255, this.#occurrences[term]));
    }
    this.#bagEnds.push(this.#bagTerms.length);
  }

  #addTextField(document: IndexedDocument, name: string, field: number, number: number): void {
    const start = this.#tokens.length;
    const values = fieldValues(document, name);
    const place: Place = { field, number, start };
    values.forEach((value, index) => {
      if (index > 0) this.#push(this.#term(BREAK_KEY, ""), field, number);
      scan(value, (from, to, kind, hash) => this.#addChunk(value, from, to, kind, hash, place));
    });
    this.#fieldLengths.push(this.#tokens.length - start);
  }

  #addChunk(text: string, from: number, to: number, kind: ChunkKind, hash: number, place: Place): void {
    const known = kind === "word" ? this.#chunks.find(text, from, to, hash) : -1;
    const single = known < 0 ? -1 : this.#single.items[known];
    if (single >= 0) {
      if (this.#tokens.length - place.start < FIELD_TOKENS_MAX) this.#push(single, place.field, place.number);
      return;
    }
    const { words, extras } = this.#many.get(known) ?? this.#remember(text, from, to, kind);
    if (this.#tokens.length - place.start + words.length > FIELD_TOKENS_MAX) return;
    for (let at = 0; at < words.length; at += 1) this.#push(words[at], place.field, place.number);
    for (let at = 0; at < extras.length; at += 1) this.#occur(extras[at], place.field, place.number);
  }

  #remember(text: string, from: number, to: number, kind: ChunkKind): Terms {
    const chunk = this.#analyzer.chunk(text.slice(from, to), kind);
    const words = chunk.words.map((word) => this.#term(word.stem, word.form));
    const extras = chunk.extras.map((extra) => this.#term(extra, extra));
    const terms = { words, extras };
    // A formula or an identifier is hardly ever seen twice, and the same letters may be a word elsewhere.
    if (kind !== "word" || this.#chunks.size >= REMEMBERED_MAX) return terms;
    const isSingle = words.length === 1 && extras.length === 0;
    const entry = this.#chunks.add(text, from, to);
    this.#single.push(isSingle ? words[0] : -1);
    if (!isSingle) this.#many.set(entry, terms);
    return terms;
  }

  #addName(value: string, field: number, number: number): void {
    const words: string[] = [];
    this.#analyzer.chunks(givenNameFirst(value.slice(0, KEY_CHARS_MAX)), (chunk) => {
      for (const word of chunk.words) words.push(word.form);
    });
    if (words.length === 0) return;
    for (const word of words) this.#count(nameWordKey(field, word), word, number);
    this.#count(wholeNameKey(field, words), value.slice(0, KEY_CHARS_MAX).trim(), number);
  }

  #count(key: string, shown: string, number: number): void {
    this.#occur(this.#term(key, shown), 0, number);
  }

  #term(whole: string, shown: string): number {
    // Half a surrogate pair would not come back from UTF-8 as the same key.
    const key = (whole.length > KEY_CHARS_MAX ? whole.slice(0, KEY_CHARS_MAX) : whole).toWellFormed();
    const known = this.#terms.get(key);
    if (known !== undefined) return known;
    const term = this.#keys.length;
    this.#terms.set(key, term);
    this.#keys.push(key);
    this.#shown.push(shown);
    if (term === this.#lastDocument.length) {
      const last = new Int32Array(term * 2).fill(-1);
      last.set(this.#lastDocument);
      this.#lastDocument = last;
      const occurrences = new Int32Array(term * 2);
      occurrences.set(this.#occurrences);
      this.#occurrences = occurrences;
    }
    return term;
  }

  #push(term: number, field: number, number: number): void {
    if (this.#occur(term, field, number)) this.#tokens.push(term);
  }

  /** False when the document holds too many different terms for another one. */
  #occur(term: number, field: number, number: number): boolean {
    const one = 1 << (8 * field);
    if (this.#lastDocument[term] !== number) {
      if (this.#bagTerms.length - this.#bagStart >= BAG_TERMS_MAX) return false;
      this.#lastDocument[term] = number;
      this.#occurrences[term] = one;
      this.#bagTerms.push(term);
    } else if (((this.#occurrences[term] >>> (8 * field)) & 255) < 255) {
      this.#occurrences[term] += one;
    }
    return true;
  }

  /** The segment; the builder is used up. */
  finish(allocate: Allocate): Assembled {
    const content: SegmentContent = {
      keys: this.#keys,
      numbers: this.#terms,
      shown: this.#shown,
      ids: this.#ids,
      facets: this.#facets,
      bagTerms: this.#bagTerms.items,
      bagCodes: this.#bagCodes.items,
      bagEnds: this.#bagEnds.items.subarray(0, this.#ids.length),
      tokens: this.#tokens.items,
      fieldLengths: this.#fieldLengths.items,
    };
    return assembleSegment(content, this.#layout, allocate);
  }
}

/** "Müller, Bo" → "Bo Müller"; a name with more commas ("King, Martin, Jr.") stays as it is. */
function givenNameFirst(name: string): string {
  const [last, given, more] = name.split(",", 3);
  return given === undefined || more !== undefined || given.trim() === "" ? name : `${given.trim()} ${last}`;
}
