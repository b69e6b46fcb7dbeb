/** A paper's own page: what it says, where it is, how it stood in the editions, how to cite it. */
import {
  type EditionEntry,
  isArxivId,
  leadOf,
  type Paper,
  pageUrl,
  parseArxivId,
  pdfUrl,
  summaryCredit,
} from "@paperwire/domain";
import { paperToMarkdown, toHighwire, toSchemaOrg } from "@paperwire/formats";
import type { ServerContext } from "../context.ts";
import type { Page, PageView, Redirect } from "../page.ts";
import type { Site } from "../site.ts";
import { SentNote } from "../submit/sent-note.tsx";
import { type Authorship, authorshipOf, type ClaimAgain, ClaimSection, handlesOf } from "../talk/claim-section.tsx";
import { commentFeedUrl } from "../talk/comment-feed.ts";
import { CommentSection } from "../talk/comment-section.tsx";
import { orderNamed, talkOf } from "../talk/talk-of-paper.ts";
import { AuthorNames } from "../views/author-names.tsx";
import { Cite, citationsOf } from "../views/cite.tsx";
import { plainDay, publication } from "../views/dates.ts";
import { Layout } from "../views/layout.tsx";
import { NoticeMarks } from "../views/notice-mark.tsx";
import { Stars } from "../views/paper-card.tsx";
import { PaperSide, type Standing } from "../views/paper-side.tsx";
import { RichText } from "../views/rich-text.tsx";
import { editionUrl, paperUrl, withQuery } from "../views/urls.ts";
import { Votes } from "../views/votes.tsx";
import { Versions } from "../views/word-changes.tsx";

/** Authors in sight, and behind the fold. */
const AUTHORS_SHOWN = 20;
const AUTHORS_FOLDED = 3_000;
/** Editions whose size is looked up; older ones are listed without it. */
const EDITIONS_SIZED = 5;

export const paperPage: Page = (request, context, site) =>
  paperView({ asked: request.param("id"), order: orderNamed(request.query("comments")) }, context, site);

type Asked = {
  asked: string;
  order: ReturnType<typeof orderNamed>;
  /** A form of the page that cannot be taken as it was sent. */
  again?: ClaimAgain;
};

export async function paperView(
  { asked, order, again }: Asked,
  context: ServerContext,
  site: Site,
): Promise<PageView | Redirect> {
  const arxiv = parseArxivId(asked);
  if (arxiv && arxiv.id !== asked) return { redirect: paperUrl(arxiv.id), status: 301 };
  const { paper, entries, upvotesHere, changes } = await context.discovery.paperPage(asked);
  const standings = await standingsOf(paper.id, entries, context);
  const history = await context.store.links.historyOf(paper.id);
  const now = await context.store.citations.find(paper.id);
  const cited = now && { now, before: await context.store.citations.historyOf(paper.id) };
  const authorship = await authorshipOf(context.store, paper.id, site.reader);
  const talk = await talkOf(context.store, paper.id, { reader: site.reader, order });
  const { baseUrl } = site.settings;
  const sent = await context.store.submissions.openOf(paper.id);
  const path = paperUrl(paper.id);
  const address = baseUrl + path;
  return {
    status: again?.problem.status ?? 200,
    keep: again === undefined,
    personal: again !== undefined,
    links: signposts(paper, path),
    html: (
      <Layout
        site={site}
        title={paper.title}
        path={path}
        description={paper.summary?.text ?? leadOf(paper.abstract ?? "")}
        head={
          <>
            <CitationTags paper={paper} address={address} />
            <script type="module" src={site.assets.url("copy.js")} />
            <link
              rel="alternate"
              type="application/atom+xml"
              title="Comments on this paper"
              href={commentFeedUrl(paper.id)}
            />
            <link rel="stylesheet" href={site.assets.url("talk.css")} />
            {site.reader && <script type="module" src={site.assets.url("talk.js")} />}
          </>
        }
      >
        <article class="paper">
          <PaperHead paper={paper} entry={entries[0] ?? null} upvotesHere={upvotesHere} authorship={authorship} />
          <div class="columns">
            <div class="main-column">
              <PaperText paper={paper} />
              <Versions paper={paper} changes={changes} />
              <SentNote sent={sent} reader={site.reader} />
              <Cite path={path} citations={citationsOf(paper)} />
              <ClaimSection paper={paper} authorship={authorship} site={site} again={again} />
              <CommentSection
                paper={paper}
                talk={talk}
                reader={site.reader}
                elsewhere={elsewhere(entries, talk.shown)}
                authors={new Set(authorship.verified.map(({ accountId }) => accountId))}
              />
            </div>
            <PaperSide paper={paper} standings={standings} history={history} cited={cited} />
          </div>
        </article>
      </Layout>
    ),
    markdown: () => paperToMarkdown(paper, entries, { baseUrl, changes }),
  };
}

/** Comments that the newest entry's source counted beside ours. */
const elsewhere = ([newest]: readonly EditionEntry[], shown: number) => Math.max(0, (newest?.numComments ?? 0) - shown);

