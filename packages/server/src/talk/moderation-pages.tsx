/** The moderators' desk, the form for a report, and the public log. */
import {
  actBeforePerson,
  atLeast,
  FLAG_LIMITS,
  FLAG_REASONS,
  type ModerationAct,
  nameOfAct,
  SUSPENSION_DAYS,
  urgency,
} from "@paperwire/domain";
import type { ClaimWithPeople, LogEntry, ModerationStore, Page, QueueItem } from "@paperwire/store";
import type { ComponentChildren } from "preact";
import type { PageView } from "../page.ts";
import type { Site } from "../site.ts";
import { SentImage, SentText } from "../submit/sent-note.tsx";
import { Layout } from "../views/layout.tsx";
import { counted } from "../views/numbers.ts";
import { Pager } from "../views/pager.tsx";
import { RichText } from "../views/rich-text.tsx";
import { authorUrl, paperUrl } from "../views/urls.ts";
import { commentUrl, instant, readerUrl } from "./comment-view.tsx";
import { renderComment } from "./render-comment.ts";

export const LOG_PER_PAGE = 50;

const reasonName = (reason: string) => FLAG_REASONS.find((one) => one.reason === reason)?.name ?? reason;

function Framed({
  site,
  title,
  path,
  children,
}: {
  site: Site;
  title: string;
  path: string;
  children: ComponentChildren;
}) {
  return (
    <Layout
      site={site}
      title={title}
      path={path}
      indexed={false}
      head={<link rel="stylesheet" href={site.assets.url("talk.css")} />}
    >
      <div class="prose talk">
        <h1>{title}</h1>
        {children}
      </div>
    </Layout>
  );
}

type Subject = { kind: string; id: string; label: string; back: string };

export function reportPage({ kind, id, label, back }: Subject, site: Site): PageView {
  return {
    status: 200,
    keep: false,
    personal: true,
    html: (
      <Framed site={site} title="Report" path="/report">
        <p>
          You report <a href={back}>{label}</a>. A moderator will look; what is done, and why, stands in the{" "}
          <a href="/moderation">public log</a>. Who reported it does not.
        </p>
        <form class="comment-form" method="post" action="/report">
          <input type="hidden" name="kind" value={kind} />
          <input type="hidden" name="id" value={id} />
          <fieldset>
            <legend>What is wrong with it?</legend>
            {FLAG_REASONS.map(({ reason, name }) => (
              <label class="choice">
                <input type="radio" name="reason" value={reason} required /> {name}
              </label>
            ))}
          </fieldset>
          <label for="report-words">Anything a moderator should know</label>
          <textarea id="report-words" name="words" rows={3} maxLength={FLAG_LIMITS.wordsChars} />
          <p class="form-acts">
            <button>Report</button> <a href={back}>Leave it</a>
          </p>
        </form>
      </Framed>
    ),
    markdown: () => "# Report\n",
  };
}

export function reportedPage(back: string, site: Site): PageView {
  return {
    status: 200,
    keep: false,
    personal: true,
    html: (
      <Framed site={site} title="Thank you" path="/report">
        <p>A moderator will look at it.</p>
        <p>
          <a href={back}>Back</a>
        </p>
      </Framed>
    ),
    markdown: () => "# Thank you\n",
  };
}

type Desk = {
  queue: QueueItem[];
  claims: ClaimWithPeople[];
  appeals: Awaited<ReturnType<ModerationStore["openAppeals"]>>;
};

export function moderationDeskPage({ queue, claims, appeals }: Desk, site: Site): PageView {
  const trustOf = ({ flags }: QueueItem) => flags.map(({ trust }) => trust ?? 0);
  const urgent = (item: QueueItem) => urgency(trustOf(item), item.writer?.trust ?? null);
  const sorted = queue.toSorted((a, b) => urgent(b) - urgent(a));
  const nothing = queue.length + claims.length + appeals.length === 0;
  return {
    status: 200,
    keep: false,
    personal: true,
    html: (
      <Framed site={site} title="Moderation" path="/desk/moderation">
        <p class="subline">
          Every act needs a reason. It stands in the <a href="/moderation">public log</a>, the person concerned is told,
          and it can be undone there.
        </p>
        {nothing && <p class="notice">Nothing waits. Good.</p>}
        {sorted.length > 0 && <h2>Reported or held</h2>}
        <ol class="threads">
          {sorted.map((item) => (
            <li>
              <Waiting item={item} />
            </li>
          ))}
        </ol>
        {claims.length > 0 && <h2>Claims</h2>}
        <ol class="threads">
          {claims.map((claim) => (
            <li>
              <PendingClaim claim={claim} />
            </li>
          ))}
        </ol>
        {appeals.length > 0 && <h2>Appeals</h2>}
        <ol class="threads">
          {appeals.map((appeal) => (
            <li>
              <OpenAppeal appeal={appeal} reader={site.reader} />
            </li>
          ))}
        </ol>
      </Framed>
    ),
    markdown: () =>
      `# Moderation\n\n${counted(queue.length, "thing")} reported or held, ${counted(claims.length, "claim")}.\n`,
  };
}

