/** A version of a preprint on bioRxiv or medRxiv → record. */
import { type IncomingRecord, LIMITS, type PaperFacts } from "@paperwire/domain";
import {
  cleanAbstract,
  cleanAuthors,
  cleanLink,
  cleanTitle,
  cleanWords,
  midnightOf,
  withoutGaps,
} from "../../clean-facts.ts";
import { identifiersIn } from "../../identifiers.ts";
import { quote, Refusal } from "../../refusal.ts";
import type { Preprint } from "./shape.ts";

const SUFFIX = /^(?:jr|sr|ii|iii|iv)\.?$/i;

const NAMES = { biorxiv: "bioRxiv", medrxiv: "medRxiv" } as const;
export type PreprintServer = keyof typeof NAMES;

/** Only the first version knows when the paper came out. @throws Refusal */
export function adaptPreprint(said: Preprint, server: PreprintServer): IncomingRecord {
  const identifiers = identifiersIn({ doi: said.doi });
  if (identifiers.length === 0) throw new Refusal(`${quote(said.doi)} is not a DOI.`);
  const version = Number(said.version ?? 1);
  const isWithdrawn = /withdrawn/i.test(said.type ?? "") || /^withdrawn:/i.test(said.title);
  const journal = identifiersIn({ doi: said.published === "NA" ? null : said.published });
  const facts = withoutGaps<PaperFacts>({
    title: cleanTitle(said.title.replace(/^withdrawn:\s*/i, "")),
    // A notice stands in place of the abstract of what is withdrawn.
    abstract: isWithdrawn ? undefined : cleanAbstract(said.abstract),
    authors: cleanAuthors(namesIn(said.authors ?? "").map((name) => ({ name }))),
    ...(version === 1 ? { publishedAt: midnightOf(said.date), publishedPrecision: "day" as const } : {}),
    keywords: cleanWords(said.category ? [said.category.toLowerCase()] : [], {
      field: "keywords",
      max: LIMITS.keywords,
    }),
    links: cleanLink({ kind: "page" }, `https://www.${server}.org/content/${encodeURI(identifiers[0]!.value)}`),
    notices: isWithdrawn ? [{ kind: "withdrawn", source: NAMES[server], date: said.date }] : [],
  });
  return { identifiers: [...identifiers, ...journal], facts, asOf: `${said.date}T12:00:00.000Z` };
}

/** `Curie, M. S.; King, M. L., Jr.` → names in the order in which they are said. */
function namesIn(authors: string): string[] {
  return authors.split(";").map((one) => {
    const [family = "", given = "", suffix = ""] = one.split(",").map((part) => part.trim());
    if (SUFFIX.test(given)) return `${suffix} ${family} ${given}`.trim();
    return [given, family, suffix].filter((part) => part !== "").join(" ");
  });
}
