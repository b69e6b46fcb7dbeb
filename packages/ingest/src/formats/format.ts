/** What a format is to the importer, and how the ones that write a record per JSON object become one. */
import type { EditionDate, IncomingRecord } from "@paperwire/domain";
import type { z } from "zod";
import { Refusal } from "../refusal.ts";
import { kindName, kindOf, misfit } from "./shape.ts";

export type FormatName =
  | "page"
  | "hf-entries"
  | "hf-api"
  | "papers"
  | "facts"
  | "bibtex"
  | "ris"
  | "csl-json"
  | "json-lines";

export type ReadingOptions = {
  /** The edition, where the input does not name it or names only day and month. */
  date?: EditionDate;
  today: EditionDate;
};

/** A record and the line where it began. */
export type ReadRecord = { line: number; record: IncomingRecord };

export type RecordReader = {
  /**
   * @param text one line or item, valid Unicode, without NUL
   * @returns null where the text was no record, or only the first part of one
   * @throws Refusal; the reader stays usable
   * @throws Unreadable the whole input is not of this format
   */
  read(text: string, line: number): ReadRecord | null;
  /** The input ended whole. @throws Refusal something was begun and not finished */
  end(): void;
  /** What was concluded rather than read, in sentences. */
  notes(): string[];
};

export type Format = {
  name: FormatName;
  /** What it looks like, for the list in errors and help. */
  sentence: string;
  open(options: ReadingOptions): RecordReader;
};

export type JsonObject = Record<string, unknown>;

export type JsonFormat = Format & {
  /** By the keys of the first readable object. */
  recognises(object: JsonObject): boolean;
};

export type JsonFormatParts<Shape extends z.ZodType> = {
  name: FormatName;
  sentence: string;
  shape: Shape;
  recognises(object: JsonObject): boolean;
  /** @throws Refusal */
  adapter(options: ReadingOptions): (said: z.output<Shape>) => IncomingRecord;
};

/** Foreign shape + adapter + detection → a format. */
export function jsonFormat<Shape extends z.ZodType>(parts: JsonFormatParts<Shape>): JsonFormat {
  const { name, sentence, shape, recognises, adapter } = parts;
  return {
    name,
    sentence,
    recognises,
    open(options) {
      const adapt = adapter(options);
      return {
        read(text, line) {
          const object = parseObject(text);
          const fitted = shape.safeParse(object);
          if (!fitted.success) throw new Refusal(misfit(fitted.error, object));
          return { line, record: adapt(fitted.data) };
        },
        end() {},
        notes: () => [],
      };
    },
  };
}

/** @throws Refusal not JSON, or JSON but not an object. Never quotes the input, which may be anything. */
export function parseObject(text: string): JsonObject {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (error) {
    const early = /unexpected end|unterminated/i.test(String(error));
    throw new Refusal(early ? "This is not valid JSON: it ends too early." : "This is not valid JSON.");
  }
  if (kindOf(value) !== "object") throw new Refusal(`A record should be an object, but is ${kindName(kindOf(value))}.`);
  return value as JsonObject;
}
