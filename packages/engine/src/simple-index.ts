/** A plain index over maps: every document that shares a word is scored in full. */

import { parseQuery } from "./query/parse.ts";
import type { Clause, Filter, ParsedQuery } from "./query/parsed-query.ts";
import { checkDocument, checkSchema, fieldKind, fieldValues, type IndexedDocument, type Schema } from "./schema.ts";
import type {
  Explanation,
  FacetCount,
  Hit,
  Index,
  ScorePart,
  SearchOptions,
  SearchResult,
  Suggestion,
  SuggestOptions,
} from "./search-types.ts";
import { Analyzer, analyze } from "./text/analyze.ts";
import { fold } from "./text/fold.ts";
import { STOP_WORDS } from "./text/stop-words.ts";

type Stored = {
  id: string;
  /** Stems in line per text field, a gap between passages. */
  lines: Map<string, string[]>;
  /** Term key → occurrences per field. */
  counts: Map<string, Map<string, number>>;
  names: Map<string, string[]>;
  title: string;
  length: number;
  facets: NonNullable<IndexedDocument["facets"]>;
};
type Lookup = { key: string; text: string; weight: number; kind: ScorePart["kind"]; field: string | null };

const K1 = 1.2;
const B = 0.75;
const VARIANT_WEIGHT = 0.5;
const FACET_VALUES_MAX = 100;

export function createSimpleIndex(schema: Schema): Index {
  checkSchema(schema);
  return new SimpleIndex(schema);
}

class SimpleIndex implements Index {
  readonly #schema: Schema;
  readonly #analyzer = new Analyzer();
  readonly #documents = new Map<string, Stored>();
  readonly #postings = new Map<string, Map<string, Stored>>();
  readonly #titleField: string | null;
  #lengthSum = 0;

  constructor(schema: Schema) {
    this.#schema = schema;
    const texts = Object.keys(schema.fields).filter((name) => fieldKind(schema, name) === "text");
    this.#titleField = texts.sort((a, b) => schema.fields[b].weight - schema.fields[a].weight)[0] ?? null;
  }

  get size(): number {
    return this.#documents.size;
  }

