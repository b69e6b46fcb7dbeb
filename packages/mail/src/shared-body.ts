/**
 * One mail for many: what they share is written once as bytes, and only the words that differ are put in for each. These
 * words (the readers' own links) have one length and only characters that every encoding leaves alone, so the line breaks
 * stay where they are.
 */
import { createHash } from "node:crypto";
import { relaxedBody } from "./dkim.ts";
import type { SharedText } from "./message.ts";

/** Pieces of bytes with the places of words between them. */
type Gaps = { pieces: readonly Buffer[]; words: readonly { mark: number; from: number; to: number }[] };

export type SharedBody = {
  /** Body of the message, and as it is signed. */
  body: Gaps;
  canonical: Gaps;
  /** The header lines, with other marks of their own. */
  head: string;
};

/** Printable, and neither `=` (quoted-printable) nor anything HTML would write otherwise. */
const PLAIN = /^[A-Za-z0-9._~-]+$/;

/** Whether these words can stand where the marks stood. */
export function fits({ marks }: SharedText, words: readonly string[]): boolean {
  return marks.every((mark, n) => words[n]?.length === mark.length && PLAIN.test(words[n]) && PLAIN.test(mark));
}

/** @param bytes  the message as it would be for somebody whose words are the marks */
export function toSharedBody(bytes: Buffer, marks: readonly string[]): SharedBody {
  const text = bytes.toString("latin1");
  const end = text.indexOf("\r\n\r\n") + 2;
  const body = text.slice(end + 2);
  return { head: text.slice(0, end), body: findGaps(body, marks), canonical: findGaps(relaxedBody(body), marks) };
}

/** A mark may be broken by a soft line break (`=` at the end of a line). */
function findGaps(text: string, marks: readonly string[]): Gaps {
  const broken = marks.map((mark) => [...mark].map((char) => char.replace(/[.~-]/, "\\$&")).join("(?:=\\r\\n)?"));
  const pattern = new RegExp(broken.map((one) => `(${one})`).join("|"), "g");
  const pieces: Buffer[] = [];
  const words: Gaps["words"][number][] = [];
  let from = 0;
  for (const found of marks.length === 0 ? [] : text.matchAll(pattern)) {
    const mark = marks.findIndex((_mark, n) => found[n + 1] !== undefined);
    let at = found.index;
    let start = 0;
    for (const part of found[0].split("=\r\n")) {
      pieces.push(Buffer.from(text.slice(from, at), "latin1"));
      words.push({ mark, from: start, to: start + part.length });
      start += part.length;
      from = at + part.length;
      at = from + "=\r\n".length;
    }
  }
  pieces.push(Buffer.from(text.slice(from), "latin1"));
  return { pieces, words };
}

export function fill({ pieces, words }: Gaps, fills: readonly string[]): Buffer[] {
  const parts: Buffer[] = [pieces[0]!];
  words.forEach(({ mark, from, to }, n) =>
    parts.push(Buffer.from(fills[mark]!.slice(from, to), "latin1"), pieces[n + 1]!),
  );
  return parts;
}

export function boundarySeed(text: string): string {
  return createHash("sha256").update(text).digest("hex").slice(0, 24);
}
