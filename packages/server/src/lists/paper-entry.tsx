/** A paper as an entry of a feed: whole abstract, every author, where to read it, what to trust. */
import {
  commentsOf,
  isArxivId,
  type Link,
  type LinkKind,
  type ListedPaper,
  leadOf,
  noticeText,
  noticeWord,
  type Paper,
  pageUrl,
  pdfUrl,
  strongestNotice,
  summaryCredit,
  toUtcMs,
  upvotesOf,
} from "@paperwire/domain";
import type { FeedEntry, FeedLink } from "@paperwire/formats";
import { plainText } from "@paperwire/mail";
import { render } from "preact-render-to-string";
import { plainDay, publication } from "../views/dates.ts";
import { authorUrl, editionUrl, paperUrl } from "../views/urls.ts";
import type { FeedNames } from "./feed-names.ts";
import { FeedText } from "./feed-text.tsx";

/** Authors named in an entry; a collaboration of thousands would outweigh everything else. */
const AUTHORS_MAX = 100;
const ARXIV_SCHEME = "http://arxiv.org/schemas/atom";
const LINK_NAMES: Record<LinkKind, string> = {
  code: "Code",
  project: "Project",
  model: "Model",
  dataset: "Dataset",
  demo: "Demo",
  pdf: "PDF",
  page: "Paper",
};

type Parts = { names: FeedNames; baseUrl: string };

export function paperEntry(listed: ListedPaper, { names, baseUrl }: Parts): FeedEntry {
  const { paper } = listed;
  const comments = commentsOf(listed);
  const publishedMs = listedMs(listed, names);
  const authors = (paper.authors ?? []).slice(0, AUTHORS_MAX);
  const url = baseUrl + paperUrl(paper.id);
  const isArxiv = isArxivId(paper.id) && !paper.unverified?.includes("id");
  return {
    id: names.of("paper", paper.id),
    url,
    title: titleOf(paper),
    authors: authors.map(({ name }) => ({ name, url: baseUrl + authorUrl(name) })),
    publishedMs,
    updatedMs: Math.max(publishedMs, paper.correctedAt === undefined ? 0 : Date.parse(paper.correctedAt)),
    summary: plainText(paper.abstract ? leadOf(paper.abstract) : (paper.summary?.text ?? "")),
    html: render(<Body listed={listed} baseUrl={baseUrl} />),
    categories: categoriesOf(paper),
    links: linksOf(paper),
    ...(isArxiv && { doi: `10.48550/arXiv.${paper.id}` }),
    ...(comments > 0 && { comments: { url: `${url}#comments`, count: comments } }),
    facts: factsOf(listed),
  };
}

/** A reader of a feed may never open the entry: what was taken back says so in its title. */
function titleOf({ title, notices }: Paper): string {
  const notice = strongestNotice(notices);
  return notice ? `[${noticeWord(notice)}] ${plainText(title)}` : plainText(title);
}

/** When the paper came into the list: put forward, else in the edition of a day, else published, else taken in. */
function listedMs({ paper, entry }: ListedPaper, { startedMs }: FeedNames): number {
  if (entry) return entry.submittedAt === null ? toUtcMs(entry.edition) : Date.parse(entry.submittedAt);
  const said = paper.publishedAt ?? paper.addedAt;
  return said === undefined ? startedMs : Date.parse(said);
}

function categoriesOf({ primaryCategory, categories = [], keywords = [] }: Paper): FeedEntry["categories"] {
  const own = [...new Set([...(primaryCategory ? [primaryCategory] : []), ...categories])];
  return [
    ...own.map((term) => ({ term, scheme: ARXIV_SCHEME })),
    ...[...new Set(keywords)].filter((word) => !own.includes(word)).map((term) => ({ term })),
  ];
}

function linksOf(paper: Paper): FeedLink[] {
  const page = pageUrl(paper);
  const pdf = pdfUrl(paper);
  return [
    ...(page ? [{ rel: "via", href: page, type: "text/html" }] : []),
    ...(pdf ? [{ rel: "related", href: pdf, type: "application/pdf", title: "PDF" }] : []),
    ...otherLinks(paper).map(({ kind, url }) => ({ rel: "related", href: url, title: LINK_NAMES[kind] })),
  ];
}

const otherLinks = ({ links = [] }: Paper) => links.filter(({ kind }) => kind !== "page" && kind !== "pdf");

function factsOf(listed: ListedPaper): Record<string, unknown> {
  const { paper, entry } = listed;
  const { publishedAt, publishedPrecision, venue, unverified, links, notices } = paper;
  return {
    paperId: paper.id,
    ...(publishedAt !== undefined && { publishedAt, publishedPrecision: publishedPrecision ?? "instant" }),
    ...(venue !== undefined && { venue }),
    ...(links && links.length > 0 && { links }),
    ...(unverified && { unverified }),
    ...(notices && { notices }),
    upvotes: upvotesOf(listed),
    comments: commentsOf(listed),
    ...(entry && { edition: entry.edition, place: entry.place }),
  };
}

function Body({ listed: { paper, entry }, baseUrl }: { listed: ListedPaper; baseUrl: string }) {
  const { summary, abstract, note, notices = [], authors = [] } = paper;
  const unnamed = authors.length - AUTHORS_MAX;
  return (
    <>
      {notices.map((notice) => (
        <p>
          <strong>{noticeText(notice)}.</strong>
        </p>
      ))}
      {unnamed > 0 && <p>And {unnamed.toLocaleString("en")} more authors.</p>}
      {entry?.pick?.note && (
        <p>
          <strong>Curator’s pick:</strong> {entry.pick.note}
        </p>
      )}
      {summary && (
        <p>
          <FeedText text={summary.text} /> <small>({summaryCredit(summary)})</small>
        </p>
      )}
      {abstract?.split(/\n\s*\n/).map((paragraph) => (
        <p>
          <FeedText text={paragraph} />
        </p>
      ))}
      {note && (
        <p>
          <em>
            <FeedText text={note} />
          </em>
        </p>
      )}
      <Places paper={paper} />
      <p>
        <Facts paper={paper} />
        {entry && (
          <>
            {" "}
            In the edition of <a href={baseUrl + editionUrl("day", entry.edition)}>{plainDay(entry.edition)}</a>
            {entry.submittedBy && <>, submitted by {entry.submittedBy.fullname}</>}.
          </>
        )}
      </p>
    </>
  );
}

function Places({ paper }: { paper: Paper }) {
  const page = pageUrl(paper);
  const pdf = pdfUrl(paper);
  const places: Link[] = [
    ...(page ? [{ kind: "page" as const, url: page }] : []),
    ...(pdf ? [{ kind: "pdf" as const, url: pdf }] : []),
    ...otherLinks(paper),
  ];
  if (places.length === 0) return null;
  return (
    <p>
      {places.map(({ kind, url, label }, at) => (
        <>
          {at > 0 && " · "}
          <a href={url}>{kind === "page" && isArxivId(paper.id) ? "arXiv" : LINK_NAMES[kind]}</a>
          {label && ` (${label})`}
        </>
      ))}
      {paper.unverified?.includes("id") && " (identifier recalled, not verified)"}
    </p>
  );
}

function Facts({ paper }: { paper: Paper }) {
  const published = publication(paper);
  const doubt = paper.unverified?.includes("published") ? " (not verified)" : "";
  const parts = [
    published ? `Published ${published.text}${doubt}` : "",
    paper.venue ?? "",
    paper.organization?.fullname ?? "",
  ];
  const said = parts.filter((part) => part !== "");
  return said.length > 0 ? <>{said.join(" · ")}.</> : null;
}
