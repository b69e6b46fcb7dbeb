/** What an index is about: its fields, facets and query operators, and the documents that go into it. */
import { InvalidInputError } from "./errors.ts";

/** How a field is read: `text` is analysed, `name` holds people, `identifier` holds whole tokens (arXiv ids, DOIs). */
export type FieldKind = "text" | "name" | "identifier";

/** One field of a schema. */
export type FieldOptions = {
  /** How much one occurrence counts, above 0 and at most 20. Only the ratio between text fields matters. */
  weight: number;
  /** Default `"text"`. */
  kind?: FieldKind;
};

/** How a facet is stored: a finite number, one or several keywords, or yes/no. */
export type FacetKind = "number" | "keyword" | "flag";

/**
 * What `name:value` means in the query language.
 * - `field`: the words must occur in this field (`author:hinton`, `title:"sparse attention"`).
 * - `keyword`: the keyword facet holds the value (`topic:cs.CL`).
 * - `has`: the word names a flag facet (`has:code`), `flags` maps the words allowed to their facets.
 * - `after`, `before`: a date facet of the form yyyymmdd; `after:2024-01` is from 1 January 2024 on,
 *   `before:2024-01` is until 31 December 2023.
 * - `range`: a number or `from..to` on a number facet (`year:2020..2023`).
 */
export type Operator =
  | { type: "field"; field: string }
  | { type: "keyword"; facet: string }
  | { type: "has"; flags: Readonly<Record<string, string>> }
  | { type: "after"; facet: string }
  | { type: "before"; facet: string }
  | { type: "range"; facet: string };

/** What an index is about. At most 4 text fields, 16 fields and 16 facets in all. */
export type Schema = {
  fields: Readonly<Record<string, FieldOptions>>;
  facets?: Readonly<Record<string, FacetKind>>;
  operators?: Readonly<Record<string, Operator>>;
};

/** A document as it is handed in. Fields and facets may be missing; names that the schema lacks are refused. */
export type IndexedDocument = {
  /** 1 to 512 characters, unique in the index; the same id again replaces the document. */
  id: string;
  /** A list in a `text` field is read as separate passages, in `name` and `identifier` fields as separate values. */
  fields: Readonly<Record<string, string | readonly string[]>>;
  facets?: Readonly<Record<string, number | boolean | string | readonly string[]>>;
};

export const LIMITS = {
  textFields: 4,
  fields: 16,
  facets: 16,
  idChars: 512,
  /** Longer text is cut here: nobody finds a paper by its millionth character, and one document must not stop a build. */
  fieldChars: 1_000_000,
  fieldValues: 20_000,
} as const;

const FIELD_KINDS: readonly unknown[] = ["text", "name", "identifier"] satisfies FieldKind[];
const FACET_KINDS: readonly unknown[] = ["number", "keyword", "flag"] satisfies FacetKind[];
const OPERATOR_TYPES: readonly unknown[] = [
  "field",
  "keyword",
  "has",
  "after",
  "before",
  "range",
] satisfies Operator["type"][];
/** As the query parser reads it. */
const OPERATOR_NAME = /^[a-z][a-z0-9_]{0,30}$/;

/** @throws InvalidInputError  the schema is empty, too large, or an operator names something that is not there */
export function checkSchema(schema: Schema): void {
  if (!isRecord(schema) || !isRecord(schema.fields)) throw new InvalidInputError("a schema is an object with fields");
  const names = Object.keys(schema.fields);
  if (names.length === 0 || names.length > LIMITS.fields) {
    throw new InvalidInputError(`schema: 1 to ${LIMITS.fields} fields, not ${names.length}`);
  }
  for (const name of names) checkField(name, schema.fields[name]);
  const texts = names.filter((name) => fieldKind(schema, name) === "text");
  if (texts.length > LIMITS.textFields) {
    throw new InvalidInputError(`schema: at most ${LIMITS.textFields} text fields, not ${texts.length}`);
  }
  const facets = schema.facets ?? {};
  if (Object.keys(facets).length > LIMITS.facets)
    throw new InvalidInputError(`schema: at most ${LIMITS.facets} facets`);
  for (const [name, kind] of Object.entries(facets)) {
    if (!FACET_KINDS.includes(kind))
      throw new InvalidInputError(`schema: facet "${name}" is number, keyword or flag, not ${JSON.stringify(kind)}`);
  }
  for (const [name, operator] of Object.entries(schema.operators ?? {})) checkOperator(schema, name, operator);
}

function checkField(name: string, options: FieldOptions): void {
  if (!isRecord(options)) throw new InvalidInputError(`schema: field "${name}" has no options`);
  const { weight, kind = "text" } = options;
  if (typeof weight !== "number" || !(weight > 0 && weight <= 20))
    throw new InvalidInputError(`schema: the weight of field "${name}" is above 0 and at most 20, not ${weight}`);
  if (!FIELD_KINDS.includes(kind)) {
    throw new InvalidInputError(
      `schema: the kind of field "${name}" is text, name or identifier, not ${JSON.stringify(kind)}`,
    );
  }
}

