/** Keys under which the same title, name or topic meets itself again, however it was typed. */

/** Letters and digits only, without accents and case: two spellings of one title share it. */
export function titleKey(title: string): string {
  return fold(title)
    .replace(/\$|\\[a-z]+|[{}]/g, " ")
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

/** "Müller, Jürgen" is not reordered: a key joins spellings, it does not guess at names. */
export function nameKey(name: string): string {
  return fold(name)
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
}

/** A topic is a keyword or an arXiv category: lower case, single spaces, no control characters. */
export function topicKey(word: string): string {
  return word
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim();
}

function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase();
}
