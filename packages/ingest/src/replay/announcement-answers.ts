/** The RSS feed and the listing page of a batch, as arXiv writes them. */
import { addDays, type EditionDate, weekdayOf } from "@paperwire/domain";
import { escapeXml, type ReplayPaper } from "./model.ts";

export type AnnounceKind = "new" | "cross" | "replace" | "replace-cross";

/** What a set shows of a batch. */
export type ReplayBatch = { set: string; day: EditionDate; items: { paper: ReplayPaper; kind: AnnounceKind }[] };

const DAYS = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
const LONG_DAYS = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
const MONTHS = "January February March April May June July August September October November December".split(" ");

export function batchOf(papers: readonly ReplayPaper[], set: string, day: EditionDate): ReplayBatch {
  const items = papers
    .filter(({ announcedOn, categories }) => announcedOn === day && categories.some((name) => isIn(set, name)))
    .map((paper) => ({ paper, kind: kindOf(paper, set) }));
  return { set, day, items };
}

const isIn = (set: string, name: string) => name === set || name.startsWith(`${set}.`);

function kindOf({ categories, versions }: ReplayPaper, set: string): AnnounceKind {
  const isOwn = isIn(set, categories[0]!);
  if (versions.length > 1) return isOwn ? "replace" : "replace-cross";
  return isOwn ? "new" : "cross";
}

/** @source https://info.arxiv.org/help/rss_specifications.html */
export function rssOf({ set, day, items }: ReplayBatch, dated = day): string {
  const date = `${DAYS[weekdayOf(dated) - 1]}, ${Number(dated.slice(8))} ${MONTHS[Number(dated.slice(5, 7)) - 1]!.slice(0, 3)} ${dated.slice(0, 4)}`;
  const entries = items.map(({ paper, kind }) => {
    const version = `v${paper.versions.length}`;
    return `<item><title>${escapeXml(paper.title)}</title><link>https://arxiv.org/abs/${paper.id}</link>
<description>arXiv:${paper.id}${version} Announce Type: ${kind} \nAbstract: ${escapeXml(paper.abstract)}</description>
<guid isPermaLink="false">oai:arXiv.org:${paper.id}${version}</guid>
${paper.categories.map((name) => `<category>${name}</category>`).join("")}
<pubDate>${date} 00:00:00 -0500</pubDate><arxiv:announce_type>${kind}</arxiv:announce_type>
<dc:rights>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</dc:rights><dc:creator>${escapeXml(paper.authors.join(", "))}</dc:creator></item>`;
  });
  return `<?xml version='1.0' encoding='UTF-8'?>
<rss xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:atom="http://www.w3.org/2005/Atom" version="2.0">
<channel><title>${set} updates on arXiv.org</title><link>http://rss.arxiv.org/rss/${set}</link>
<description>${set} updates on the arXiv.org e-print archive.</description><language>en-us</language>
<lastBuildDate>${date} 05:00:11 +0000</lastBuildDate><pubDate>${date} 00:00:00 -0500</pubDate>
<skipDays><day>Saturday</day><day>Sunday</day></skipDays>
${entries.join("\n")}
</channel></rss>\n`;
}

export function listingOf({ set, day, items }: ReplayBatch, { dated = day, show = 2_000 } = {}): string {
  const long = `${LONG_DAYS[weekdayOf(dated) - 1]}, ${Number(dated.slice(8))} ${MONTHS[Number(dated.slice(5, 7)) - 1]} ${dated.slice(0, 4)}`;
  const sections = [
    ["New submissions", ["new"]],
    ["Cross submissions", ["cross"]],
    ["Replacement submissions", ["replace", "replace-cross"]],
  ] as const;
  let left = show;
  const shown = sections.map(([heading, kinds]) => {
    const all = items.filter(({ kind }) => (kinds as readonly string[]).includes(kind));
    const part = all.slice(0, left);
    left -= part.length;
    if (all.length === 0) return "";
    return `<h3>${heading} (showing ${part.length} of ${all.length} entries)</h3>\n${part.map(entryHtml).join("\n")}`;
  });
  return `<!DOCTYPE html><html lang="en"><head><title>${set}</title></head><body><div id="dlpage"><h1>${set}</h1>
<h3>Showing new listings for ${long}</h3>
<dl id="articles">${shown.join("\n")}</dl></div></body></html>\n`;
}

function entryHtml({ paper }: { paper: ReplayPaper }): string {
  return `<dt><a name="item1">[1]</a> <a href ="/abs/${paper.id}" title="Abstract" id="${paper.id}">arXiv:${paper.id}</a></dt>
<dd><div class="list-title mathjax"><span class="descriptor">Title:</span> ${escapeXml(paper.title)}</div></dd>`;
}

/** The announcement before a day, as a feed that lags shows it. */
export const dayBefore = (day: EditionDate) => addDays(day, weekdayOf(day) === 1 ? -3 : -1);
