/** What a reader put forward, how it fared, and the way to take it back. */
import { type SubmissionState, undoRefusal } from "@paperwire/domain";
import type { Submission } from "@paperwire/store";
import type { Page } from "../page.ts";
import { plainDay } from "../views/dates.ts";
import { Layout } from "../views/layout.tsx";
import { RichText } from "../views/rich-text.tsx";
import { editionUrl, paperUrl } from "../views/urls.ts";
import { anchorOf } from "../views/votes.tsx";

const STATES: Record<SubmissionState, string> = {
  waiting: "waits for a curator",
  shown: "is in the edition",
  declined: "was declined",
  undone: "was taken back",
};

export const submissionsPage: Page = async (request, { store }, site) => {
  const sent = request.query("sent");
  const own = await store.submissions.listByAccount(site.reader!.id);
  const lines = await Promise.all(
    own.map(async (one) => ({ one, refusal: undoRefusal((await store.submissions.undoFacts(one.id))!) })),
  );
  return {
    status: 200,
    keep: false,
    personal: true,
    html: (
      <Layout site={site} title="What you put forward" path="/submissions" indexed={false}>
        <article class="prose">
          <h1>What you put forward</h1>
          {own.some(({ id }) => id === sent) && <p role="status">Sent. Thank you.</p>}
          {request.query("undone") && <p role="status">Taken back.</p>}
          <p>
            <a href="/submit">Put a paper forward</a>
          </p>
          {own.length === 0 && <p>Nothing yet.</p>}
          <ul class="plain rows">
            {lines.map(({ one, refusal }) => (
              <Line one={one} refusal={refusal} />
            ))}
          </ul>
        </article>
      </Layout>
    ),
    markdown: () => "# What you put forward\n\nOpen this address in a browser.\n",
  };
};

function Line({ one, refusal }: { one: Submission; refusal: string | null }) {
  const { id, paperId, title, state, edition, reason, at, hidden } = one;
  return (
    <li id={`submission-${id}`}>
      <a href={paperUrl(paperId)}>
        <RichText text={title} />
      </a>
      <br />
      <small>
        Sent on {plainDay(at.slice(0, 10))}; {STATES[state]}
        {state === "shown" && (
          <>
            {" "}
            of <a href={`${editionUrl("day", edition)}#${anchorOf(paperId)}`}>{plainDay(edition)}</a>
          </>
        )}
        {reason && <>: {reason}</>}
        {(hidden.note !== null || hidden.image) && (
          <>
            ; a moderator hid what came with it: <a href="/claims#acts">why, and how to appeal</a>
          </>
        )}
      </small>
      {refusal === null && (
        <form method="post" action={`/submissions/${id}/undo`}>
          <button type="submit">Take it back</button>
        </form>
      )}
    </li>
  );
}
