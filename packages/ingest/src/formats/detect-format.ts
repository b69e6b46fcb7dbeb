/** Which format an input is in: its first bytes say how it is cut, its first readable object says the rest. */

import type { Splitter } from "../reading/piece.ts";
import { splitItems } from "../reading/split-items.ts";
import { splitLines } from "../reading/split-lines.ts";
import { Refusal, Unreadable } from "../refusal.ts";
import { bibtex } from "./bibtex/format.ts";
import { splitEntries } from "./bibtex/split-entries.ts";
import { cslJson } from "./csl-json/format.ts";
import { facts } from "./facts/format.ts";
import {
  type Format,
  type FormatName,
  type JsonFormat,
  parseObject,
  type ReadingOptions,
  type ReadRecord,
} from "./format.ts";
import { hfApi } from "./hf-api/format.ts";
import { hfEntries } from "./hf-entries/format.ts";
import { jsonLines } from "./json-lines/format.ts";
import { page } from "./page/format.ts";
import { papers } from "./papers/format.ts";
import { ris, splitRecords } from "./ris/format.ts";

/** Unreadable lines before the search for a format is given up. */
const TRIES_MAX = 1_000;
const JSON_FORMATS: readonly JsonFormat[] = [hfEntries, hfApi, papers, facts, cslJson, jsonLines];

/** In the order in which help lists them. */
export const FORMATS: readonly Format[] = [page, ...JSON_FORMATS, bibtex, ris];

/** Formats that their frame tells already. */
const TEXT_FORMATS: Partial<Record<Framing, Format>> = { text: page, bibtex, ris };

export function isFormatName(text: string): text is FormatName {
  return FORMATS.some(({ name }) => name === text);
}

/** "page" is text; JSON begins with a bracket; two formats have frames of their own. */
export type Framing = "lines" | "items" | "text" | "bibtex" | "ris";

/** Bytes after which the framing is decided by what there is. */
export const HEAD_BYTES = 65_536;

/**
 * @param head the first bytes, up to `HEAD_BYTES`
 * @returns items where objects spread over lines: an array, or an opening brace alone on the first line; lines where
 *   any line in sight begins an object, so that a damaged first line does not hide the others
 */
export function framingOf(head: Uint8Array): Framing {
  const text = Buffer.from(head)
    .toString("latin1")
    .replace(/^\u00ef\u00bb\u00bf/, "")
    .trimStart();
  if (/^TY {1,2}- /m.test(text)) return "ris";
  // What stands before the first entry is comment, but a JSON text begins with its bracket.
  if (!/^[[{]/.test(text) && /^[ \t]*@[a-z]{2,30}\s*[{(]/im.test(text)) return "bibtex";
  if (text.startsWith("[") || /^\{[ \t\r]*\n/.test(text)) return "items";
  return /^[ \t]*\{/m.test(text) ? "lines" : "text";
}

/** A format that is named by hand is cut in its own way, whatever the head looks like. */
export function framingFor(format: FormatName | "auto", head: Uint8Array): Framing {
  return format === "bibtex" || format === "ris" ? format : framingOf(head);
}

export function splitterFor(framing: Framing): Splitter {
  if (framing === "bibtex") return splitEntries();
  if (framing === "ris") return splitRecords();
  return framing === "items" ? splitItems() : splitLines();
}

/** Reads pieces of an input whose format may still have to be found out. */
export type FormatReader = {
  format(): FormatName | null;
  read(text: string, line: number): ReadRecord | null;
  end(): void;
  notes(): string[];
};

export function readerFor(name: FormatName | "auto", framing: Framing, options: ReadingOptions): FormatReader {
  const format = FORMATS.find((format) => format.name === name) ?? TEXT_FORMATS[framing];
  if (!format) return detectingReader(options);
  const reader = format.open(options);
  const named = (error: unknown) =>
    error instanceof Unreadable ? new Unreadable(name === "auto" ? noFormat(error.message) : notThis(error)) : error;
  return {
    format: () => format.name,
    read: (text, line) => orThrow(() => reader.read(text, line), named),
    end: () => orThrow(() => reader.end(), named),
    notes: () => reader.notes(),
  };
}

/** Decides at the first readable object; what comes before it is refused line by line. */
function detectingReader(options: ReadingOptions): FormatReader {
  let found: FormatReader | null = null;
  let tries = 0;
  return {
    format: () => found?.format() ?? null,
    read(text, line) {
      if (found) return found.read(text, line);
      if (++tries > TRIES_MAX) throw new Unreadable(noFormat(`none of its first ${TRIES_MAX} lines is a JSON object`));
      const object = parseObject(text);
      const format = JSON_FORMATS.find((format) => format.recognises(object));
      if (!format) throw new Unreadable(noFormat(`its first record has the keys ${keysOf(object)}`));
      found = readerFor(format.name, "lines", options);
      return found.read(text, line);
    },
    end: () => found?.end(),
    notes: () => found?.notes() ?? [],
  };
}

function noFormat(why: string): string {
  const list = FORMATS.map(({ name, sentence }) => `  ${name}: ${sentence}`).join("\n");
  return `The format was not recognised: ${why}. Formats that can be read (name one with --format):\n${list}`;
}

const notThis = (error: Unreadable) => `This does not look like a captured page: ${error.message}.`;

/** A few keys, harmless on a terminal. */
function keysOf(object: object): string {
  const keys = Object.keys(object).slice(0, 8);
  return keys.length === 0 ? "(none)" : keys.map((key) => key.replace(/[^\w-]+/g, "?").slice(0, 30)).join(", ");
}

function orThrow<T>(read: () => T, translate: (error: unknown) => unknown): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof Refusal ? error : translate(error);
  }
}
