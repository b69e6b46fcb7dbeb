/** Takes out of texts what XML cannot hold, and mends what is no Unicode; everything that leaves as a feed goes through. */

/** All but tab, line feed and return below the blank, and the two that are no characters. @source XML 1.0, production 2 */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
const ILLEGAL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/g;

export function legalText(text: string): string {
  return text.toWellFormed().replace(ILLEGAL, "");
}

/** The same for every string within plain objects and lists; dates and numbers stay. */
export function legalValue<T>(value: T): T {
  if (typeof value === "string") return legalText(value) as T;
  if (Array.isArray(value)) return value.map(legalValue) as T;
  if (value === null || typeof value !== "object" || value instanceof Date) return value;
  return Object.fromEntries(Object.entries(value).map(([key, part]) => [key, legalValue(part)])) as T;
}
