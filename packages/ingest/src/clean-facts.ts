/** What every foreign value passes through: folded text, safe addresses, real instants, bounds from `LIMITS`. */
import { createHash } from "node:crypto";
import { type Author, isEditionDate, LIMITS, type Link, parseArxivId, parseOrcid } from "@paperwire/domain";
import { inDigits, quote, Refusal } from "./refusal.ts";

/** Whatever is not a single plain space, control characters and direction overrides (they can disguise a title). */
const UNFOLDED = /[^\S ]| {2}|^ | $|[\p{Cc}\u202A-\u202E\u2066-\u2069]/u;
const FOLDED = /[\s\p{Cc}\u202A-\u202E\u2066-\u2069]+/gu;
/** Offsets and fractions as ISO 8601 writes them. */
const INSTANT = /^(\d{4}-\d{2}-\d{2})[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d{1,9})?)?(?:Z|[+-]\d{2}:?\d{2})$/;

/**
 * Single spaces, no control characters, no half surrogates (a database would store them as something else, and the
 * second import would then see a change).
 * @throws Refusal a NUL character, which no text has by accident
 */
export function cleanText(text: string): string {
  if (text.includes("\0")) throw new Refusal("A text holds a NUL character.");
  const folded = UNFOLDED.test(text) ? text.replace(FOLDED, " ").trim() : text;
  return folded.toWellFormed();
}

/** @throws Refusal longer than `max` characters */
export function boundedText(text: string, { field, max }: { field: string; max: number }): string {
  const clean = cleanText(text);
  if (clean.length <= max) return clean;
  throw new Refusal(`The ${field} has ${inDigits(clean.length)} characters; at most ${inDigits(max)} are taken.`);
}

/** Undefined where there is nothing but blanks: silence, not an empty statement. */
export function optionalText(
  text: string | null | undefined,
  bounds: { field: string; max: number },
): string | undefined {
  return text ? boundedText(text, bounds) || undefined : undefined;
}

/** @throws Refusal empty or too long */
export function cleanTitle(text: string): string {
  const title = boundedText(text, { field: "title", max: LIMITS.titleChars });
  if (title === "") throw new Refusal("The title is empty.");
  return title;
}

export const cleanAbstract = (text: string | null | undefined) =>
  optionalText(text, { field: "abstract", max: LIMITS.abstractChars });

export const cleanNote = (text: string | null | undefined) =>
  optionalText(text, { field: "note", max: LIMITS.noteChars });

export function cleanName(text: string | null | undefined, field: string): string | undefined {
  return optionalText(text, { field, max: LIMITS.nameChars });
}

/** As a source names a person: with what tells them from namesakes, where it says so. */
export type NamedAuthor = {
  name: string;
  claimedBy?: string | undefined;
  orcid?: string | null | undefined;
  /** Kept as a hash alone. */
  email?: string | null | undefined;
};

/** Nameless authors are left out, and ORCIDs whose check digit is wrong. */
export function cleanAuthors(authors: readonly NamedAuthor[]): Author[] {
  atMost(authors, LIMITS.authors, "authors");
  const named: Author[] = [];
  for (const author of authors) {
    const name = cleanName(author.name, "name of an author");
    const claimedBy = cleanName(author.claimedBy, "user name of an author");
    const orcid = parseOrcid(author.orcid ?? "");
    const email = /^[^\s@]{1,64}@[^\s@]{1,255}$/.exec((author.email ?? "").trim())?.[0];
    if (!name) continue;
    named.push({
      name,
      ...(claimedBy && { claimedBy }),
      ...(orcid !== null && { orcid }),
      ...(email !== undefined && { emailHash: createHash("sha256").update(email.toLowerCase()).digest("hex") }),
    });
  }
  return named;
}

/** Without repeats and empty words, in the order given. */
export function cleanWords(words: readonly string[], { field, max }: { field: string; max: number }): string[] {
  atMost(words, max, field);
  const clean = words.map((word) => boundedText(word, { field: `entry among the ${field}`, max: LIMITS.keywordChars }));
  return [...new Set(clean.filter((word) => word !== ""))];
}

/**
 * The address in its normal form, or undefined where it is not one that a page may link to: another scheme than http
 * and https, a user name before the host, blanks or control characters inside, too long.
 */
export function cleanUrl(text: string | null | undefined): string | undefined {
  const trimmed = text?.trim();
  if (!trimmed || trimmed.length > LIMITS.urlChars || /[\s\p{C}]/u.test(trimmed)) return undefined;
  if (!/^https?:\/\//i.test(trimmed)) return undefined;
  const url = URL.parse(trimmed);
  if (!url || url.username || url.password || url.href.length > LIMITS.urlChars) return undefined;
  return url.href;
}

/** A link, or nothing where its address is not fit to be one. */
export function cleanLink(link: Omit<Link, "url">, url: string | null | undefined): Link[] {
  const safe = cleanUrl(url);
  return safe ? [withoutGaps({ ...link, url: safe })] : [];
}

/** @throws Refusal not an arXiv identifier */
export function arxivIdOf(text: string): string {
  const parsed = parseArxivId(text);
  if (!parsed) throw new Refusal(`${quote(text)} is not an arXiv identifier.`);
  return parsed.id;
}

export function isInstant(text: string): boolean {
  const day = INSTANT.exec(text)?.[1];
  return day !== undefined && isEditionDate(day) && !Number.isNaN(Date.parse(text));
}

/** Any offset → UTC with milliseconds. */
export function toInstant(text: string): string {
  return new Date(Date.parse(text)).toISOString();
}

export const midnightOf = (day: string) => `${day}T00:00:00.000Z`;

/** Leaves out what is undefined or an empty list: a key that is absent says nothing. */
export function withoutGaps<T extends object>(said: T): T {
  const kept = Object.entries(said).filter(([, value]) => value !== undefined && !isEmptyList(value));
  return Object.fromEntries(kept) as T;
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function atMost(list: readonly unknown[], max: number, field: string): void {
  if (list.length > max)
    throw new Refusal(`There are ${inDigits(list.length)} ${field}; at most ${inDigits(max)} are taken.`);
}