type AppealProps = { appeal: Desk["appeals"][number]; reader: Site["reader"] };

function OpenAppeal({ appeal: { id, handle, words, entry, otherJudges }, reader }: AppealProps) {
  const action = `/desk/moderation/appeals/${id}`;
  const own = entry.moderatorId === reader?.id && otherJudges > 0;
  const mine = entry.personId === reader?.id;
  return (
    <>
      <p>
        <a href={readerUrl(handle)}>@{handle}</a> appeals: {words}
      </p>
      <p class="credit">
        <LogLine entry={entry} />
      </p>
      {mine && <p class="notice">This is your own: another moderator answers it.</p>}
      {own && (
        <p class="notice">You did this yourself: another moderator says whether it stands. You may take it back.</p>
      )}
      {!mine && (
        <div class="form-acts">
          <VerdictForm action={action} verdict="grant" label="Grant and undo" reason="The appeal is right." />
          {!own && <VerdictForm action={action} verdict="refuse" label="Refuse" />}
        </div>
      )}
    </>
  );
}

type VerdictProps = { action: string; verdict: "grant" | "refuse"; label: string; reason?: string };

function VerdictForm({ action, verdict, label, reason }: VerdictProps) {
  const id = `${verdict}-${action.split("/").at(-1)}`;
  return (
    <details class="act">
      <summary>{label}</summary>
      <form method="post" action={action} class="comment-form">
        <input type="hidden" name="verdict" value={verdict} />
        <label for={id}>Reason (public)</label>
        <input id={id} name="reason" value={reason} maxLength={500} required />
        <button>{label}</button>
      </form>
    </details>
  );
}

function Waiting({ item }: { item: QueueItem }) {
  const { subject, flags, writer, paper, comment, sent } = item;
  return (
    <>
      <p class="subline">
        {subject.kind === "comment" ? <a href={commentUrl(subject.id)}>A comment</a> : `A ${subject.kind}`}
        {writer && (
          <>
            {" by "}
            <a href={readerUrl(writer.handle)}>@{writer.handle}</a> (trust {writer.trust})
          </>
        )}
        {paper && (
          <>
            {" about "}
            <a href={paperUrl(paper.id)}>
              <RichText text={paper.title} />
            </a>
          </>
        )}
        {comment?.state === "held" && ": held, because the account is new"}
      </p>
      {comment && (
        <div class="comment-text preview" dangerouslySetInnerHTML={{ __html: renderComment(comment.body) }} />
      )}
      {sent && "note" in sent && <SentText note={sent.note} />}
      {sent && "image" in sent && <SentImage image={sent.image} />}
      <ul class="plain">
        {flags.map(({ reason, words, handle }) => (
          <li>
            <b>{reasonName(reason)}</b>
            {handle && <span class="credit"> by @{handle}</span>}
            {words && `: ${words}`}
          </li>
        ))}
      </ul>
      <div class="form-acts">
        {comment?.state === "shown" && <ActForm act="hide-comment" subject={subject} label="Hide" />}
        {comment?.state === "held" && (
          <>
            <ActForm act="show-comment" subject={subject} label="Let it show" reason="Fits the rules." />
            <ActForm act="hide-comment" subject={subject} label="Hide" />
          </>
        )}
        {subject.kind === "note" && <ActForm act="hide-note" subject={subject} label="Hide" />}
        {subject.kind === "picture" && <ActForm act="hide-picture" subject={subject} label="Hide" />}
        {flags.length > 0 && (
          <ActForm act="dismiss-flags" subject={subject} label="Nothing wrong" reason="Fits the rules." />
        )}
        {writer && <SuspendForm id={writer.id} />}
      </div>
    </>
  );
}

type ActProps = { act: ModerationAct; subject: { kind: string; id: string }; label: string; reason?: string };

function ActForm({ act, subject, label, reason }: ActProps) {
  const id = `${act}-${subject.kind}-${subject.id}`;
  return (
    <details class="act">
      <summary>{label}</summary>
      <form method="post" action="/desk/moderation" class="comment-form">
        <input type="hidden" name="act" value={act} />
        <input type="hidden" name="kind" value={subject.kind} />
        <input type="hidden" name="id" value={subject.id} />
        <label for={id}>Reason (public)</label>
        <input id={id} name="reason" value={reason} maxLength={500} required />
        <button>{label}</button>
      </form>
    </details>
  );
}

