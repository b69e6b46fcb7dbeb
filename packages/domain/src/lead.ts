/** A few sentences about a paper, for a card or a mail, and who wrote them. */
import type { Summary } from "./paper.ts";

/** A card's text ends with the first sentence beyond this many characters… */
const ENOUGH_CHARS = 180;
/** …and is cut at a word where the sentences are longer. */
const MOST_CHARS = 380;
/** A full stop after these ends no sentence. */
const ABBREVIATION = /(?:\b(?:e\.g|i\.e|etc|cf|vs|al|Fig|Eq|Sec|approx|resp|w\.r\.t|Dr|Prof|St|No)|\b\p{L})\.$/u;

export function leadOf(abstract: string): string {
  const text = abstract.replace(/\s+/g, " ").trim();
  for (const found of text.matchAll(/[.!?](?=\s+[\p{Lu}\d"“(\\$])/gu)) {
    const end = found.index + 1;
    if (end > MOST_CHARS) break;
    if (end >= ENOUGH_CHARS && !ABBREVIATION.test(text.slice(Math.max(0, end - 10), end))) return text.slice(0, end);
  }
  if (text.length <= MOST_CHARS) return text;
  return `${text
    .slice(0, MOST_CHARS)
    .replace(/\s+\S*$/, "")
    .replace(/[,;:(]$/, "")}…`;
}

/** Who wrote a summary: a language model's text always says so. */
export function summaryCredit({ source, generated, model }: Summary): string {
  if (!generated) return `Summary: ${source}`;
  return model ? `AI summary by ${source} (${model})` : `AI summary by ${source}`;
}
