/** Facet values in columns: numbers side by side, flags as bits, keywords as numbers of a list of values. */
import type { IndexedDocument, Schema } from "../schema.ts";
import { type Allocate, ByteReader, ByteWriter } from "./bytes.ts";

/** `int` and `float` are numbers; `values` are the keywords in order of first sight. */
export type FacetMeta = { name: string; column: "int" | "float" | "flag" | "keyword"; values?: string[] };
type Facets = NonNullable<IndexedDocument["facets"]>;

const INT_MISSING = -(2 ** 31);

export function packFacet(
  name: string,
  schema: Schema,
  documents: readonly Facets[],
): { meta: FacetMeta; bytes: Uint8Array } {
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
  const isInt = column.every(
    (value) => value === undefined || (((value as number) | 0) === value && value !== INT_MISSING),
  );
  const numbers = isInt
    ? Int32Array.from(column, (value) => (value === undefined ? INT_MISSING : (value as number)))
    : Float64Array.from(column, (value) => (value === undefined ? Number.NaN : (value as number)));
  return { meta: { name, column: isInt ? "int" : "float" }, bytes: new Uint8Array(numbers.buffer) };
}

function packKeywords(name: string, column: readonly unknown[]): { meta: FacetMeta; bytes: Uint8Array } {
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

  /** The facet of a document as it was handed in; undefined where it has none. */
  value(document: number): Facets[string] | undefined {
    if (this.meta.column === "flag") return this.flag(document);
    if (this.meta.column !== "keyword") {
      const number = this.number(document);
      return Number.isNaN(number) ? undefined : number;
    }
    const list: string[] = [];
    this.keywords(document, (value) => list.push((this.meta.values as string[])[value]));
    return list.length === 0 ? undefined : list;
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
