/** What Crossref says of a work → record. */
import {
  type IncomingRecord,
  isEditionDate,
  LIMITS,
  NOTICES_MAX,
  type Notice,
  type NoticeKind,
  type PaperFacts,
} from "@paperwire/domain";
import {
  cleanAbstract,
  cleanAuthors,
  cleanName,
  cleanTitle,
  cleanWords,
  isInstant,
  midnightOf,
  toInstant,
  withoutGaps,
} from "../../clean-facts.ts";
import { doiIn, identifiersIn } from "../../identifiers.ts";
import { quote, Refusal } from "../../refusal.ts";
import { plainJats } from "../plain-markup.ts";
import type { CrossrefUpdate, CrossrefWork } from "./shape.ts";

const SOURCE = "Crossref";
/** Updates that speak against a work; corrections do not. */
const KINDS: Record<string, NoticeKind> = {
  retraction: "retracted",
  partial_retraction: "retracted",
  removal: "retracted",
  withdrawal: "withdrawn",
  expression_of_concern: "concern",
};

/** @throws Refusal */
export function adaptWork(said: CrossrefWork): IncomingRecord {
  const identifiers = identifiersIn({ doi: said.DOI });
  if (identifiers.length === 0) throw new Refusal(`${quote(said.DOI)} is not a DOI.`);
  const [title, subtitle] = [said.title?.[0], said.subtitle?.[0]];
  if (!title) throw new Refusal('"title" is missing.');
  const joined = subtitle && !title.includes(subtitle) ? `${title}: ${subtitle}` : title;
  const deposited = said.deposited?.["date-time"];
  const facts = withoutGaps<PaperFacts>({
    title: cleanTitle(plainJats(joined)),
    abstract: cleanAbstract(plainJats(said.abstract ?? "").replace(/^abstract\s*[:.]?\s*/i, "")),
    authors: cleanAuthors(
      (said.author ?? []).map((one) => ({
        name: one.name ?? [one.given, one.family, one.suffix].filter(Boolean).join(" "),
        orcid: one.ORCID,
      })),
    ),
    ...publishedOn(said),
    venue: cleanName(plainJats(said["container-title"]?.[0] ?? ""), "venue"),
    year: partsOf(said.published ?? said.issued)[0],
    keywords: cleanWords((said.subject ?? []).slice(0, LIMITS.keywords), { field: "keywords", max: LIMITS.keywords }),
    notices: noticesIn(said["updated-by"] ?? []),
  });
  return {
    identifiers,
    facts,
    speaksFor: SOURCE,
    ...(deposited && isInstant(deposited) ? { asOf: toInstant(deposited) } : {}),
  };
}

function noticesIn(updates: readonly CrossrefUpdate[]): Notice[] {
  return updates.slice(0, NOTICES_MAX).flatMap(({ type, updated, DOI }) => {
    const kind = KINDS[(type ?? "").toLowerCase().replace(/[\s-]+/g, "_")];
    if (!kind) return [];
    const day = updated?.["date-time"]?.slice(0, 10) ?? "";
    const doi = doiIn(DOI);
    return withoutGaps<Notice>({
      kind,
      source: SOURCE,
      ...(isEditionDate(day) ? { date: day } : {}),
      ...(doi === undefined ? {} : { url: `https://doi.org/${encodeURI(doi)}` }),
    });
  });
}

function partsOf(date: CrossrefWork["issued"]): number[] {
  const parts = date?.["date-parts"]?.[0] ?? [];
  const end = parts.indexOf(null);
  return (end === -1 ? parts : parts.slice(0, end)) as number[];
}

function publishedOn({ published, issued }: CrossrefWork): Partial<PaperFacts> {
  const [year, month = 1, date = 1] = partsOf(published ?? issued);
  if (year === undefined) return {};
  const two = (part: number) => String(part).padStart(2, "0");
  const day = `${year}-${two(month)}-${two(date)}`;
  if (!isEditionDate(day)) return {};
  const isWhole = partsOf(published ?? issued).length >= 3;
  return { publishedAt: midnightOf(day), publishedPrecision: isWhole ? "day" : "year" };
}
