/** All terms of a segment in order, front-coded in groups of 16, with the form to show for each. */
import { type Allocate, ByteReader, ByteWriter, decodeUtf8, encodeUtf8 } from "./bytes.ts";

import { WHOLE_NAME_MARK } from "./term-keys.ts";

const GROUP = 16;
/** Words are cut at 64 characters, names and identifiers at 160; a character is at most 3 bytes. */
const KEY_BYTES_MAX = 512;

/** "lund ada" → "Ada Lund" for the key of a whole name, null for other keys. */
function turnedName(key: string): string | null {
  if (key.charCodeAt(0) !== WHOLE_NAME_MARK) return null;
  const [surname, ...others] = key.slice(2).split(" ");
  return [...others.filter((word) => word !== ""), surname]
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join(" ");
}

/** The largest number in four bits says that the rest comes behind. */
const NIBBLE = 15;
/** How the form to show is told: it is the key, a name key turned round, or so much of the key and something else. */
const SAME = 0;
const TURNED = 1;
const OTHER = 2;
const KINDS = 4;

function sharedBytes(a: Uint8Array, length: number, b: Uint8Array): number {
  const limit = Math.min(length, b.length);
  let shared = 0;
  while (shared < limit && a[shared] === b[shared]) shared += 1;
  return shared;
}

/**
 * Writes terms in dictionary order; the id of a term is its place. One entry: bytes shared with the key before and
 * further bytes as a pair, these bytes, documents · 4 + kind of the form to show, and where that is neither the key nor
 * made from it: bytes cut off the key and bytes put there as a pair, and these bytes.
 */
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
    this.#writeKey(bytes);
    if (shown === turnedName(key)) {
      this.#out.varint(documents * KINDS + TURNED);
      return;
    }
    if (shown === key) {
      this.#out.varint(documents * KINDS + SAME);
      return;
    }
    const form = encodeUtf8(shown);
    const shared = sharedBytes(bytes, bytes.length, form);
    this.#out.varint(documents * KINDS + OTHER);
    this.#writePair(bytes.length - shared, form.length - shared);
    this.#out.raw(form.subarray(shared));
  }

  /** A term whose key and form to show stand in another dictionary. */
  addFrom(other: DictionaryCursor, documents: number): void {
    this.#writeKey(other.key.slice(0, other.length));
    this.#out.varint(documents * KINDS + other.kind);
    this.#out.raw(other.shown());
  }

  #writeKey(key: Uint8Array): void {
    const shared = this.#count % GROUP === 0 ? 0 : sharedBytes(key, key.length, this.#previous);
    this.#writePair(shared, key.length - shared);
    this.#out.raw(key.subarray(shared));
    this.#previous = key;
    this.#count += 1;
  }

  /** Two small numbers in one byte; what does not fit comes behind. */
  #writePair(first: number, second: number): void {
    this.#out.byte((Math.min(NIBBLE, first) << 4) | Math.min(NIBBLE, second));
    if (first >= NIBBLE) this.#out.varint(first - NIBBLE);
    if (second >= NIBBLE) this.#out.varint(second - NIBBLE);
  }

  finish(): Uint8Array {
    return this.#out.finish();
  }
}

/** Walks a dictionary term by term, without making texts of them. */
export class DictionaryCursor {
  /** The term's UTF-8 is in the first `length` bytes. */
  readonly key = new Uint8Array(KEY_BYTES_MAX);
  length = 0;
  /** Number of the term; -1 before the first. */
  id = -1;
  kind = SAME;
  readonly #reader: ByteReader;
  readonly #size: number;
  #shownAt = 0;

  constructor(bytes: Uint8Array, terms: number) {
    this.#reader = new ByteReader(bytes);
    this.#size = terms;
  }

