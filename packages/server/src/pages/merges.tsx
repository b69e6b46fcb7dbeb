/** What was merged and why, for everybody; moderators may take it back or merge by hand. */
import { atLeast, evidenceText } from "@paperwire/domain";
import type { Merge } from "@paperwire/store";
import { type Page, pageNumber } from "../page.ts";
import { plainDay } from "../views/dates.ts";
import { Layout } from "../views/layout.tsx";
import { count, counted } from "../views/numbers.ts";
import { Pager } from "../views/pager.tsx";
import { RichText } from "../views/rich-text.tsx";
import { paperUrl, withQuery } from "../views/urls.ts";

const PER_PAGE = 30;
const INTRO =
  "The same work comes under several names: as a preprint, a submission, a proceedings paper. Where title, authors and abstract leave no doubt, one paper is made of them, and the other address leads to it. Each merge can be taken back.";

export const mergesPage: Page = async (request, { store }, site) => {
  const page = pageNumber(request);
  const { items, total } = await store.merges.list({ limit: PER_PAGE, offset: (page - 1) * PER_PAGE });
  const mayChange = site.reader !== undefined && atLeast(site.reader.role, "moderator");
  const url = (to: number) => withQuery("/merges", { page: to > 1 ? String(to) : undefined });
  return {
    status: 200,
    keep: true,
    html: (
      <Layout site={site} title="Merged papers" path={url(page)} description={INTRO}>
        <article class="prose">
          <h1>Merged papers</h1>
          <p>{INTRO}</p>
          {mayChange && <ByHand />}
          <p class="subline">{total === 0 ? "Nothing was merged so far." : counted(total, "merge")}</p>
          <ol class="merges">
            {items.map((merge) => (
              <MergeItem merge={merge} mayChange={mayChange} />
            ))}
          </ol>
          <Pager page={page} perPage={PER_PAGE} total={total} url={url} />
        </article>
      </Layout>
    ),
    markdown: () =>
      `# Merged papers\n\n${INTRO}\n\n${items.map((one) => `- ${one.at.slice(0, 10)}: ${one.loser} is ${one.winner} (${reasonOf(one)})${one.undone ? "; taken back" : ""}`).join("\n")}\n`,
  };
};

function reasonOf({ evidence }: Merge): string {
  return evidence === null ? "decided by a person" : evidenceText(evidence);
}

function MergeItem({ merge, mayChange }: { merge: Merge; mayChange: boolean }) {
  const { id, winner, loser, winnerTitle, loserTitle, at, undone, moved } = merge;
  const rows = Object.values(moved).reduce((sum, one) => sum + one, 0);
  return (
    <li id={id} class={undone ? "merge undone" : "merge"}>
      <h2>
        <a href={paperUrl(winner)}>
          <RichText text={winnerTitle} />
        </a>
      </h2>
      <p>
        {undone ? "Was merged with " : "Also known as "}
        <a href={paperUrl(loser)}>
          <RichText text={loserTitle} />
        </a>{" "}
        <small>({loser})</small>
      </p>
      <p class="subline">
        <time dateTime={at}>{plainDay(at.slice(0, 10))}</time>: {reasonOf(merge)}.{" "}
        {rows > 0 && `Names, votes, comments and places in editions that went along: ${count(rows)}.`}
      </p>
      {undone && (
        <p class="subline">
          Taken back on <time dateTime={undone.at}>{plainDay(undone.at.slice(0, 10))}</time>: they are two works.
        </p>
      )}
      {!undone && mayChange && (
        <form method="post" action={`/merges/${id}/undo`}>
          <button type="submit" aria-label={`Not the same: take ${loserTitle} apart from ${winnerTitle}`}>
            Not the same
          </button>
        </form>
      )}
    </li>
  );
}

function ByHand() {
  return (
    <form method="post" action="/merges" class="by-hand">
      <label>
        Paper that keeps its address
        <input name="keep" required maxLength={64} autocomplete="off" />
      </label>
      <label>
        Paper that becomes part of it
        <input name="other" required maxLength={64} autocomplete="off" />
      </label>
      <button type="submit">Merge</button>
    </form>
  );
}
