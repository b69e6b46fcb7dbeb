/** What the site does by itself: when it did, when it will, and what came of it. */
import type { JobStatus } from "@paperwire/discovery";
import { plainDay } from "./dates.ts";

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

export function JobList({ jobs }: { jobs: readonly JobStatus[] }) {
  if (jobs.length === 0) return null;
  return (
    <>
      <h2>What wakes by itself</h2>
      <ul class="jobs">
        {jobs.map(({ name, state, nextAt, endedAt, error, outcome }) => (
          <li class={state === "failed" || state === "asleep" || state === "cut off" ? "job-troubled" : ""}>
            <h3>{nameOf(name)}</h3>
            <p>
              <b>{STATES[state]}</b>
              {nextAt && state !== "off" && (
                <>
                  {" · next "}
                  <Minute instant={nextAt} />
                </>
              )}
              {endedAt && (
                <>
                  {" · last "}
                  <Minute instant={endedAt} />
                </>
              )}
            </p>
            {(error ?? outcome) && <p>{error ?? outcome}</p>}
          </li>
        ))}
      </ul>
    </>
  );
}

const nameOf = (name: string) => NAMES[name] ?? name;

function Minute({ instant }: { instant: string }) {
  return <time dateTime={instant}>{`${plainDay(instant.slice(0, 10))}, ${instant.slice(11, 16)} UTC`}</time>;
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
