/** All terms of a segment in order, front-coded in groups of 16, with the form to show for each. */
import { type Allocate, ByteReader, ByteWriter, decodeUtf8, encodeUtf8 } from "./bytes.ts";

import { WHOLE_NAME_MARK } from "./term-keys.ts";

const GROUP = 16;

/** "lund ada" → "Ada Lund" for the key of a whole name, null for other keys. */
function turnedName(key: string): string | null {
  if (key.charCodeAt(0) !== WHOLE_NAME_MARK) return null;
  const [surname, ...others] = key.slice(2).split(" ");
  return [...others.filter((word) => word !== ""), surname]
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

/** Writes terms in dictionary order; the id of a term is its place. */
export class DictionaryWriter {
  readonly #out = new ByteWriter();
  #previous: Uint8Array = new Uint8Array(0);
  #count = 0;

  /**
   * @param documents  number of documents that hold the term, at least 1
   * @param shown  the form people read, where it differs from the key
   */
  add(key: string, documents: number, shown: string): void {
    const bytes = encodeUtf8(key);
    let shared = 0;
    if (this.#count % GROUP !== 0) {
      const limit = Math.min(bytes.length, this.#previous.length, 255);
      while (shared < limit && bytes[shared] === this.#previous[shared]) shared += 1;
    }
    this.#out.byte(shared);
    this.#out.varint(bytes.length - shared);
    this.#out.raw(bytes.subarray(shared));
    this.#out.varint(documents);
    this.#writeShown(key, bytes, shown);
    this.#previous = bytes;
    this.#count += 1;
  }

  /**
   * 0: the key itself. 1: a name key turned round, with capitals. Otherwise how many bytes it shares with the key + 2,
   * and the rest.
   */
  #writeShown(text: string, key: Uint8Array, form: string): void {
    if (form === turnedName(text)) {
      this.#out.byte(1);
      return;
    }
    const shown = form === text ? key : encodeUtf8(form);
    let shared = 0;
    while (shared < key.length && shared < shown.length && key[shared] === shown[shared]) shared += 1;
    if (shared === key.length && shared === shown.length) {
      this.#out.byte(0);
      return;
    }
    this.#out.varint(shared + 2);
    this.#out.varint(shown.length - shared);
    this.#out.raw(shown.subarray(shared));
  }

  finish(): Uint8Array {
    return this.#out.finish();
  }
}

/** Where each group begins and how many documents hold each term; worked out once when a segment is opened. */
export type DictionaryTables = { groups: Uint32Array; documents: Uint32Array };

export function readDictionary(bytes: Uint8Array, terms: number, allocate: Allocate): DictionaryTables {
  const groups = new Uint32Array(allocate(Math.ceil(terms / GROUP) * 4));
  const documents = new Uint32Array(allocate(terms * 4));
  const reader = new ByteReader(bytes);
  for (let id = 0; id < terms; id += 1) {
    if (id % GROUP === 0) groups[id / GROUP] = reader.at;
    reader.at += 1;
    const suffix = reader.varint();
    reader.at += suffix;
    documents[id] = reader.varint();
    if (reader.varint() > 1) {
      const shown = reader.varint();
      reader.at += shown;
    }
  }
  return { groups, documents };
}

/** Looks terms up by key, by number and by prefix. */
export class Dictionary {
  readonly #bytes: Uint8Array;
  readonly #tables: DictionaryTables;
  readonly size: number;

  constructor(bytes: Uint8Array, tables: DictionaryTables) {
    this.#bytes = bytes;
    this.#tables = tables;
    this.size = tables.documents.length;
  }

  /** Number of the term, or -1. */
  find(key: string): number {
    const id = this.lowerBound(key);
    return foundExactly ? id : -1;
  }

  /** Number of the first term that is not before `key`; `size` if there is none. */
  lowerBound(key: string): number {
    const wanted = encodeUtf8(key);
    const { groups } = this.#tables;
    foundExactly = false;
    let low = 0;
    let high = groups.length - 1;
    let group = -1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      if (this.#compareFirst(groups[middle], wanted) <= 0) {
        group = middle;
        low = middle + 1;
      } else high = middle - 1;
    }
    if (group < 0) return 0;
    return this.#scanGroup(group, wanted);
  }

  #compareFirst(at: number, wanted: Uint8Array): number {
    const reader = new ByteReader(this.#bytes, at + 1);
    const length = reader.varint();
    return compareBytes(this.#bytes, reader.at, length, wanted);
  }

  /** First id in the group (or the one behind it) whose key is not before `wanted`. */
  #scanGroup(group: number, wanted: Uint8Array): number {
    const first = group * GROUP;
    const last = Math.min(this.size, first + GROUP);
    const reader = new ByteReader(this.#bytes, this.#tables.groups[group]);
    const key = scratch;
    for (let id = first; id < last; id += 1) {
      const length = readKey(reader, key);
      const order = compareBytes(key, 0, length, wanted);
      foundExactly = order === 0;
      if (order >= 0) return id;
      skipRest(reader);
    }
    return last;
  }

  key(id: number): string {
    return this.#read(id).key;
  }

  /** The form to show for a term. */
  shown(id: number): string {
    return this.#read(id).shown;
  }

  documents(id: number): number {
    return this.#tables.documents[id];
  }

  #read(id: number): { key: string; shown: string } {
    const reader = new ByteReader(this.#bytes, this.#tables.groups[Math.floor(id / GROUP)]);
    const key = scratch;
    let length = 0;
    for (let at = 0; at <= id % GROUP; at += 1) {
      if (at > 0) skipRest(reader);
      length = readKey(reader, key);
    }
    reader.varint();
    const text = decodeUtf8(key, 0, length);
    return { key: text, shown: readShown(reader, key, text) };
  }

  /** Calls `visit` with every term and the form to show for it. */
  walkShown(visit: (key: string, shown: string, id: number) => void): void {
    const reader = new ByteReader(this.#bytes);
    const bytes = new Uint8Array(KEY_BYTES_MAX);
    for (let id = 0; id < this.size; id += 1) {
      const length = readKey(reader, bytes);
      const key = decodeUtf8(bytes, 0, length);
      reader.varint();
      visit(key, readShown(reader, bytes, key), id);
    }
  }

  /**
   * Calls `visit` with the UTF-8 of every term not before `first` in at least so many documents, until it returns false.
   * The bytes belong to the dictionary and change with the next term.
   */
  walkBytes(
    first: string,
    documentsMin: number,
    visit: (bytes: Uint8Array, length: number, id: number) => boolean,
  ): void {
    const from = this.lowerBound(first);
    if (from >= this.size) return;
    const group = Math.floor(from / GROUP);
    const reader = new ByteReader(this.#bytes, this.#tables.groups[group]);
    const bytes = new Uint8Array(KEY_BYTES_MAX);
    for (let id = group * GROUP; id < this.size; id += 1) {
      const length = readKey(reader, bytes);
      skipRest(reader);
      if (id < from || this.#tables.documents[id] < documentsMin) continue;
      if (!visit(bytes, length, id)) return;
    }
  }

  /** Calls `visit` with every term from number `from` on until it returns false. */
  walk(from: number, visit: (key: string, id: number) => boolean): void {
    if (from >= this.size) return;
    const group = Math.floor(from / GROUP);
    const reader = new ByteReader(this.#bytes, this.#tables.groups[group]);
    const bytes = new Uint8Array(KEY_BYTES_MAX);
    for (let id = group * GROUP; id < this.size; id += 1) {
      const length = readKey(reader, bytes);
      skipRest(reader);
      if (id >= from && !visit(decodeUtf8(bytes, 0, length), id)) return;
    }
  }
}

/** Words are cut at 64 characters, names and identifiers at 160; a character is at most 3 bytes. */
const KEY_BYTES_MAX = 512;
/** Whether the last lookup met the very key it was asked for. */
let foundExactly = false;
/** Work space of lookups, which call nothing while they read. */
const scratch = new Uint8Array(KEY_BYTES_MAX);

function readKey(reader: ByteReader, key: Uint8Array): number {
  const shared = reader.byte();
  const more = reader.varint();
  const { bytes } = reader;
  for (let at = 0; at < more; at += 1) key[shared + at] = bytes[reader.at + at];
  reader.at += more;
  return shared + more;
}

function readShown(reader: ByteReader, bytes: Uint8Array, key: string): string {
  const shared = reader.varint();
  if (shared === 0) return key;
  if (shared === 1) return turnedName(key) as string;
  const more = reader.varint();
  const joined = new Uint8Array(shared - 2 + more);
  joined.set(bytes.subarray(0, shared - 2));
  joined.set(reader.bytes.subarray(reader.at, reader.at + more), shared - 2);
  reader.at += more;
  return decodeUtf8(joined, 0, joined.length);
}

function skipRest(reader: ByteReader): void {
  reader.varint();
  if (reader.varint() < 2) return;
  const more = reader.varint();
  reader.at += more;
}

function compareBytes(bytes: Uint8Array, start: number, length: number, wanted: Uint8Array): number {
  const shorter = Math.min(length, wanted.length);
  for (let at = 0; at < shorter; at += 1) {
    const difference = bytes[start + at] - wanted[at];
    if (difference !== 0) return difference;
  }
  return length - wanted.length;
}