  /** Moves to the next term. @returns false behind the last */
  next(): boolean {
    this.id += 1;
    if (this.id >= this.#size) return false;
    this.length = readKey(this.#reader, this.key);
    this.kind = this.#reader.varint() % KINDS;
    this.#shownAt = this.#reader.at;
    if (this.kind === OTHER) skipShown(this.#reader);
    return true;
  }

  /** The form to show, as it is stored behind this key. */
  shown(): Uint8Array {
    return this.#reader.bytes.subarray(this.#shownAt, this.#reader.at);
  }

  /** Order of this term and the other's. */
  compare(other: DictionaryCursor): number {
    const shorter = Math.min(this.length, other.length);
    for (let at = 0; at < shorter; at += 1) {
      const difference = this.key[at] - other.key[at];
      if (difference !== 0) return difference;
    }
    return this.length - other.length;
  }
}

/** Worked out once when a segment is opened. */
export type DictionaryTables = {
  /** Where each group begins. */
  groups: Uint32Array;
  /** The first eight bytes of each group's first key, four in a number: most comparisons end with these. */
  heads: Uint32Array;
  /** How many documents hold each term. */
  documents: Uint32Array;
};

export function readDictionary(bytes: Uint8Array, terms: number, allocate: Allocate): DictionaryTables {
  const groups = new Uint32Array(allocate(Math.ceil(terms / GROUP) * 4));
  const heads = new Uint32Array(allocate(groups.length * 8));
  const documents = new Uint32Array(allocate(terms * 4));
  const reader = new ByteReader(bytes);
  for (let id = 0; id < terms; id += 1) {
    const isFirst = id % GROUP === 0;
    if (isFirst) groups[id / GROUP] = reader.at;
    readPair(reader);
    if (isFirst) {
      heads[(id / GROUP) * 2] = headOf(bytes, reader.at, pairSecond);
      heads[(id / GROUP) * 2 + 1] = headOf(bytes, reader.at + 4, pairSecond - 4);
    }
    reader.at += pairSecond;
    const value = reader.varint();
    documents[id] = value >>> 2;
    if (value % KINDS === OTHER) skipShown(reader);
  }
  return { groups, heads, documents };
}

/** Four bytes as a number of the same order; what is not there counts as 0. */
function headOf(bytes: Uint8Array, start: number, length: number): number {
  let head = 0;
  for (let at = 0; at < 4; at += 1) head = (head << 8) | (at < length ? bytes[start + at] : 0);
  return head >>> 0;
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

  cursor(): DictionaryCursor {
    return new DictionaryCursor(this.#bytes, this.size);
  }

  /** Number of the term, or -1. */
  find(key: string): number {
    const id = this.lowerBound(key);
    return foundExactly ? id : -1;
  }

  /** Number of the first term that is not before `key`; `size` if there is none. */
  lowerBound(key: string): number {
    wanted.set(key);
    const { groups, heads } = this.#tables;
    const { high: first, low: second } = wanted;
    foundExactly = false;
    let low = 0;
    let high = groups.length - 1;
    let group = -1;
    while (low <= high) {
      const middle = (low + high) >>> 1;
      const difference = heads[middle * 2] - first || heads[middle * 2 + 1] - second;
      if ((difference || this.#compareFirst(groups[middle])) <= 0) {
        group = middle;
        low = middle + 1;
      } else high = middle - 1;
    }
    if (group < 0) return 0;
    return this.#scanGroup(group);
  }

  /** Order of the first key of a group and the wanted one. */
  #compareFirst(start: number): number {
    const reader = probe;
    reader.bytes = this.#bytes;
    reader.at = start;
    readPair(reader);
    return wanted.compare(this.#bytes, reader.at, pairSecond);
  }

  /** First id in the group (or the one behind it) whose key is not before the wanted one. */
  #scanGroup(group: number): number {
    const first = group * GROUP;
    const last = Math.min(this.size, first + GROUP);
    const reader = probe;
    reader.bytes = this.#bytes;
    reader.at = this.#tables.groups[group];
    for (let id = first; id < last; id += 1) {
      const length = readKey(reader, scratch);
      const order = wanted.compare(scratch, 0, length);
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
    const text = decodeUtf8(key, 0, length);
    return { key: text, shown: readShown(reader, key, length, text) };
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

/** The key that is looked up. */
class WantedKey {
  #bytes: Uint8Array = new Uint8Array(KEY_BYTES_MAX);
  #length = 0;
  /** Its first eight bytes, see {@link headOf}. */
  high = 0;
  low = 0;

  /** The encoder takes longer than all the rest of looking up, so plain keys do without it. */
  set(key: string): void {
    this.#take(key);
    this.high = headOf(this.#bytes, 0, this.#length);
    this.low = headOf(this.#bytes, 4, this.#length - 4);
  }

  #take(key: string): void {
    this.#length = key.length;
    if (key.length <= KEY_BYTES_MAX && this.#takePlain(key)) return;
    const encoded = encodeUtf8(key);
    if (encoded.length > this.#bytes.length) this.#bytes = encoded;
    else this.#bytes.set(encoded);
    this.#length = encoded.length;
  }

  #takePlain(key: string): boolean {
    for (let at = 0; at < key.length; at += 1) {
      const code = key.charCodeAt(at);
      if (code > 127) return false;
      this.#bytes[at] = code;
    }
    return true;
  }

  /** Order of other bytes and these. */
  compare(bytes: Uint8Array, start: number, length: number): number {
    const mine = this.#bytes;
    const shorter = Math.min(length, this.#length);
    for (let at = 0; at < shorter; at += 1) {
      const difference = bytes[start + at] - mine[at];
      if (difference !== 0) return difference;
    }
    return length - this.#length;
  }
}

/** Whether the last lookup met the very key it was asked for. */
let foundExactly = false;
/** Work space of lookups, which call nothing while they read. */
const scratch = new Uint8Array(KEY_BYTES_MAX);
const wanted = new WantedKey();
const probe = new ByteReader(scratch);

/** What {@link readPair} read last. */
let pairFirst = 0;
let pairSecond = 0;

function readPair(reader: ByteReader): void {
  const byte = reader.byte();
  pairFirst = byte >>> 4;
  pairSecond = byte & NIBBLE;
  if (pairFirst === NIBBLE) pairFirst += reader.varint();
  if (pairSecond === NIBBLE) pairSecond += reader.varint();
}

function readKey(reader: ByteReader, key: Uint8Array): number {
  readPair(reader);
  const shared = pairFirst;
  const more = pairSecond;
  const { bytes } = reader;
  for (let at = 0; at < more; at += 1) key[shared + at] = bytes[reader.at + at];
  reader.at += more;
  return shared + more;
}

function readShown(reader: ByteReader, bytes: Uint8Array, length: number, key: string): string {
  const kind = reader.varint() % KINDS;
  if (kind === SAME) return key;
  if (kind === TURNED) return turnedName(key) as string;
  readPair(reader);
  const kept = length - pairFirst;
  const joined = new Uint8Array(kept + pairSecond);
  joined.set(bytes.subarray(0, kept));
  joined.set(reader.bytes.subarray(reader.at, reader.at + pairSecond), kept);
  reader.at += pairSecond;
  return decodeUtf8(joined, 0, joined.length);
}

function skipShown(reader: ByteReader): void {
  readPair(reader);
  reader.at += pairSecond;
}

/** Skips what follows a key. */
function skipRest(reader: ByteReader): void {
  if (reader.varint() % KINDS === OTHER) skipShown(reader);
}
