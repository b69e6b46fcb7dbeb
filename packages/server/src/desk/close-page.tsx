/** The last look before an edition is closed: closing cannot be undone. */
import { closeRefusal, parseEditionDate } from "@paperwire/domain";
import type { Page } from "../page.ts";
import { longDay } from "../views/dates.ts";
import { Layout } from "../views/layout.tsx";
import { counted } from "../views/numbers.ts";

export const closePage: Page = async (request, { store }, site) => {
  const date = parseEditionDate(request.param("date"));
  const [state, picks, waiting] = await Promise.all([
    store.desk.state(date),
    store.desk.listPicks(date),
    store.submissions.listWaiting(),
  ]);
  const refusal = closeRefusal(state, site.today());
  return {
    status: 200,
    keep: false,
    personal: true,
    html: (
      <Layout site={site} title="Close the edition" path={`/desk/${date}/close`} indexed={false}>
        <article class="prose">
          <h1>Close the edition of {longDay(date)}?</h1>
          {refusal === null ? (
            <form method="post" action={`/desk/${date}/close`}>
              <p>
                It holds {counted(state.entries, "paper")}, {counted(picks.length, "pick")} first. Its picks and their
                order are kept as they are now; votes go on. What readers put forward from now on goes into the next
                edition. This cannot be undone.
              </p>
              {waiting.length > 0 && <p>{counted(waiting.length, "submission")} still wait at the desk.</p>}
              <button type="submit" class="main">
                Close it
              </button>{" "}
              <a href={`/desk/${date}`}>Not yet</a>
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
};
