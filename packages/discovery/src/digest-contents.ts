/** What goes into a digest: a closed edition, week or month, and what changed about papers that were mailed before. */
import {
  type Cadence,
  CORRECTIONS_MAX,
  type Correction,
  DIGEST_ITEMS_MAX,
  type Digest,
  type DigestItem,
  type DigestLink,
  digestNameOf,
  digestRangeOf,
  type EditionDate,
  isArxivId,
  type ListedPaper,
  lastClosedDay,
  leadOf,
  linkOf,
  noticeText,
  type Paper,
  pageUrl,
  pdfUrl,
  strongestNotice,
  summaryCredit,
  topicsOf,
} from "@paperwire/domain";
import type { Store, StoredDigest } from "@paperwire/store";

type Source = Pick<Store, "editions" | "papers" | "digests">;

const AUTHORS_SHOWN = 3;
/** Digests back that corrections are looked for in. */
const DIGESTS_BACK = 7;

type Wanted = { cadence: Cadence; today: EditionDate };

/** Which digest may be sent now: its name, and the newest edition that it holds. Null where no edition has closed. */
export async function newestDigest({ editions }: Pick<Store, "editions">, { cadence, today }: Wanted) {
  const date = await editions.latest(lastClosedDay(cadence, today));
  return date === null ? null : { name: digestNameOf(cadence, date), date };
}

/**
 * The newest digest of a cadence that may be sent: the edition before the one that is open today, or the week or month
 * of the newest edition in a week or month that is over. Made from the same store it is the same digest.
 * @returns null where there is nothing new to mail
 */
export async function digestContents(store: Source, { cadence, today }: Wanted): Promise<Digest | null> {
  const newest = await newestDigest(store, { cadence, today });
  if (newest === null) return null;
  const range = digestRangeOf(cadence, newest.date);
  const { items, total } = await store.editions.listEntries({
    range,
    order: cadence === "daily" ? "edition" : "upvotes",
    limit: DIGEST_ITEMS_MAX,
    offset: 0,
  });
  const before = await store.digests.list({ cadence, limit: DIGESTS_BACK });
  return {
    name: newest.name,
    cadence,
    range,
    items: once(items).map(toItem),
    total,
    corrections: await corrections(store, before),
  };
}

/** A paper of two editions of one week is mailed once, where it stood higher. */
function once(items: readonly ListedPaper[]): ListedPaper[] {
  const seen = new Set<string>();
  return items.filter(({ paper: { id } }) => !seen.has(id) && seen.add(id));
}

function toItem({ paper, entry }: ListedPaper): DigestItem {
  const authors = paper.authors ?? [];
  const notice = noticeOf(paper);
  const lead = leadOf(paper.summary?.text ?? paper.abstract ?? "");
  return {
    paperId: paper.id,
    title: paper.title,
    authors: authors.slice(0, AUTHORS_SHOWN).map((author) => author.name),
    authorsTotal: authors.length,
    // Whatever shows the lead shows the notice.
    lead: notice === undefined ? lead : `${notice}. ${lead}`.trim(),
    ...(notice === undefined ? {} : { notice }),
    ...(paper.summary === undefined ? {} : { leadCredit: summaryCredit(paper.summary) }),
    upvotes: entry?.upvotes ?? 0,
    ...(entry?.submittedBy ? { submittedBy: entry.submittedBy.fullname } : {}),
    topics: topicsOf(paper),
    links: linksOf(paper),
  };
}

function noticeOf({ notices }: Paper): string | undefined {
  const notice = strongestNotice(notices);
  return notice && noticeText(notice);
}

function linksOf(paper: Paper): DigestLink[] {
  const candidates = [
    { label: isArxivId(paper.id) ? "arXiv" : "Publisher", url: pageUrl(paper) },
    { label: "PDF", url: pdfUrl(paper) },
    { label: "Code", url: linkOf(paper, "code")?.url },
    { label: "Project", url: linkOf(paper, "project")?.url },
  ];
  return candidates.filter((link): link is DigestLink => link.url !== undefined);
}

/** Each change is told once: what an earlier digest corrected already is left out. */
async function corrections({ papers }: Source, before: readonly StoredDigest[]): Promise<Correction[]> {
  const told = new Set(before.flatMap(({ digest }) => digest.corrections.map(keyOf)));
  // The newest digest knows best under which title a paper was mailed.
  const mailed = new Map(before.toReversed().flatMap(({ digest }) => digest.items.map((item) => [item.paperId, item])));
  const now = await papers.listByIds([...mailed.keys()].slice(0, 1_000));
  return now
    .flatMap(({ paper }) => changesOf(paper, mailed.get(paper.id)!))
    .filter((correction) => !told.has(keyOf(correction)))
    .sort((a, b) => Number(isRename(a)) - Number(isRename(b)))
    .slice(0, CORRECTIONS_MAX);
}

/** A notice goes before a new title: there is room for few. */
function changesOf(paper: Paper, was: DigestItem): Correction[] {
  const { id: paperId, title } = paper;
  const notice = noticeOf(paper);
  return [
    ...(notice === undefined || notice === was.notice ? [] : [{ paperId, title, what: lowerFirst(notice) }]),
    ...(title === was.title ? [] : [{ paperId, title, what: `mailed as “${was.title}”` }]),
  ];
}

const isRename = ({ what }: Correction) => what.startsWith("mailed as ");
const lowerFirst = (text: string) => text.charAt(0).toLowerCase() + text.slice(1);

const keyOf = (one: Correction) => [one.paperId, ...(isRename(one) ? [one.title] : []), one.what].join("\n");