function checkOperator(schema: Schema, name: string, operator: Operator): void {
  const refuse = (reason: string) => new InvalidInputError(`operator "${name}": ${reason}`);
  if (!OPERATOR_NAME.test(name)) throw refuse("a name is a small letter and up to 30 small letters, digits and _");
  if (!OPERATOR_TYPES.includes(operator?.type)) {
    const found = JSON.stringify(operator?.type);
    throw refuse(`the type is field, keyword, has, after, before or range, not ${found}`);
  }
  const facets = schema.facets ?? {};
  const wanted: [string, FacetKind][] = [];
  if (operator.type === "field") {
    if (!Object.hasOwn(schema.fields, operator.field)) {
      throw refuse(`there is no field "${operator.field}"`);
    }
  } else if (operator.type === "has") {
    if (!isRecord(operator.flags)) throw refuse('"flags" is not an object');
    for (const [word, flag] of Object.entries(operator.flags)) {
      if (word !== word.toLowerCase()) throw refuse(`the words of its flags are in small letters, not "${word}"`);
      wanted.push([flag, "flag"]);
    }
  } else {
    wanted.push([operator.facet, operator.type === "keyword" ? "keyword" : "number"]);
  }
  for (const [facet, kind] of wanted) {
    if (!Object.hasOwn(facets, facet) || facets[facet] !== kind) {
      throw refuse(`there is no ${kind} facet "${facet}"`);
    }
  }
}

export function fieldKind(schema: Schema, name: string): FieldKind {
  return schema.fields[name].kind ?? "text";
}

/** @throws InvalidInputError  naming the document and what is wrong with it; the index is untouched */
export function checkDocument(schema: Schema, document: IndexedDocument): void {
  if (!isRecord(document)) {
    const found = document === null ? "null" : Array.isArray(document) ? "a list" : typeof document;
    throw new InvalidInputError(`a document is an object, not ${found}`);
  }
  const { id } = document;
  if (typeof id !== "string" || id.length === 0 || id.length > LIMITS.idChars) {
    throw new InvalidInputError(
      `a document id is 1 to ${LIMITS.idChars} characters, not ${JSON.stringify(id)?.slice(0, 80)}`,
    );
  }
  // Half a surrogate pair does not come back from UTF-8, so nobody would find the document again.
  if (!id.isWellFormed()) throw new InvalidInputError(`document ${JSON.stringify(id)}: half a character in the id`);
  if (!isRecord(document.fields)) throw new InvalidInputError(`document "${id}": "fields" is not an object`);
  if (document.facets !== undefined && !isRecord(document.facets))
    throw new InvalidInputError(`document "${id}": "facets" is not an object`);
  for (const [name, value] of Object.entries(document.fields)) {
    if (!Object.hasOwn(schema.fields, name))
      throw new InvalidInputError(`document "${id}": the schema has no field "${name}"`);
    const right =
      typeof value === "string" || (Array.isArray(value) && value.every((item) => typeof item === "string"));
    if (!right) throw new InvalidInputError(`document "${id}": field "${name}" is neither text nor a list of texts`);
  }
  for (const [name, value] of Object.entries(document.facets ?? {})) checkFacet(schema, id, name, value);
}

function isRecord(value: unknown): boolean {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function checkFacet(schema: Schema, id: string, name: string, value: unknown): void {
  const kind = schema.facets !== undefined && Object.hasOwn(schema.facets, name) ? schema.facets[name] : null;
  if (kind === null) throw new InvalidInputError(`document "${id}": the schema has no facet "${name}"`);
  const right =
    kind === "number"
      ? typeof value === "number" && Number.isFinite(value)
      : kind === "flag"
        ? typeof value === "boolean"
        : typeof value === "string" || (Array.isArray(value) && value.every((item) => typeof item === "string"));
  if (!right) throw new InvalidInputError(`document "${id}": facet "${name}" is not a ${kind}`);
}

/** The values of a field, cut to the limits; an absent field is an empty list. */
export function fieldValues(document: IndexedDocument, name: string): string[] {
  const value = document.fields[name];
  if (value === undefined) return [];
  const list = typeof value === "string" ? [value] : value.slice(0, LIMITS.fieldValues);
  let room: number = LIMITS.fieldChars;
  const values: string[] = [];
  for (const item of list) {
    if (room <= 0) break;
    values.push(item.length > room ? item.slice(0, room) : item);
    room -= item.length;
  }
  return values;
}

/** A plain copy of a document that was checked: its objects belong to the caller, who may use them for the next one. */
export function copyOf({ id, fields, facets = {} }: IndexedDocument): IndexedDocument {
  return { id, fields: copyValues(fields), facets: copyValues(facets) };
}

function copyValues<T>(values: Readonly<Record<string, T>>): Record<string, T> {
  const copy = { ...values };
  for (const [name, value] of Object.entries(copy)) if (Array.isArray(value)) copy[name] = value.slice() as T;
  return copy;
}
