/** What the sources of papers said of each day's announcement, and whether all of it is here. */
import { type BatchStatus, listBatchStatus, listJobs } from "@paperwire/discovery";
import type { BatchDoor, BatchState } from "@paperwire/domain";
import type { Page } from "../page.ts";
import { STATE_WORDS } from "../views/completeness.tsx";
import { plainDay, shortDay } from "../views/dates.ts";
import { JobList, jobMarkdown } from "../views/job-list.tsx";
import { Layout } from "../views/layout.tsx";
import { count } from "../views/numbers.ts";

const DAYS = 60;
/** Batches in the table; the chart shows all. */
const ROWS_MAX = 30;
/** Sets in the chart, in the order of their names. */
const SETS_MAX = 40;

export const sourcesPage: Page = async (_request, { store, clock }, site) => {
  const batches = await listBatchStatus(store.sources, { nowMs: clock(), days: DAYS });
  const jobs = await listJobs(store.jobs, clock());
  return {
    status: 200,
    // The hour itself changes what is missing.
    keep: false,
    html: (
      <Layout site={site} title="Sources" path="/sources" description={INTRO}>
        <article class="prose">
          <h1>Sources</h1>
          <p>{INTRO}</p>
          {batches.length === 0 ? jobs.length === 0 && <p>{NOTHING}</p> : <Batches batches={batches} />}
          <JobList jobs={jobs} />
          <p>
            Papers that came under several names: <a href="/merges">merged papers</a>.
          </p>
        </article>
      </Layout>
    ),
    markdown: () => markdownOf(batches) + jobMarkdown(jobs),
  };
};

const INTRO =
  "arXiv announces papers from Sunday to Thursday at 20:00 in New York. Its feed, its listing page and its harvesting service tell of the same announcement; a day is complete when two of them agree and every paper is here.";
const NOTHING = "This site follows no source yet.";

function Batches({ batches }: { batches: readonly BatchStatus[] }) {
  return (
    <>
      <h2>The last {DAYS} days</h2>
      <ul class="batch-chart">
        {setsOf(batches).map((set) => (
          <li>
            <Chart set={set} batches={batches.filter((batch) => batch.set === set)} />
          </li>
        ))}
      </ul>
      <h2>Announcements</h2>
      <Table batches={batches.slice(0, ROWS_MAX)} />
    </>
  );
}

const setsOf = (batches: readonly BatchStatus[]) =>
  [...new Set(batches.map(({ set }) => set))].sort().slice(0, SETS_MAX);

/** Height tells the state as well as colour does. */
const HEIGHTS: Record<BatchState, number> = { complete: 20, provisional: 12, stale: 6, missing: 2 };
const BAR = 8;
const GAP = 2;
const TALL = 22;

function Chart({ set, batches }: { set: string; batches: readonly BatchStatus[] }) {
  const judged = batches.filter(({ state }) => state !== null).reverse();
  const complete = judged.filter(({ state }) => state === "complete").length;
  const width = Math.max(judged.length * (BAR + GAP), BAR);
  const label = `${set}: ${complete} of ${judged.length} announcements complete`;
  return (
    <figure>
      <figcaption>{label}</figcaption>
      <svg viewBox={`0 0 ${width} ${TALL}`} width={width} height={TALL} role="img" aria-label={label}>
        {judged.map(({ day, state, announced }, at) => {
          const height = HEIGHTS[state!];
          return (
            <rect class={`batch-${state}`} x={at * (BAR + GAP)} y={TALL - height} width={BAR} height={height}>
              <title>{`${shortDay(day)}: ${count(announced)} new, ${STATE_WORDS[state!]}`}</title>
            </rect>
          );
        })}
      </svg>
    </figure>
  );
}

const DOORS: readonly [BatchDoor, string][] = [
  ["rss", "Feed"],
  ["listing", "Listing"],
  ["oai", "Harvest"],
];

function Table({ batches }: { batches: readonly BatchStatus[] }) {
  return (
    <div class="wide-table" tabIndex={0} role="region" aria-label="Announcements">
      <table class="batches">
        <thead>
          <tr>
            {["Day", "Set", "State", "New", "Here", ...DOORS.map(([, name]) => name)].map((name) => (
              <th scope="col">{name}</th>
            ))}
          </tr>
        </thead>
        <tbody>
          {batches.map((batch) => (
            <tr>
              <th scope="row">
                <time dateTime={batch.day}>{plainDay(batch.day)}</time>
              </th>
              <td>{batch.set}</td>
              <td>{batch.state ? STATE_WORDS[batch.state] : "not due yet"}</td>
              <td>{count(batch.announced)}</td>
              <td>{count(batch.stored)}</td>
              {DOORS.map(([door]) => (
                <td>{saidBy(batch, door)}</td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** A door that speaks of another day says of which. */
function saidBy({ day, reports }: BatchStatus, door: BatchDoor): string {
  const report = reports.find((one) => one.door === door);
  if (!report) return "–";
  return report.dated !== null && report.dated !== day ? `of ${shortDay(report.dated)}` : count(report.claimed);
}

function markdownOf(batches: readonly BatchStatus[]): string {
  const rows = batches
    .slice(0, ROWS_MAX)
    .map((batch) =>
      [
        batch.day,
        batch.set,
        batch.state ? STATE_WORDS[batch.state] : "not due yet",
        batch.announced,
        batch.stored,
        ...DOORS.map(([door]) => saidBy(batch, door)),
      ].join(" | "),
    );
  const table = [
    "Day | Set | State | New | Here | Feed | Listing | Harvest",
    "---|---|---|---|---|---|---|---",
    ...rows,
  ];
  return `# Sources\n\n${INTRO}\n\n${batches.length === 0 ? NOTHING : table.join("\n")}\n`;
}