function SuspendForm({ id }: { id: string }) {
  return (
    <details class="act">
      <summary>Suspend the account</summary>
      <form method="post" action="/desk/moderation" class="comment-form">
        <input type="hidden" name="act" value="suspend" />
        <input type="hidden" name="kind" value="account" />
        <input type="hidden" name="id" value={id} />
        <label for={`days-${id}`}>For how many days</label>
        <select id={`days-${id}`} name="days">
          {SUSPENSION_DAYS.map((days) => (
            <option>{days}</option>
          ))}
        </select>
        <label for={`suspend-${id}`}>Reason (public)</label>
        <input id={`suspend-${id}`} name="reason" maxLength={500} required />
        <button>Suspend</button>
      </form>
    </details>
  );
}

function PendingClaim({ claim }: { claim: ClaimWithPeople }) {
  const subject = { kind: "claim", id: claim.id };
  return (
    <>
      <p>
        <a href={readerUrl(claim.handle)}>@{claim.handle}</a> ({claim.name}) says to be{" "}
        <a href={authorUrl(claim.authorName)}>{claim.authorName}</a> of{" "}
        <a href={paperUrl(claim.paperId)}>
          <RichText text={claim.paperTitle} />
        </a>
      </p>
      {claim.statement && <blockquote>{claim.statement}</blockquote>}
      <div class="form-acts">
        <ActForm act="verify-claim" subject={subject} label="Confirm" reason="Shown to be the author." />
        <ActForm act="refuse-claim" subject={subject} label="Refuse" />
      </div>
    </>
  );
}

type LogView = { log: Page<LogEntry>; page: number };

export function moderationLogPage({ log, page }: LogView, site: Site): PageView {
  const moderates = site.reader !== undefined && atLeast(site.reader.role, "moderator");
  return {
    status: 200,
    keep: true,
    html: (
      <Framed site={site} title="What moderators did" path="/moderation">
        <p>
          Everything moderators do on this site stands here, with the reason: nothing is taken away in secret, and
          whoever it concerns is told.
        </p>
        {log.total === 0 && <p class="notice">Nothing so far.</p>}
        <ol class="history">
          {log.items.map((entry) => (
            <li id={entry.id}>
              <LogLine entry={entry} />
              {moderates && !entry.undone && (
                <form method="post" action={`/moderation/${entry.id}/undo`} class="inline">
                  {" "}
                  <button class="link">Undo</button>
                </form>
              )}
            </li>
          ))}
        </ol>
        <Pager
          page={page}
          perPage={LOG_PER_PAGE}
          total={log.total}
          url={(to) => (to === 1 ? "/moderation" : `/moderation?page=${to}`)}
        />
        <h2 id="appeal">How to appeal</h2>
        <p>
          Sign in and open <a href="/claims#acts">what moderators did that concerns you</a>. Each act can be appealed
          once. Another moderator looks again where there is one, and what they decide stands here with its reason.
        </p>
      </Framed>
    ),
    markdown: () =>
      `# What moderators did\n\n${log.items.map((entry) => `- ${entry.at.slice(0, 10)}: ${plainLine(entry)}`).join("\n")}\n`,
  };
}

const plainLine = ({ moderator, act, person, reason, undone }: LogEntry) =>
  `${moderator ? `@${moderator}` : "a former moderator"} ${person ? `${actBeforePerson(act)} @${person}` : nameOfAct(act)}: ${reason}${undone ? " (undone)" : ""}`;

function LogLine({ entry }: { entry: LogEntry }) {
  const { at, moderator, person, act, paper, reason, undone, undoneBy, appeal, verdict } = entry;
  return (
    <>
      <time dateTime={at}>{instant(at)}</time>:{" "}
      {moderator ? <a href={readerUrl(moderator)}>@{moderator}</a> : "a former moderator"}{" "}
      {person ? (
        <>
          {actBeforePerson(act)} <a href={readerUrl(person)}>@{person}</a>
        </>
      ) : (
        nameOfAct(act)
      )}
      {paper && (
        <>
          {" about "}
          <a href={paperUrl(paper.id)}>
            <RichText text={paper.title} />
          </a>
        </>
      )}
      : {reason}
      {undone && ` (undone${undoneBy ? ` by @${undoneBy}` : ""})`}
      {appeal === "open" && " (appealed)"}
      {appeal === "refused" &&
        ` (appeal refused${verdict?.by ? ` by @${verdict.by}` : ""}${verdict ? `: ${verdict.reason}` : ""})`}
      {appeal === "granted" && verdict && ` (appeal granted: ${verdict.reason})`}
    </>
  );
}
