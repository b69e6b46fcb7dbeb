/** Titles and notes of collections as they are kept, whichever door they come through. */
import { invalid } from "@paperwire/domain";
import { COLLECTION_LIMITS } from "@paperwire/store";

/** @throws DomainError `invalid`: empty, or too long */
export function readTitle(typed: string): string {
  const title = readLine(typed, COLLECTION_LIMITS.titleChars, "A title");
  if (title === "") throw invalid("A collection needs a title.");
  return title;
}

/** @throws DomainError `invalid`: too long */
export const readNote = (typed: string): string => readLine(typed, COLLECTION_LIMITS.noteChars, "A note");

function readLine(typed: string, most: number, what: string): string {
  const line = typed
    .normalize("NFC")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  if ([...line].length > most) throw invalid(`${what} has at most ${most} characters.`);
  return line;
}
