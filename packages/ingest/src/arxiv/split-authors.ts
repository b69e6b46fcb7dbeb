/** A line of authors as arXiv keeps it → names. */
import { plainAccents } from "./tex-accents.ts";

const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i;
/** Affiliations in brackets, in brackets: what is deeper is broken. */
const NESTING_MAX = 5;

/**
 * `Ada A. (1), Ben B., Jr. and The C Collaboration ((1) Somewhere)` → three names. Affiliations are left out.
 * @source https://info.arxiv.org/help/prep.html#author, "and", commas and brackets have this meaning there
 */
export function splitAuthors(line: string): string[] {
  let bare = line;
  for (let depth = 0; depth < NESTING_MAX && bare.includes("("); depth++) bare = bare.replace(/\([^()]*\)/g, " ");
  // What was never closed is an affiliation, too.
  bare = bare.replace(/\(.*$/s, " ");
  const names: string[] = [];
  for (const part of bare.split(/,|:\s|\s(?:and|&)\s|\n\s*and\s/i)) {
    const name = plainAccents(part.replace(/^\s*and\s/i, " "))
      .replace(/[{}]/g, "")
      .replace(/[\s~]+/g, " ")
      .trim();
    if (SUFFIX.test(name) && names.length > 0) names.push(`${names.pop()} ${name}`);
    else if (name !== "") names.push(name);
  }
  return names;
}
