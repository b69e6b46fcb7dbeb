/** What Crossref says of a work → record. */
import { type IncomingRecord, isEditionDate, LIMITS, type PaperFacts } from "@paperwire/domain";
import {
  cleanAbstract,
  cleanAuthors,
  cleanName,
  cleanNote,
  cleanTitle,
  cleanWords,
  isInstant,
  midnightOf,
  toInstant,
  withoutGaps,
} from "../../clean-facts.ts";
import { identifiersIn } from "../../identifiers.ts";
import { quote, Refusal } from "../../refusal.ts";
import { plainJats } from "../plain-markup.ts";
import type { CrossrefUpdate, CrossrefWork } from "./shape.ts";

/** Updates that take a work back; corrections and expressions of concern do not. */
const TAKEN_BACK: Record<string, string> = {
  retraction: "Retracted",
  partial_retraction: "Retracted in part",
  withdrawal: "Withdrawn",
  removal: "Removed",
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
      })),
    ),
    ...publishedOn(said),
    venue: cleanName(plainJats(said["container-title"]?.[0] ?? ""), "venue"),
    year: partsOf(said.published ?? said.issued)[0],
    keywords: cleanWords((said.subject ?? []).slice(0, LIMITS.keywords), { field: "keywords", max: LIMITS.keywords }),
    note: takenBack(said["updated-by"] ?? []),
  });
  return { identifiers, facts, ...(deposited && isInstant(deposited) ? { asOf: toInstant(deposited) } : {}) };
}

/** "Retracted on 2026-03-01, says Crossref (10.1234/notice)." */
function takenBack(updates: readonly CrossrefUpdate[]): string | undefined {
  const found = updates.find(({ type }) => TAKEN_BACK[(type ?? "").toLowerCase()] !== undefined);
  if (!found) return undefined;
  const word = TAKEN_BACK[found.type!.toLowerCase()]!;
  const day = found.updated?.["date-time"]?.slice(0, 10) ?? "";
  const source = found.source === "retraction-watch" ? "Retraction Watch" : "the publisher";
  return cleanNote(
    `${word}${isEditionDate(day) ? ` on ${day}` : ""}, says ${source}${found.DOI ? ` (doi:${found.DOI})` : ""}.`,
  );
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
