/** What the site does by itself: when it did, when it will, and what came of it. */
import type { JobStatus } from "@paperwire/discovery";

const NAMES: Record<string, string> = {
  arxiv: "arXiv: changes and announcements",
  hf: "Daily papers of other servers",
  openreview: "OpenReview",
  acl: "ACL Anthology",
  preprints: "bioRxiv and medRxiv",
  crossref: "Crossref: retractions",
  citations: "Semantic Scholar: citations",
  "link-watch": "Links to code and data",
};
const STATES: Record<JobStatus["state"], string> = {
  waiting: "waiting",
  running: "running",
  failed: "failed, will be tried again",
  "cut off": "cut off",
  asleep: "overdue: nobody runs it",
  off: "switched off",
};

export function JobTable({ jobs }: { jobs: readonly JobStatus[] }) {
  if (jobs.length === 0) return null;
  return (
    <>
      <h2>What wakes by itself</h2>
      <div class="wide-table" tabIndex={0} role="region" aria-label="What wakes by itself">
        <table class="batches">
          <thead>
            <tr>
              {["Job", "State", "Next", "Last", "What came of it"].map((name) => (
                <th scope="col">{name}</th>
              ))}
            </tr>
          </thead>
          <tbody>
            {jobs.map(({ name, state, nextAt, endedAt, error, outcome }) => (
              <tr>
                <th scope="row">
                  {nameOf(name)} <small>({name})</small>
                </th>
                <td>{STATES[state]}</td>
                <td>
                  <Minute instant={nextAt} />
                </td>
                <td>
                  <Minute instant={endedAt} />
                </td>
                <td class="said">{error ?? outcome ?? "–"}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </>
  );
}

const nameOf = (name: string) => NAMES[name] ?? name;

function Minute({ instant }: { instant: string | null }) {
  if (instant === null) return <>–</>;
  return <time dateTime={instant}>{`${instant.slice(0, 16).replace("T", " ")} UTC`}</time>;
}

/** The same as a table in Markdown. */
export function jobMarkdown(jobs: readonly JobStatus[]): string {
  if (jobs.length === 0) return "";
  const rows = jobs.map(({ name, state, nextAt, endedAt, error, outcome }) =>
    [nameOf(name), STATES[state], nextAt ?? "–", endedAt ?? "–", (error ?? outcome ?? "–").replaceAll("|", "\\|")].join(
      " | ",
    ),
  );
  return [
    "\n## What wakes by itself\n",
    "Job | State | Next | Last | What came of it",
    "---|---|---|---|---",
    ...rows,
    "",
  ].join("\n");
}
