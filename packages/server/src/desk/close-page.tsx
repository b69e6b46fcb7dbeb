/** The last look before an edition is closed: closing cannot be undone, so whoever presses saw what they close. */
import { type PickChanges, writeSeenPicks } from "@paperwire/community";
import { closeRefusal, type EditionDate, type ListedPaper, parseEditionDate } from "@paperwire/domain";
import type { PickedPaper } from "@paperwire/store";
import type { ServerContext } from "../context.ts";
import type { Page, PageView } from "../page.ts";
import type { Site } from "../site.ts";
import { longDay } from "../views/dates.ts";
import { Layout } from "../views/layout.tsx";
import { counted } from "../views/numbers.ts";
import { paperUrl } from "../views/urls.ts";

export const closePage: Page = (request, context, site) =>
  closeView({ date: parseEditionDate(request.param("date")) }, context, site);

/** @param changes what others did to the picks after the page was shown that asked before */
export async function closeView(
  { date, changes }: { date: EditionDate; changes?: PickChanges },
  { store }: Pick<ServerContext, "store">,
  site: Site,
): Promise<PageView> {
  const [state, picks, waiting, gone] = await Promise.all([
    store.desk.state(date),
    store.desk.listPicks(date),
    store.submissions.listWaiting(),
    store.papers.listByIds(changes?.takenOut ?? []),
  ]);
  const refusal = closeRefusal(state, site.today());
  return {
    status: changes ? 409 : 200,
    keep: false,
    personal: true,
    html: (
      <Layout site={site} title="Close the edition" path={`/desk/${date}/close`} indexed={false}>
        <article class="prose">
          <h1>Close the edition of {longDay(date)}?</h1>
          {changes && <Changes changes={changes} gone={gone} />}
          {refusal === null ? (
            <form method="post" action={`/desk/${date}/close`}>
              <input type="hidden" name="seen" value={writeSeenPicks(picks)} />
              <p>
                It holds {counted(state.entries, "paper")}, {counted(picks.length, "pick")} first
                {picks.length > 0 ? ":" : "."}
              </p>
              {picks.length > 0 && <Picks picks={picks} />}
              <p>
                Its picks and their order are kept as they are now; votes go on. What readers put forward from now on
                goes into the next edition. This cannot be undone.
              </p>
              {waiting.length > 0 && (
                <p>{counted(waiting.length, "submission still waits", "submissions still wait")} at the desk.</p>
              )}
              <button type="submit" class="main">
                {changes ? "Close it as it is now" : "Close it"}
              </button>{" "}
              <a href={`/desk/${date}`}>{changes ? "Look at the desk first" : "Not yet"}</a>
            </form>
          ) : (
            <p>
              {refusal} <a href={`/desk/${date}`}>Back to the desk</a>
            </p>
          )}
        </article>
      </Layout>
    ),
    markdown: () => "# Close the edition\n\nOpen this address in a browser.\n",
  };
}

function Changes({ changes, gone }: { changes: PickChanges; gone: readonly ListedPaper[] }) {
  const { picked, takenOut, annotated, reordered } = changes;
  return (
    <div class="notice" role="alert">
      <p>Not closed yet: the picks changed after you loaded this page.</p>
      <ul>
        {picked.map(({ paper, pickedBy }) => (
          <li>
            Picked{pickedBy && ` by @${pickedBy}`}: {paper.title}
          </li>
        ))}
        {takenOut.map((id) => (
          <li>Taken out: {gone.find(({ paper }) => paper.id === id)?.paper.title ?? id}</li>
        ))}
        {annotated.map(({ paper, note }) => (
          <li>
            {note === null ? "Without its note now" : "Another note"}: {paper.title}
          </li>
        ))}
        {reordered && <li>The order is another one.</li>}
      </ul>
    </div>
  );
}

function Picks({ picks }: { picks: readonly PickedPaper[] }) {
  return (
    <ol>
      {picks.map(({ paper, note }) => (
        <li>
          <a href={paperUrl(paper.id)}>{paper.title}</a>
          {note && ` – ${note}`}
        </li>
      ))}
    </ol>
  );
}
