/** A paper in a list: votes, title, authors, what it says, who put it forward, its code. */

import type { Part } from "@paperwire/discovery";
import {
  addDays,
  type EditionEntry,
  type ListedPaper,
  leadOf,
  linkOf,
  type Paper,
  summaryCredit,
} from "@paperwire/domain";
import type { ComponentChildren } from "preact";
import { useContext } from "preact/hooks";
import { AuthorNames } from "./author-names.tsx";
import { plainDay, publication } from "./dates.ts";
import { NoticeMark } from "./notice-mark.tsx";
import { compact, counted } from "./numbers.ts";
import { ReadingContext } from "./reading.ts";
import { RichText } from "./rich-text.tsx";
import { editionUrl, paperUrl, withQuery } from "./urls.ts";
import { anchorOf, Votes } from "./votes.tsx";

/** Authors in sight on a card, and behind its fold. */
const AUTHORS_SHOWN = 4;
const AUTHORS_FOLDED = 40;

/** Older than this when its edition appeared, a paper shows its own date. */
const NEWS_DAYS = 60;

type Props = {
  listed: ListedPaper;
  /** Whether the list spans several days, so that each card names its own. */
  dated?: boolean;
  /** Where a search hit's words stand. */
  marked?: { title: Part[]; snippet: Part[] };
  /** The author whose papers are listed. */
  author?: string | undefined;
  /** Stands at the end of the card. */
  children?: ComponentChildren;
};

export function PaperCard({ listed, dated = false, marked, author, children }: Props) {
  const { paper, entry } = listed;
  const snippet = marked && hasMark(marked.snippet) ? marked.snippet : undefined;
  return (
    <li class="card">
      <article>
        <Votes listed={listed} />
        <h2>
          <a href={paperUrl(paper.id)} id={anchorOf(paper.id)}>
            {marked && hasMark(marked.title) ? <Marked parts={marked.title} /> : <RichText text={paper.title} />}
          </a>
        </h2>
        <NoticeMark notices={paper.notices} />
        <AuthorNames authors={paper.authors ?? []} shown={AUTHORS_SHOWN} foldedMax={AUTHORS_FOLDED} sought={author} />
        {entry?.pick && <PickLine pick={entry.pick} />}
        <Gist paper={paper} snippet={snippet} />
        <Facts paper={paper} entry={entry} dated={dated} credited={snippet === undefined} />
        {children}
      </article>
    </li>
  );
}

export function PickLine({ pick }: { pick: NonNullable<EditionEntry["pick"]> }) {
  return (
    <p class="pick">
      <b>Curator’s pick</b>
      {pick.note !== undefined && <>: {pick.note}</>}
    </p>
  );
}

function Gist({ paper, snippet }: { paper: Paper; snippet: Part[] | undefined }) {
  if (snippet) {
    return (
      <p class="gist">
        <Marked parts={snippet} />
      </p>
    );
  }
  if (paper.summary) {
    return (
      <p class="gist">
        <RichText text={paper.summary.text} />
      </p>
    );
  }
  if (!paper.abstract) return null;
  return (
    <p class="gist">
      <RichText text={leadOf(paper.abstract)} />
    </p>
  );
}

type FactsProps = {
  paper: Paper;
  entry: EditionEntry | null;
  dated: boolean;
  /** Whether the card shows the summary, whose author is then named. */
  credited: boolean;
};

function Facts({ paper, entry, dated, credited }: FactsProps) {
  const reading = useContext(ReadingContext);
  const code = linkOf(paper, "code");
  const project = linkOf(paper, "project");
  const published = isNews(paper, entry) ? null : publication(paper);
  return (
    <ul class="facts">
      {dated && entry && (
        <li>
          <a href={editionUrl("day", entry.edition)}>{plainDay(entry.edition)}</a>
        </li>
      )}
      {entry?.announcedOn && <li>Announced earlier, on {plainDay(entry.announcedOn)}</li>}
      {published && (
        <li>
          {published.text}
          {paper.unverified?.includes("published") && " (not verified)"}
        </li>
      )}
      {paper.venue && <li>{paper.venue}</li>}
      {paper.organization && <li>{paper.organization.fullname}</li>}
      {entry?.submittedBy && <li>Submitted by {entry.submittedBy.fullname}</li>}
      {entry !== null && entry.numComments > 0 && <li>{counted(entry.numComments, "comment")}</li>}
      {code && (
        <li>
          <a href={code.url} rel="noopener">
            Code
          </a>
          {code.stars !== undefined && <Stars stars={code.stars} />}
        </li>
      )}
      {project && (
        <li>
          <a href={project.url} rel="noopener">
            Project
          </a>
        </li>
      )}
      {credited && paper.summary && <li>{summaryCredit(paper.summary)}</li>}
      {reading?.signedIn && (
        <li>
          <a href={withQuery("/collections/add", { paper: paper.id, back: `${reading.here}#${anchorOf(paper.id)}` })}>
            Collect<span class="unseen"> “{paper.title}”</span>
          </a>
        </li>
      )}
    </ul>
  );
}

/** In an edition of its own weeks a paper's date says nothing new. */
function isNews({ publishedAt }: Paper, entry: EditionEntry | null): boolean {
  return entry !== null && (publishedAt === undefined || publishedAt >= addDays(entry.edition, -NEWS_DAYS));
}

export function Stars({ stars }: { stars: number }) {
  return (
    <span class="stars" title={counted(stars, "star")}>
      {" "}
      <span aria-hidden="true">★ {compact(stars)}</span>
      <span class="unseen">, {counted(stars, "star")}</span>
    </span>
  );
}

function hasMark(parts: readonly Part[]): boolean {
  return parts.some((part) => part.highlight);
}

function Marked({ parts }: { parts: readonly Part[] }) {
  return <>{parts.map(({ text, highlight }) => (highlight ? <mark>{text}</mark> : text))}</>;
}
