/** Item of Hugging Face's paper API → record. */
import {
  type Author,
  type EditionDate,
  type EntryFacts,
  type IncomingRecord,
  LIMITS,
  type Link,
  type LinkKind,
  NOTICES_MAX,
  type Notice,
  type Organization,
  type Submitter,
} from "@paperwire/domain";
import { asOfDay } from "../../as-of.ts";
import { arxivIdOf, cleanLink, cleanName, cleanUrl, toInstant, withoutGaps } from "../../clean-facts.ts";
import { Refusal } from "../../refusal.ts";
import { hfFacts } from "../hf-facts.ts";
import type { HfApiFields, HfApiItem } from "./shape.ts";

/** Only these mean that somebody checked the claim; `extracted_pending` does not. */
const PROVEN = new Set(["claimed_verified", "admin_assigned"]);
const REPOSITORY = /^[\w.-]+(?:\/[\w.-]+)?$/;
const HUB = "https://huggingface.co/";
const LINK_KINDS = ["code", "project", "model", "dataset", "demo", "pdf", "page"] as const satisfies LinkKind[];

/** An id that another Paperwire made for a paper that has none of arXiv's; it names nothing here. */
const OWN_ID = /^[0-9A-HJKMNP-TV-Z]{26}$/;

type Options = {
  /** Of the first item, 1-based: a later page of a list goes on counting. */
  firstPosition?: number;
  /** Whose words the summaries are. */
  site?: string;
};

/** @param date the edition, where the items are known to be of one day; else each item's own day of submission */
export function adaptHfApi(
  date: EditionDate | undefined,
  { firstPosition = 1, site }: Options = {},
): (item: HfApiItem) => IncomingRecord {
  const places = new Map<EditionDate, number>();
  return (item) => {
    const said = joined(item);
    if (!said.id) throw new Refusal('"paper.id" is missing.');
    if (!said.title) throw new Refusal('"title" is missing.');
    const facts = hfFacts({
      ...said,
      title: said.title,
      abstract: said.summary,
      authors: authorsOf(said),
      aiSummary: said.ai_summary ?? said.aiSummary,
      aiSummaryModel: said.ai_summary_model ?? said.aiSummaryModel,
      aiKeywords: said.ai_keywords ?? said.aiKeywords,
      organization: organizationOf(said),
      links: [...linkedOf(said), ...statedLinks(said)],
      venue: said.venue,
      categories: said.categories,
      notices: noticesIn(said),
      ...(site === undefined ? {} : { site }),
    });
    const identifiers = OWN_ID.test(said.id) ? [] : [{ scheme: "arxiv" as const, value: arxivIdOf(said.id) }];
    const submittedAt = said.submittedOnDailyAt ? toInstant(said.submittedOnDailyAt) : undefined;
    // Measured on 5,703 entries: an edition is the UTC day of its submissions, whatever the roll-over hour.
    const edition = date ?? submittedAt?.slice(0, 10);
    if (!edition) return { identifiers, facts };
    const position = (places.get(edition) ?? firstPosition - 1) + 1;
    places.set(edition, position);
    const entry = withoutGaps<EntryFacts>({
      edition,
      position,
      submittedAt,
      submittedBy: submitterOf(said),
      upvotes: said.upvotes ?? undefined,
      numComments: said.numComments ?? undefined,
    });
    return { identifiers, facts, entry, asOf: asOfDay(edition, "answer") };
  };
}

/** What `paper` says goes before what is repeated outside: outside, `publishedAt` is another date. */
function joined({ paper, ...outer }: HfApiItem): HfApiFields {
  if (!paper) return outer;
  const inner = Object.entries(paper).filter(([, value]) => value !== null && value !== undefined);
  return { ...outer, publishedAt: undefined, ...Object.fromEntries(inner) };
}

function authorsOf(said: HfApiFields): Author[] {
  return (said.authors ?? [])
    .filter(({ hidden }) => !hidden)
    .map(({ name, status, user }) => {
      const account = user?.user ?? user?.name;
      return account && PROVEN.has(status ?? "") ? { name, claimedBy: account } : { name };
    });
}

function submitterOf({ submittedOnDailyBy, submittedBy }: HfApiFields): Submitter | undefined {
  const by = submittedOnDailyBy ?? submittedBy;
  const name = cleanName(by?.user ?? by?.name, "name of the submitter");
  return name ? { name, fullname: cleanName(by?.fullname, "name of the submitter") ?? name } : undefined;
}

function organizationOf({ organization }: HfApiFields): Organization | undefined {
  const name = cleanName(organization?.name, "name of the organization");
  const fullname = cleanName(organization?.fullname, "name of the organization");
  return name || fullname ? { name: name ?? fullname!, fullname: fullname ?? name! } : undefined;
}

function noticesIn({ notices }: HfApiFields): Notice[] {
  return (notices ?? []).slice(0, NOTICES_MAX).flatMap(({ kind, source: said, date, url }) => {
    const source = cleanName(said, "name of a source");
    return source ? [withoutGaps<Notice>({ kind, source, ...(date ? { date } : {}), ...urlOf(url) })] : [];
  });
}

const urlOf = (text: string | null | undefined) => {
  const url = cleanUrl(text);
  return url === undefined ? {} : { url };
};

/** Further links, as Paperwire's own API states them. */
function statedLinks({ links }: HfApiFields): Link[] {
  const kinds: readonly string[] = LINK_KINDS;
  return (links ?? [])
    .filter(({ kind }) => kinds.includes(kind))
    .flatMap(({ kind, url, label, stars }) =>
      cleanLink({ kind: kind as LinkKind, label: cleanName(label, "name of a link"), stars: stars ?? undefined }, url),
    );
}

function linkedOf({ linkedModels, linkedDatasets, linkedSpaces }: HfApiFields): Link[] {
  const links = (kind: Link["kind"], folder: string, items: HfApiFields["linkedModels"]) =>
    (items ?? [])
      .filter(({ id }) => REPOSITORY.test(id) && id.length <= LIMITS.nameChars)
      .flatMap(({ id }) => cleanLink({ kind, label: id }, `${HUB}${folder}${id}`));
  return [
    ...links("model", "", linkedModels),
    ...links("dataset", "datasets/", linkedDatasets),
    ...links("demo", "spaces/", linkedSpaces),
  ];
}
