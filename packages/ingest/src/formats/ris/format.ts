/** References as RIS: a tag of two letters, two blanks, a hyphen, and a value on each line. */
import { PIECE_BYTES_MAX, type Piece, PieceBuffer, type Splitter } from "../../reading/piece.ts";
import { splitLines } from "../../reading/split-lines.ts";
import { inDigits, Refusal } from "../../refusal.ts";
import { adaptReference } from "../citation/adapter.ts";
import { arxivIn } from "../citation/csl.ts";
import type { Format } from "../format.ts";

/** @source https://en.wikipedia.org/wiki/RIS_(file_format): tags as EndNote, Zotero and Mendeley write them */
const TAG = /^([A-Z][A-Z0-9]) {1,2}-(?: (.*))?$/;
const NEWLINE = Uint8Array.of(0x0a);
const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i;
const PREPRINT = /^(?:UNPB|UNPD|PREPRINT)$/;

export const ris: Format = {
  name: "ris",
  sentence: "RIS: records from “TY  - …” to “ER  - ”",
  open: () => ({
    read: (text, line) => ({ line, record: adaptRis(fieldsOf(text)) }),
    end() {},
    notes: () => [],
  }),
};

type Fields = Map<string, string[]>;

/** A line without a tag goes on with the value above it. */
function fieldsOf(text: string): Fields {
  const fields: Fields = new Map();
  let last: string[] | undefined;
  for (const line of text.split("\n")) {
    const [, tag, value = ""] = TAG.exec(line) ?? [];
    if (tag !== undefined) {
      last = fields.get(tag) ?? [];
      fields.set(tag, last);
      last.push(value.trim());
    } else if (last && last.length > 0) {
      last.push(`${last.pop()} ${line.trim()}`);
    }
  }
  return fields;
}

function adaptRis(fields: Fields) {
  const first = (...tags: string[]) => tags.flatMap((tag) => fields.get(tag) ?? []).find((value) => value !== "");
  const all = (...tags: string[]) => tags.flatMap((tag) => fields.get(tag) ?? []).filter((value) => value !== "");
  const title = first("TI", "T1", "CT");
  if (!title) throw new Refusal("It has no title.");
  const note = all("N1").join("; ");
  return adaptReference({
    title,
    authors: all("AU", "A1").map(sayName),
    venue: PREPRINT.test(first("TY") ?? "") ? undefined : first("T2", "JF", "JO", "BT", "C3", "JA"),
    date: dateIn(first("DA", "PY", "Y1") ?? "", first("PY", "Y1") ?? ""),
    abstract: first("AB", "N2"),
    keywords: all("KW"),
    note,
    doi: first("DO"),
    arxiv: arxivIn(...all("M1", "ID", "AN", "C1", "C3", "N1", "JO", "T2")),
    urls: all("UR", "LK"),
    pdf: first("L1"),
  });
}

/** `King, Martin Luther, Jr.` → "Martin Luther King Jr."; a name without a comma is as it is said. */
function sayName(text: string): string {
  const [family = "", given = "", suffix = ""] = text.split(",").map((part) => part.trim());
  if (SUFFIX.test(given)) return `${family} ${given}`;
  return [given, family, suffix].filter((part) => part !== "").join(" ");
}

/** `2017/06/12/spring`, each part of which may be missing; the year alone may stand elsewhere. */
function dateIn(date: string, year: string): number[] {
  const parts = /^(\d{4})(?:[/-](\d{1,2}))?(?:[/-](\d{1,2}))?/.exec(date) ?? /^(\d{4})/.exec(year);
  return parts ? parts.slice(1).filter(Boolean).map(Number) : [];
}

/** Records, each with the line where it begins. One that is not ended ends where the next begins, and is refused. */
export function splitRecords(): Splitter {
  return new RecordSplitter();
}

class RecordSplitter implements Splitter {
  readonly #lines = splitLines();
  readonly #held = new PieceBuffer();
  #startLine = 0;

  push(chunk: Uint8Array): Piece[] {
    return this.#lines.push(chunk).flatMap((line) => this.#takeLine(line));
  }

  end(): Piece[] {
    const pieces = this.#lines.end().flatMap((line) => this.#takeLine(line));
    return this.#startLine > 0 ? [...pieces, this.#breakOff()] : pieces;
  }

  line(): number {
    return this.#startLine > 0 ? this.#startLine : this.#lines.line();
  }

  #takeLine(piece: Piece): Piece[] {
    if ("refused" in piece) return [piece];
    const { bytes, line } = piece;
    const head = Buffer.from(bytes.subarray(0, 10)).toString("latin1");
    const isBegin = /^(?:\u00ef\u00bb\u00bf)?TY {1,2}-/.test(head);
    const pieces = isBegin && this.#startLine > 0 ? [this.#breakOff()] : [];
    if (isBegin) this.#startLine = line;
    if (this.#startLine === 0) return pieces;
    if (/^ER {1,2}-/.test(head)) return [...pieces, this.#finish()];
    this.#held.add(bytes);
    this.#held.add(NEWLINE);
    return pieces;
  }

  #finish(): Piece {
    const [line, size] = [this.#startLine, this.#held.size];
    this.#startLine = 0;
    const bytes = this.#held.take();
    if (bytes) return { line, bytes };
    return { line, refused: `The record has ${inDigits(size)} bytes; at most ${inDigits(PIECE_BYTES_MAX)} are taken.` };
  }

  #breakOff(): Piece {
    const line = this.#startLine;
    this.#held.take();
    this.#startLine = 0;
    return { line, refused: "This record has no end: “ER  - ” is missing." };
  }
}
