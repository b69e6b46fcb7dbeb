/** Handles: the public short names of accounts, and which of them nobody may take. */
import { invalid } from "./errors.ts";

export const HANDLE_CHARS = { least: 2, most: 30 } as const;
export const NAME_CHARS_MAX = 80;

const SHAPE = /^[a-z0-9](?:-?[a-z0-9])+$/;

/** Names that would speak for the site, or stand in its addresses. */
const RESERVED = new Set(
  `about abuse admin administrator anonymous api assets community curator date deleted desk digest digests editor
   editors everyone export feed feeds help info latest mail me moderation moderator month news nobody null official
   orcid owner paper papers paperwire postmaster privacy root search security settings sign-in sign-out site staff
   submit subscribe subscription support system team topics trending undefined unsubscribe week webmaster you`.split(
    /\s+/,
  ),
);

/** What everybody's account starts with; nobody may choose such a name. */
const PROVISIONAL = /^reader-[a-z0-9]{8}$/;

/**
 * @returns in lower case, without `@`
 * @throws DomainError `invalid`: says what a handle may hold
 */
export function parseHandle(typed: string): string {
  const handle = typed.trim().replace(/^@/, "").toLowerCase();
  if (handle.length < HANDLE_CHARS.least || handle.length > HANDLE_CHARS.most || !SHAPE.test(handle)) {
    throw invalid(
      `A handle has ${HANDLE_CHARS.least} to ${HANDLE_CHARS.most} letters a to z, digits and single hyphens inside.`,
    );
  }
  if (RESERVED.has(handle) || PROVISIONAL.test(handle))
    throw invalid(`“${handle}” is kept back. Choose another handle.`);
  return handle;
}

/** The name beside the handle: one line, as people write it. */
export function parseName(typed: string): string {
  const name = typed
    .normalize("NFC")
    .replace(/[\p{Cc}\p{Cf}\u2028\u2029]+/gu, " ")
    .replace(/\s+/g, " ")
    .trim();
  if ([...name].length > NAME_CHARS_MAX) throw invalid(`A name has at most ${NAME_CHARS_MAX} characters.`);
  return name;
}

/** The handle of an account whose owner has not chosen one: says nothing about them. @param random 8 of a–z and 0–9 */
export function provisionalHandle(random: string): string {
  return `reader-${random}`;
}

export function isProvisional(handle: string): boolean {
  return PROVISIONAL.test(handle);
}

/** A first idea for a handle, from a name or the part of an address before the @; empty where nothing is left of it. */
export function suggestHandle(from: string): string {
  const handle = from
    .normalize("NFKD")
    .toLowerCase()
    .replace(/\p{M}+/gu, "")
    .replace(/\+.*$/, "")
    .replace(/[^a-z0-9]+/g, "-")
    .slice(0, HANDLE_CHARS.most)
    .replace(/^-+|-+$/g, "");
  try {
    return parseHandle(handle);
  } catch {
    return "";
  }
}
