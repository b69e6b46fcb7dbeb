/** A paper of the ACL Anthology → record. */
import { type IncomingRecord, isEditionDate, type Notice, type PaperFacts } from "@paperwire/domain";
import {
  cleanAbstract,
  cleanAuthors,
  cleanLink,
  cleanName,
  cleanNote,
  cleanTitle,
  midnightOf,
  withoutGaps,
} from "../../clean-facts.ts";
import { identifiersIn } from "../../identifiers.ts";
import { quote, Refusal } from "../../refusal.ts";
import type { AclPaper } from "./shape.ts";

const SOURCE = "ACL Anthology";
const SITE = "https://aclanthology.org";
const YEAR = /^(?:19|20)\d{2}$/;
const MONTHS = "january february march april may june july august september october november december".split(" ");

/** @throws Refusal */
export function adaptAclPaper(said: AclPaper): IncomingRecord {
  const identifiers = identifiersIn({ acl: said.id, doi: said.doi });
  const id = identifiers.find(({ scheme }) => scheme === "acl")?.value;
  if (id === undefined) throw new Refusal(`${quote(said.id)} is not an id of the ACL Anthology.`);
  const facts = withoutGaps<PaperFacts>({
    title: cleanTitle(said.title),
    abstract: cleanAbstract(said.abstract),
    authors: cleanAuthors(said.authors.map((name) => ({ name }))),
    venue: cleanName(said.booktitle.replace(/^Proceedings of (?:the )?/, ""), "venue"),
    ...publication(said),
    links: [...cleanLink({ kind: "page" }, `${SITE}/${id}`), ...cleanLink({ kind: "pdf" }, `${SITE}/${id}.pdf`)],
    note: cleanNote(said.takenBack?.why),
    notices: noticesIn(said, id),
  });
  const { ingestDate } = said;
  return {
    identifiers,
    facts,
    speaksFor: SOURCE,
    ...(isEditionDate(ingestDate) ? { asOf: `${ingestDate}T12:00:00.000Z` } : {}),
  };
}

/** A month is claimed as no more than its year, but sorts where it belongs. */
function publication({ year, month }: AclPaper): Partial<PaperFacts> {
  if (!YEAR.test(year)) return {};
  const first = month.toLowerCase().split(/[^a-z]/)[0] ?? "";
  const at = MONTHS.findIndex((name) => first.length >= 3 && name.startsWith(first));
  const publishedAt = midnightOf(`${year}-${String(Math.max(at, 0) + 1).padStart(2, "0")}-01`);
  return { publishedAt, publishedPrecision: "year", year: Number(year) };
}

function noticesIn({ takenBack: said }: AclPaper, id: string): Notice[] {
  if (!said) return [];
  const date = isEditionDate(said.on) ? { date: said.on } : {};
  return [{ kind: "retracted", source: SOURCE, ...date, url: `${SITE}/${id}` }];
}