  upsert(documents: readonly IndexedDocument[]): void {
    for (const document of documents) checkDocument(this.#schema, document);
    for (const document of documents) {
      this.remove([document.id]);
      this.#add(document);
    }
  }

  remove(ids: readonly string[]): void {
    for (const id of ids) {
      const stored = this.#documents.get(id);
      if (stored === undefined) continue;
      this.#documents.delete(id);
      this.#lengthSum -= stored.length;
      for (const key of stored.counts.keys()) {
        const list = this.#postings.get(key);
        list?.delete(id);
        if (list?.size === 0) this.#postings.delete(key);
      }
    }
  }

  #add(document: IndexedDocument): void {
    const stored: Stored = {
      id: document.id,
      lines: new Map(),
      counts: new Map(),
      names: new Map(),
      title: "",
      length: 0,
      facets: document.facets ?? {},
    };
    for (const name of Object.keys(this.#schema.fields)) {
      const kind = fieldKind(this.#schema, name);
      for (const value of fieldValues(document, name)) {
        if (kind === "identifier") this.#addIdentifier(stored, name, value);
        else if (kind === "name") this.#addName(stored, name, value);
        else this.#addText(stored, name, value);
      }
    }
    this.#documents.set(document.id, stored);
    this.#lengthSum += stored.length;
    for (const key of stored.counts.keys()) {
      const list = this.#postings.get(key) ?? new Map<string, Stored>();
      list.set(document.id, stored);
      this.#postings.set(key, list);
    }
  }

  #addIdentifier(stored: Stored, field: string, value: string): void {
    for (const word of analyze(value, this.#analyzer)) {
      for (const extra of word.extras) if (word.kind === "identifier") count(stored, `${field}:${extra}`, field);
    }
    if (value.trim() !== "") count(stored, `${field}:${value.trim().toLowerCase()}`, field);
  }

  #addName(stored: Stored, field: string, value: string): void {
    const names = stored.names.get(field) ?? [];
    names.push(value);
    stored.names.set(field, names);
    for (const word of analyze(value, this.#analyzer)) count(stored, `${field}:${word.form}`, field);
  }

  #addText(stored: Stored, field: string, value: string): void {
    const line = stored.lines.get(field) ?? [];
    if (line.length > 0) line.push("");
    for (const word of analyze(value, this.#analyzer)) {
      line.push(word.stem);
      stored.length += 1;
      count(stored, word.stem, field);
      for (const extra of word.extras) count(stored, extra, field);
    }
    stored.lines.set(field, line);
    if (field === this.#titleField) stored.title = titleKey(value, this.#analyzer);
  }

  search(query: string | ParsedQuery, options: SearchOptions = {}): SearchResult {
    const parsed = typeof query === "string" ? parseQuery(query, this.#schema) : query;
    const lookups = this.#lookups(parsed);
    const filters = [...parsed.filters, ...(options.filters ?? [])];
    const hits: Hit[] = [];
    const matched: Stored[] = [];
    for (const stored of this.#candidates(parsed, lookups)) {
      if (!this.#admits(stored, parsed, filters)) continue;
      const score = lookups.length === 0 ? 0 : sum(this.#parts(stored, parsed, lookups));
      if (lookups.length > 0 && score <= 0) continue;
      hits.push({ id: stored.id, score });
      matched.push(stored);
    }
    hits.sort((a, b) => b.score - a.score);
    const limit = clamp(options.limit ?? 10, 1, 1000);
    const offset = clamp(options.offset ?? 0, 0, 100_000);
    const result: SearchResult = {
      hits: hits.slice(offset, offset + limit),
      total: hits.length,
      totalIsExact: true,
      notes: [...parsed.notes],
      query: parsed,
    };
    if (options.facetCounts !== undefined) result.facetCounts = countFacets(matched, options.facetCounts);
    return result;
  }

  explain(query: string | ParsedQuery, id: string): Explanation | null {
    const parsed = typeof query === "string" ? parseQuery(query, this.#schema) : query;
    const stored = this.#documents.get(id);
    const lookups = this.#lookups(parsed);
    if (stored === undefined || lookups.length === 0 || !this.#admits(stored, parsed, parsed.filters)) return null;
    const parts = this.#parts(stored, parsed, lookups);
    return parts.length === 0 ? null : { id, score: sum(parts), parts };
  }

  suggest(prefix: string, options: SuggestOptions = {}): Suggestion[] {
    const limit = clamp(options.limit ?? 8, 1, 50);
    const wanted = fold(String(prefix).slice(0, 200)).trim();
    if (wanted === "") return [];
    const found: Suggestion[] = [];
    const names = new Map<string, { field: string; text: string; count: number }>();
    for (const stored of this.#documents.values()) {
      if (stored.title.startsWith(wanted)) found.push({ kind: "document", id: stored.id });
      for (const [field, values] of stored.names) {
        for (const text of values) {
          if (
            !fold(text)
              .split(" ")
              .some((word) => word.startsWith(wanted)) &&
            !fold(text).startsWith(wanted)
          )
            continue;
          const known = names.get(text) ?? { field, text, count: 0 };
          known.count += 1;
          names.set(text, known);
        }
      }
    }
    const best = [...names.values()].sort((a, b) => b.count - a.count).slice(0, limit);
    return [...best.map((name) => ({ kind: "name" as const, ...name })), ...found].slice(0, limit);
  }

  #candidates(parsed: ParsedQuery, lookups: readonly Lookup[]): Iterable<Stored> {
    if (lookups.length === 0)
      return parsed.filters.length > 0 && parsed.clauses.length === 0 ? this.#documents.values() : [];
    const found = new Map<string, Stored>();
    for (const lookup of lookups)
      for (const [id, stored] of this.#postings.get(lookup.key) ?? []) found.set(id, stored);
    const title = titleKey(parsed.text, this.#analyzer);
    if (title !== "")
      for (const stored of this.#documents.values()) if (stored.title === title) found.set(stored.id, stored);
    return found.values();
  }

  #lookups(parsed: ParsedQuery): Lookup[] {
    const lookups: Lookup[] = [];
    for (const clause of parsed.clauses) {
      if (clause.occur === "mustNot") continue;
      for (const word of clause.words) {
        const textual = clause.field === null || fieldKind(this.#schema, clause.field) === "text";
        if (textual) {
          lookups.push({ key: word.stem, text: word.form, weight: 1, kind: "term", field: clause.field });
          for (const extra of word.extras) {
            lookups.push({ key: extra, text: extra, weight: VARIANT_WEIGHT, kind: "variant", field: clause.field });
          }
        }
        for (const name of Object.keys(this.#schema.fields)) {
          if (fieldKind(this.#schema, name) === "text" || (clause.field !== null && clause.field !== name)) continue;
          const weight = this.#schema.fields[name].weight;
          for (const form of new Set([word.form, ...word.extras])) {
            lookups.push({ key: `${name}:${form}`, text: form, weight, kind: "field", field: name });
          }
        }
      }
    }
    const seen = new Set<string>();
    const all = lookups.filter((lookup) => !seen.has(lookup.key) && seen.add(lookup.key));
    const content = all.filter((lookup) => !STOP_WORDS.has(lookup.text));
    return content.length > 0 ? content : all;
  }

  #parts(stored: Stored, parsed: ParsedQuery, lookups: readonly Lookup[]): ScorePart[] {
    const parts: ScorePart[] = [];
    const average = this.#documents.size === 0 ? 1 : Math.max(1, this.#lengthSum / this.#documents.size);
    let top = 0;
    for (const lookup of lookups) {
      const documents = this.#postings.get(lookup.key)?.size ?? 0;
      const idf = Math.log(1 + (this.#documents.size - documents + 0.5) / (documents + 0.5));
      top += lookup.weight * idf;
      const occurrences = stored.counts.get(lookup.key);
      if (occurrences === undefined) continue;
      let frequency = 0;
      for (const [field, times] of occurrences) {
        if (lookup.field === null || lookup.field === field) frequency += this.#schema.fields[field].weight * times;
      }
      if (frequency === 0) continue;
      const length = lookup.kind === "field" ? average : stored.length;
      const saturation = frequency / (frequency + K1 * (1 - B + (B * length) / average));
      const counted = Object.fromEntries(occurrences);
      parts.push({
        kind: lookup.kind,
        text: lookup.text,
        value: lookup.weight * idf * saturation,
        occurrences: counted,
      });
    }
    const whole = parsed.text.trim().toLowerCase();
    const identifiers = Object.keys(this.#schema.fields).filter(
      (name) => fieldKind(this.#schema, name) === "identifier",
    );
    const isIdentifier = identifiers.some((name) =>
      identifierForms(whole).some((form) => stored.counts.has(`${name}:${form}`)),
    );
    if (isIdentifier || (stored.title !== "" && stored.title === titleKey(parsed.text, this.#analyzer))) {
      parts.push({ kind: "exact", text: parsed.text, value: 1 + top });
    }
    return parts;
  }

  #admits(stored: Stored, parsed: ParsedQuery, filters: readonly Filter[]): boolean {
    for (const clause of parsed.clauses) {
      if (clause.occur === "should") continue;
      if (this.#holds(stored, clause) !== (clause.occur === "must")) return false;
    }
    return filters.every((filter) => passes(stored.facets, filter));
  }

  #holds(stored: Stored, clause: Clause): boolean {
    if (clause.field !== null && fieldKind(this.#schema, clause.field) !== "text") {
      return clause.words.every((word) => stored.counts.has(`${clause.field}:${word.form}`));
    }
    for (const [field, line] of stored.lines) {
      if (clause.field !== null && clause.field !== field) continue;
      for (let at = 0; at + clause.words.length <= line.length; at += 1) {
        if (clause.words.every((word, offset) => line[at + offset] === word.stem)) return true;
      }
      if (clause.words.length === 1 && (stored.counts.get(clause.words[0].stem)?.get(field) ?? 0) > 0) return true;
    }
    return false;
  }
}

function identifierForms(whole: string): string[] {
  const bare = whole.replace(/^(?:https?:\/\/)?(?:arxiv\.org\/(?:abs|pdf)\/|doi\.org\/|arxiv:|doi:)\s*/, "");
  return [whole, bare, bare.replace(/v\d{1,3}$/, "")];
}

function count(stored: Stored, key: string, field: string): void {
  const perField = stored.counts.get(key) ?? new Map<string, number>();
  perField.set(field, (perField.get(field) ?? 0) + 1);
  stored.counts.set(key, perField);
}

function titleKey(text: string, analyzer: Analyzer): string {
  return analyze(text, analyzer)
    .map((word) => word.form)
    .join(" ");
}

function sum(parts: readonly ScorePart[]): number {
  let total = 0;
  for (const part of parts) total += part.value;
  return total;
}

function clamp(value: number, low: number, high: number): number {
  return Number.isFinite(value) ? Math.min(high, Math.max(low, Math.floor(value))) : low;
}

function passes(facets: Stored["facets"], filter: Filter): boolean {
  const value = Object.hasOwn(facets, filter.facet) ? facets[filter.facet] : undefined;
  if ("is" in filter) return (value === true) === filter.is;
  if ("anyOf" in filter) {
    const held = new Set(
      (typeof value === "string" ? [value] : Array.isArray(value) ? value : []).map((item) => item.toLowerCase()),
    );
    return filter.anyOf.some((item) => held.has(item.toLowerCase()));
  }
  return typeof value === "number" && value >= (filter.min ?? -Infinity) && value <= (filter.max ?? Infinity);
}

function countFacets(matched: readonly Stored[], names: readonly string[]): Record<string, FacetCount[]> {
  const counted: Record<string, FacetCount[]> = {};
  for (const name of names) {
    const counts = new Map<string, number>();
    for (const stored of matched) {
      const value = Object.hasOwn(stored.facets, name) ? stored.facets[name] : undefined;
      const values =
        value === undefined || value === false
          ? []
          : Array.isArray(value)
            ? new Set(value as string[])
            : [String(value)];
      for (const item of values) counts.set(item, (counts.get(item) ?? 0) + 1);
    }
    const list = [...counts].map(([value, times]) => ({ value, count: times }));
    counted[name] = list.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)).slice(0, FACET_VALUES_MAX);
  }
  return counted;
}
