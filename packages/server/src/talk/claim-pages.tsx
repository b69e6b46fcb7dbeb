/** A reader's own claims, and what moderators did that concerns them, with the way to appeal. */
import { nameOfAct } from "@paperwire/domain";
import type { ClaimWithPeople, LogEntry } from "@paperwire/store";
import type { PageView } from "../page.ts";
import type { Site } from "../site.ts";
import { Layout } from "../views/layout.tsx";
import { RichText } from "../views/rich-text.tsx";
import { paperUrl } from "../views/urls.ts";

const STATES = {
  pending: "waits for a moderator",
  verified: "confirmed",
  refused: "refused",
  withdrawn: "withdrawn",
} as const;

export function claimsPage(
  { claims, concerning }: { claims: ClaimWithPeople[]; concerning: LogEntry[] },
  site: Site,
): PageView {
  return {
    status: 200,
    keep: false,
    personal: true,
    html: (
      <Layout
        site={site}
        title="Your claims"
        path="/claims"
        indexed={false}
        head={<link rel="stylesheet" href={site.assets.url("talk.css")} />}
      >
        <div class="prose talk">
          <h1>Your claims</h1>
          {claims.length === 0 && (
            <p class="notice">None. On the page of a paper of yours, open “Are you one of the authors?”.</p>
          )}
          <ul class="plain">
            {claims.map((claim) => (
              <ClaimLine claim={claim} />
            ))}
          </ul>
          <h2 id="acts">What moderators did</h2>
          {concerning.length === 0 && <p class="notice">Nothing that concerns you.</p>}
          <ul class="plain">
            {concerning.map((entry) => (
              <ActLine entry={entry} />
            ))}
          </ul>
        </div>
      </Layout>
    ),
    markdown: () =>
      claims.map(({ authorName, paperTitle, state }) => `- ${authorName}, ${paperTitle}: ${state}`).join("\n"),
  };
}

function ClaimLine({ claim: { id, paperId, paperTitle, authorName, state, reason } }: { claim: ClaimWithPeople }) {
  return (
    <li>
      <b>{authorName}</b> of{" "}
      <a href={paperUrl(paperId)}>
        <RichText text={paperTitle} />
      </a>
      : {STATES[state]}
      {reason && state !== "withdrawn" && `. ${reason}`}
      {(state === "pending" || state === "verified") && (
        <form method="post" action={`/claims/${id}/withdraw`} class="inline">
          {" "}
          <button class="link">Withdraw</button>
        </form>
      )}
    </li>
  );
}

/** Nobody wants these taken back who was given them. */
const WELCOME: ReadonlySet<string> = new Set([
  "show-comment",
  "dismiss-flags",
  "verify-claim",
  "unsuspend",
  "allow-invites",
]);

function ActLine({ entry }: { entry: LogEntry }) {
  return (
    <li id={entry.id}>
      {entry.at.slice(0, 10)}: a moderator {nameOfAct(entry.act)}
      {entry.paper && (
        <>
          {" about "}
          <a href={paperUrl(entry.paper.id)}>
            <RichText text={entry.paper.title} />
          </a>
        </>
      )}
      . {entry.reason}
      {entry.undone && <small> Undone.</small>}
      {entry.appeal === "open" && <small> You appealed; somebody will look again.</small>}
      {entry.appeal === "refused" && <small> Your appeal was refused. {entry.verdict?.reason}</small>}
      {!entry.undone && entry.appeal === null && !WELCOME.has(entry.act) && (
        <details>
          <summary>Appeal</summary>
          <form class="comment-form" method="post" action={`/moderation/${entry.id}/appeal`}>
            <label for={`appeal-${entry.id}`}>Why should it be looked at again?</label>
            <textarea id={`appeal-${entry.id}`} name="words" rows={3} maxLength={1_000} required />
            <p class="form-acts">
              <button>Appeal</button>
            </p>
          </form>
        </details>
      )}
    </li>
  );
}
