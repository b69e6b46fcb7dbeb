/** The curator's desk for one day: picks in order, what readers sent, what is in the edition, what was announced. */
import { addDays, type ListedPaper, parseEditionDate } from "@paperwire/domain";
import type { PickedPaper, Submission } from "@paperwire/store";
import type { Page } from "../page.ts";
import { pageNumber } from "../page.ts";
import { longDay, shortDay } from "../views/dates.ts";
import { Layout } from "../views/layout.tsx";
import { counted } from "../views/numbers.ts";
import { Pager } from "../views/pager.tsx";
import { editionUrl, withQuery } from "../views/urls.ts";
import { DeskCard, PickCard, WaitingCard } from "./desk-cards.tsx";
import { UndoLine } from "./undo-line.tsx";

const PER_PAGE = 50;

export const deskPage: Page = async (request, { store }, site) => {
  const date = parseEditionDate(request.param("date"));
  const page = pageNumber(request);
  const [state, picks, waiting, unpicked, candidates] = await Promise.all([
    store.desk.state(date),
    store.desk.listPicks(date),
    store.submissions.listWaiting(),
    store.desk.listUnpicked(date),
    store.desk.listCandidates({ date, limit: PER_PAGE, offset: (page - 1) * PER_PAGE }),
  ]);
  const waitingPapers = await store.papers.listByIds(waiting.map((one) => one.paperId));
  const url = (to: number) => withQuery(`/desk/${date}`, { page: to > 1 ? String(to) : undefined });
  const { closed } = state;
  return {
    status: 200,
    keep: false,
    personal: true,
    html: (
      <Layout
        site={site}
        title={`Desk, ${shortDay(date)}`}
        path={url(page)}
        indexed={false}
        head={<script type="module" src={site.assets.url("order.js")} />}
      >
        <DeskHead date={date} closed={closed} picks={picks.length} entries={state.entries} />
        <UndoLine
          date={date}
          did={request.query("did")}
          paperId={request.query("paper")}
          submissionId={request.query("submission")}
        />
        <Picks date={date} picks={picks} closed={closed} />
        <Waiting waiting={waiting} papers={waitingPapers} />
        {!closed && (
          <Queue
            title="In the edition"
            date={date}
            items={unpicked}
            empty={state.entries === 0 ? "Nothing yet." : "All of it is picked or passed over."}
          />
        )}
        {!closed && (
          <Queue
            title="Announced"
            date={date}
            items={candidates.items}
            empty="Nothing was announced or published around this day that is in no edition yet."
          />
        )}
        {!closed && <Pager page={page} perPage={PER_PAGE} total={candidates.total} url={url} />}
      </Layout>
    ),
    markdown: () => "# Desk\n\nOpen this address in a browser.\n",
  };
};

type Head = { date: string; closed: boolean; picks: number; entries: number };

function DeskHead({ date, closed, picks, entries }: Head) {
  return (
    <header class="edition-head">
      <p class="kicker">Desk</p>
      <h1>{longDay(date)}</h1>
      <p class="subline">
        {counted(entries, "paper")}, {counted(picks, "pick")}
        {closed ? ". Closed" : ". Open"} · <a href={editionUrl("day", date)}>As readers see it</a>
        {!closed && (
          <>
            {" "}
            · <a href={`/desk/${date}/close`}>Close …</a>
          </>
        )}
      </p>
      {!closed && (
        <p class="subline">
          Keys: <kbd>j</kbd> <kbd>k</kbd> next and previous, <kbd>p</kbd> pick, <kbd>x</kbd> pass over, <kbd>o</kbd>{" "}
          open
        </p>
      )}
      <nav class="neighbours" aria-label="Neighbouring days">
        <a href={`/desk/${addDays(date, -1)}`} rel="prev">
          ← {shortDay(addDays(date, -1))}
        </a>
        <a href={`/desk/${addDays(date, 1)}`} rel="next">
          {shortDay(addDays(date, 1))} →
        </a>
      </nav>
    </header>
  );
}

function Picks({ date, picks, closed }: { date: string; picks: readonly PickedPaper[]; closed: boolean }) {
  return (
    <section class="desk">
      <h2>Picks</h2>
      {picks.length === 0 && (
        <p class="notice">{closed ? "None." : "None yet. What you pick stands first in the open edition."}</p>
      )}
      <ol class="papers picks" data-ordered="1">
        {picks.map((pick, at) => (
          <PickCard date={date} pick={pick} at={at + 1} of={picks.length} closed={closed} />
        ))}
      </ol>
    </section>
  );
}

function Waiting({ waiting, papers }: { waiting: readonly Submission[]; papers: readonly ListedPaper[] }) {
  if (waiting.length === 0) return null;
  const byId = new Map(papers.map((listed) => [listed.paper.id, listed]));
  return (
    <section class="desk">
      <h2>
        Put forward by new accounts <small>{waiting.length}</small>
      </h2>
      <ol class="papers">
        {waiting.map((one) => {
          const listed = byId.get(one.paperId);
          return listed && <WaitingCard submission={one} listed={listed} />;
        })}
      </ol>
    </section>
  );
}

type QueueProps = { title: string; date: string; items: readonly ListedPaper[]; empty: string };

function Queue({ title, date, items, empty }: QueueProps) {
  return (
    <section class="desk">
      <h2>
        {title} <small>{items.length > 0 && items.length}</small>
      </h2>
      {items.length === 0 && <p class="notice">{empty}</p>}
      <ol class="papers">
        {items.map((listed, at) => (
          <DeskCard date={date} listed={listed} next={items[at + 1]?.paper.id ?? items[at - 1]?.paper.id} />
        ))}
      </ol>
    </section>
  );
}
