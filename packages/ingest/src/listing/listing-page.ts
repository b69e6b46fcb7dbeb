/** arXiv's page of new listings: how many papers it says are new, and which. It is HTML, so only its landmarks are read. */
import { upstream } from "@paperwire/domain";
import { type BatchAnswer, dayIn } from "../announcements/batch-answer.ts";

/** `Showing new listings for Tuesday, 24 November 2026` */
const DATED = /Showing new listings for\s+([^<]{5,60})</i;
/** `New submissions (showing 61 of 61 entries)` */
const SECTION =
  /<h3[^>]*>\s*(New|Cross|Replacement)s?[ -](?:submissions|lists|listings|s)[^<(]{0,20}\(\s*(?:showing\s+)?(?:(?:first\s+)?(\d{1,6})\s+of\s+)?(\d{1,6})\s+entries/gi;
const IDENTIFIER = /<a\s[^>]{0,200}?href\s*=\s*"[^"]{0,100}?\/abs\/([a-z.-]{0,20}\/?\d[\d.]{3,12})(?:v\d+)?"/gi;
const IDS_MAX = 10_000;

/**
 * @throws DomainError `upstream`: another page (of an outage, a login, a robot check) in its place
 */
export function readListing(html: string, name: string): BatchAnswer {
  const day = DATED.exec(html)?.[1];
  if (day === undefined) throw upstream(`${name}'s listing does not say which day it is of.`);
  const sections = [...html.matchAll(SECTION)];
  const answer: BatchAnswer = { dated: dayIn(day), claimed: 0, news: [], entries: 0 };
  for (const [at, section] of sections.entries()) {
    const [, kind = "", , total = "0"] = section;
    answer.entries += Number(total);
    if (kind.toLowerCase() !== "new") continue;
    answer.claimed += Number(total);
    const text = html.slice(section.index, sections[at + 1]?.index ?? html.length);
    for (const [, id = ""] of text.matchAll(IDENTIFIER)) if (answer.news.length < IDS_MAX) answer.news.push(id);
  }
  return answer;
}
