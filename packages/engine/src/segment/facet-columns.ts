/** Facet values in columns: numbers side by side, flags as bits, keywords as numbers of a list of values. */
import type { IndexedDocument, Schema } from "../schema.ts";
import { type Allocate, ByteReader, ByteWriter } from "./bytes.ts";

/** `int` and `float` are numbers; `values` are the keywords in order of first sight. */
export type FacetMeta = { name: string; column: "int" | "float" | "flag" | "keyword"; values?: string[] };
type Facets = NonNullable<IndexedDocument["facets"]>;

const INT_MISSING = -(2 ** 31);

export type PackedFacet = { meta: FacetMeta; bytes: Uint8Array };

export function packFacet(name: string, schema: Schema, documents: readonly Facets[]): PackedFacet {
  const kind = (schema.facets ?? {})[name];
  const column = documents.map((facets) => (Object.hasOwn(facets, name) ? facets[name] : undefined));
  if (kind === "keyword") return packKeywords(name, column);
  if (kind === "flag") {
    const bits = new Uint32Array(Math.ceil(documents.length / 32));
    column.forEach((value, at) => {
      if (value === true) bits[at >>> 5] |= 1 << (at & 31);
    });
    return { meta: { name, column: "flag" }, bytes: new Uint8Array(bits.buffer) };
  }
  return packNumbers(
    name,
    Float64Array.from(column, (value) => (value === undefined ? Number.NaN : (value as number))),
  );
}

/** @param column  NaN where a document has none */
function packNumbers(name: string, column: Float64Array): PackedFacet {
  const isInt = column.every((value) => Number.isNaN(value) || ((value | 0) === value && value !== INT_MISSING));
  const numbers = isInt ? Int32Array.from(column, (value) => (Number.isNaN(value) ? INT_MISSING : value)) : column;
  return { meta: { name, column: isInt ? "int" : "float" }, bytes: new Uint8Array(numbers.buffer) };
}

/** A column, and which of its documents are wanted, in order. */
export type FacetSource = { column: FacetColumn; documents: Int32Array };

/** The same facet of several segments in one column. */
export function mergeFacet(name: string, schema: Schema, sources: readonly FacetSource[]): PackedFacet {
  const kind = (schema.facets ?? {})[name];
  let documents = 0;
  for (const source of sources) documents += source.documents.length;
  if (kind === "keyword") return mergeKeywords(name, sources);
  let at = 0;
  if (kind === "flag") {
    const bits = new Uint32Array(Math.ceil(documents / 32));
    for (const { column, documents: wanted } of sources) {
      for (const document of wanted) {
        if (column.flag(document)) bits[at >>> 5] |= 1 << (at & 31);
        at += 1;
      }
    }
    return { meta: { name, column: "flag" }, bytes: new Uint8Array(bits.buffer) };
  }
  const numbers = new Float64Array(documents);
  for (const { column, documents: wanted } of sources)
    for (const document of wanted) numbers[at++] = column.number(document);
  return packNumbers(name, numbers);
}

function mergeKeywords(name: string, sources: readonly FacetSource[]): PackedFacet {
  const numbers = new Map<string, number>();
  const out = new ByteWriter();
  const list: number[] = [];
  for (const { column, documents } of sources) {
    const values = column.meta.values ?? [];
    const mapping = new Int32Array(values.length).fill(-1);
    for (const document of documents) {
      list.length = 0;
      column.keywords(document, (value) => {
        if (mapping[value] < 0) {
          mapping[value] = numbers.get(values[value]) ?? numbers.size;
          numbers.set(values[value], mapping[value]);
        }
        list.push(mapping[value]);
      });
      out.varint(list.length);
      for (const value of list) out.varint(value);
    }
  }
  return { meta: { name, column: "keyword", values: [...numbers.keys()] }, bytes: out.finish() };
}

function packKeywords(name: string, column: readonly unknown[]): PackedFacet {
  const numbers = new Map<string, number>();
  const out = new ByteWriter();
  for (const value of column) {
    const list = new Set(typeof value === "string" ? [value] : Array.isArray(value) ? (value as string[]) : []);
    out.varint(list.size);
    for (const item of list) {
      const keyword = item.slice(0, 256);
      const known = numbers.get(keyword) ?? numbers.size;
      numbers.set(keyword, known);
      out.varint(known);
    }
  }
  return { meta: { name, column: "keyword", values: [...numbers.keys()] }, bytes: out.finish() };
}

/** One facet of one segment. */
export class FacetColumn {
  readonly meta: FacetMeta;
  readonly #bytes: Uint8Array;
  readonly #numbers: Int32Array | Float64Array | null;
  readonly #bits: Uint32Array | null;
  readonly #offsets: Uint32Array;

  constructor(meta: FacetMeta, bytes: Uint8Array, offsets: Uint32Array) {
    this.meta = meta;
    this.#bytes = bytes;
    this.#offsets = offsets;
    const { buffer, byteOffset, byteLength } = bytes;
    this.#numbers =
      meta.column === "int"
        ? new Int32Array(buffer, byteOffset, byteLength / 4)
        : meta.column === "float"
          ? new Float64Array(buffer, byteOffset, byteLength / 8)
          : null;
    this.#bits = meta.column === "flag" ? new Uint32Array(buffer, byteOffset, byteLength / 4) : null;
  }

  /** NaN where the document has none. */
  number(document: number): number {
    const value = this.#numbers === null ? Number.NaN : this.#numbers[document];
    return value === INT_MISSING && this.meta.column === "int" ? Number.NaN : value;
  }

  flag(document: number): boolean {
    return this.#bits !== null && ((this.#bits[document >>> 5] >>> (document & 31)) & 1) === 1;
  }

  /** Calls `visit` with the number of each keyword of the document. */
  keywords(document: number, visit: (value: number) => void): void {
    if (this.meta.column !== "keyword") return;
    const reader = new ByteReader(this.#bytes, this.#offsets[document]);
    for (let left = reader.varint(); left > 0; left -= 1) visit(reader.varint());
  }
}

/** Where each document's keywords begin. */
export function keywordOffsets(meta: FacetMeta, bytes: Uint8Array, documents: number, allocate: Allocate): Uint32Array {
  if (meta.column !== "keyword") return new Uint32Array(allocate(0));
  const offsets = new Uint32Array(allocate(documents * 4));
  const reader = new ByteReader(bytes);
  for (let document = 0; document < documents; document += 1) {
    offsets[document] = reader.at;
    for (let left = reader.varint(); left > 0; left -= 1) reader.varint();
  }
  return offsets;
}