async function standingsOf(
  paperId: string,
  entries: readonly EditionEntry[],
  { store }: ServerContext,
): Promise<Standing[]> {
  return Promise.all(
    entries.map(async (entry, at) => {
      if (at >= EDITIONS_SIZED) return { entry, of: null, published: null };
      const [[day], places] = await Promise.all([
        store.editions.calendar({ first: entry.edition, last: entry.edition }),
        store.ledger.placesOf(entry.edition),
      ]);
      return { entry, of: day?.papers ?? null, published: places.get(paperId) ?? null };
    }),
  );
}

/** @source https://signposting.org/FAIR/ */
function signposts(paper: Paper, path: string): string[] {
  const original = pageUrl(paper);
  const pdf = pdfUrl(paper);
  return [
    ...(original ? [`<${encodeURI(original)}>; rel="cite-as"`] : []),
    ...(pdf ? [`<${encodeURI(pdf)}>; rel="item"; type="application/pdf"`] : []),
    `<${path}.bib>; rel="describedby"; type="application/x-bibtex"`,
    `<${path}.csl.json>; rel="describedby"; type="application/vnd.citationstyles.csl+json"`,
  ];
}

function CitationTags({ paper, address }: { paper: Paper; address: string }) {
  const structured = JSON.stringify(toSchemaOrg(paper, { paperUrl: address })).replaceAll("<", "\\u003c");
  return (
    <>
      {toHighwire(paper, { paperUrl: address }).map(([name, content]) => (
        <meta name={name} content={content} />
      ))}
      <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: structured }} />
    </>
  );
}

type HeadProps = { paper: Paper; entry: EditionEntry | null; upvotesHere: number; authorship: Authorship };

function PaperHead({ paper, entry, upvotesHere, authorship }: HeadProps) {
  const published = publication(paper);
  return (
    <header class="paper-head">
      <p class="subline">
        {published && (
          <>
            Published <time dateTime={published.machine}>{published.text}</time>
            {paper.unverified?.includes("published") && <Doubt />}
          </>
        )}
        {paper.venue && <span>{paper.venue}</span>}
        {entry && (
          <span>
            {entry.submittedBy && <>Submitted by {entry.submittedBy.fullname} </>}
            {entry.submittedBy ? "to" : "In"} the edition of{" "}
            <a href={editionUrl("day", entry.edition)}>{plainDay(entry.edition)}</a>
          </span>
        )}
      </p>
      <h1>
        <RichText text={paper.title} />
      </h1>
      <NoticeMarks notices={paper.notices} />
      <AuthorNames
        authors={paper.authors ?? []}
        shown={AUTHORS_SHOWN}
        foldedMax={AUTHORS_FOLDED}
        linked
        handles={handlesOf(authorship)}
      />
      {paper.organization && <p class="subline">{paper.organization.fullname}</p>}
      <div class="actions">
        <Votes listed={{ paper, entry, upvotesHere }} />
        <Ways paper={paper} />
      </div>
    </header>
  );
}

/** The ways to the paper itself and to its code. */
function Ways({ paper }: { paper: Paper }) {
  const page = pageUrl(paper);
  const pdf = pdfUrl(paper);
  const onArxiv = page !== undefined && isArxivId(paper.id);
  return (
    <ul class="ways">
      {page && (
        <li>
          <a href={page} rel="noopener">
            {onArxiv ? `arXiv:${paper.id}` : "Paper’s page"}
          </a>
          {paper.unverified?.includes("id") && <Doubt />}
        </li>
      )}
      {pdf && (
        <li>
          <a href={pdf} rel="noopener">
            PDF
          </a>
        </li>
      )}
      {(paper.links ?? [])
        .filter(({ kind }) => kind === "code" || kind === "project")
        .map((link) => (
          <li>
            <a href={link.url} rel="noopener">
              {link.kind === "code" ? "Code" : "Project"}
            </a>
            {link.stars !== undefined && <Stars stars={link.stars} />}
          </li>
        ))}
      <li>
        <a href={withQuery("/collections/add", { paper: paper.id })} rel="nofollow">
          Add to collection
        </a>
      </li>
    </ul>
  );
}

function Doubt() {
  return <small class="doubt"> (recalled, not verified)</small>;
}

function PaperText({ paper }: { paper: Paper }) {
  return (
    <>
      {paper.summary && (
        <section class="summary">
          <h2>{paper.summary.generated ? "AI summary" : "Summary"}</h2>
          <p>
            <RichText text={paper.summary.text} />
          </p>
          <p class="credit">{summaryCredit(paper.summary)}</p>
        </section>
      )}
      <section class="abstract">
        <h2>Abstract</h2>
        {paper.abstract ? (
          paper.abstract.split(/\n\s*\n/).map((paragraph) => (
            <p>
              <RichText text={paragraph} links />
            </p>
          ))
        ) : (
          <p class="notice">The abstract is not stored here. It stands where the paper was published.</p>
        )}
      </section>
      {paper.note && (
        <section class="abstract">
          <h2>Note</h2>
          <p>
            <RichText text={paper.note} links />
          </p>
        </section>
      )}
    </>
  );
}
