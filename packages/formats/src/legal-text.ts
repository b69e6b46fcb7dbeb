/** Takes out of texts what XML cannot hold, and mends what is no Unicode; everything that leaves as a feed goes through. */

/** Control characters but tab, line feed and return, and the two that are no characters. @source XML 1.0, 2.2, with what it discourages */
const ILLEGAL = /(?![\t\n\r])[\p{Cc}\ufffe\uffff]/gu;

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
