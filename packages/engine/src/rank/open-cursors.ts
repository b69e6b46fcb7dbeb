/** Opens the lists of a query's terms in one segment. Cursors lie ready: making one takes longer than reading a short list. */
import { isDense } from "../segment/impact-tables.ts";
import { DenseCursor } from "./dense-cursor.ts";
import type { ListCursor, WeighedList } from "./list-cursor.ts";
import { SparseCursor } from "./sparse-cursor.ts";

/** Cursors kept of each kind; a longer query makes more. */
const KEPT_MAX = 256;

class Pool<Cursor extends ListCursor> {
  readonly #make: () => Cursor;
  readonly #kept: Cursor[] = [];
  #used = 0;

  constructor(make: () => Cursor) {
    this.#make = make;
  }

  next(): Cursor {
    const at = this.#used;
    this.#used += 1;
    if (at < this.#kept.length) return this.#kept[at];
    const made = this.#make();
    if (at < KEPT_MAX) this.#kept.push(made);
    return made;
  }

  takeBack(): void {
    const used = Math.min(this.#used, this.#kept.length);
    for (let at = 0; at < used; at += 1) this.#kept[at].close();
    this.#used = 0;
  }
}

const sparse = new Pool(() => new SparseCursor());
const dense = new Pool(() => new DenseCursor());

/** Closes all cursors that were opened, so that they can be used again and hold on to no segment. */
export function takeBackCursors(): void {
  sparse.takeBack();
  dense.takeBack();
}

export function openCursor(list: WeighedList): ListCursor {
  const { segment, term } = list;
  const { impacts } = segment.parts;
  if (impacts !== null && isDense(segment.dictionary.documents(term), segment.documents)) {
    const cursor = dense.next();
    cursor.open(list, impacts);
    return cursor;
  }
  const cursor = sparse.next();
  cursor.open(list);
  return cursor;
}
