/** Beside a paper: how it stood in the editions, its topics, what was built on it. */
import {
  type EditionEntry,
  type Link,
  type LinkKind,
  type Paper,
  type PaperLinkHistory,
  topicKey,
  topicsOf,
} from "@paperwire/domain";
import type { CitationCount, Citations } from "@paperwire/store";
import { plainDay } from "./dates.ts";
import { LinkHistories } from "./link-histories.tsx";
import { count, counted } from "./numbers.ts";
import { Sparkline } from "./sparkline.tsx";
import { topicName } from "./topic-name.ts";
import { editionUrl, topicUrl } from "./urls.ts";

/** An entry and the number of papers in its edition, where known. */
export type Standing = {
  entry: EditionEntry;
  of: number | null;
  /** Its place when the edition closed; null while it is open. */
  published: number | null;
};

const ARTIFACTS: readonly [kind: LinkKind, heading: string][] = [
  ["model", "Models"],
  ["dataset", "Datasets"],
  ["demo", "Demos"],
];
const TOPICS_SHOWN = 24;

type Props = { paper: Paper; standings: readonly Standing[]; history: PaperLinkHistory; cited: Cited | null };

/** What a catalogue says now, and what it said before, oldest first. */
export type Cited = { now: Citations; before: readonly CitationCount[] };

/** Days of counts that make a line worth drawing. */
const DRAWN_LEAST = 3;

export function PaperSide({ paper, standings, history, cited }: Props) {
  const spelled = new Map((paper.keywords ?? []).map((word) => [topicKey(word), word]));
  const topics = topicsOf(paper).slice(0, TOPICS_SHOWN);
  return (
    <aside class="side-column">
      {standings.length > 0 && (
        <section>
          <h2>Editions</h2>
          <ul class="plain">
            {standings.map((standing) => (
              <StandingLine standing={standing} />
            ))}
          </ul>
        </section>
      )}
      <LinkHistories history={history} />
      {cited && <CitedBy cited={cited} />}
      {topics.length > 0 && (
        <section>
          <h2>Topics</h2>
          <ul class="topics">
            {topics.map((topic) => (
              <li>
                <a href={topicUrl(topic)}>{spelled.get(topic) ?? topicName(topic)}</a>
              </li>
            ))}
          </ul>
        </section>
      )}
      {ARTIFACTS.map(([kind, heading]) => (
        <Artifacts heading={heading} links={(paper.links ?? []).filter((link) => link.kind === kind)} />
      ))}
    </aside>
  );
}

function CitedBy({ cited: { now, before } }: { cited: Cited }) {
  const { citations, influential, source, saidAt } = now;
  return (
    <section class="in-print">
      <h2>
        Citations <small>{count(citations)}</small>
      </h2>
      <p>
        <small>
          {influential !== null && influential > 0 && `${count(influential)} of them influential, `}says {source},{" "}
          <time dateTime={saidAt.slice(0, 10)}>{plainDay(saidAt.slice(0, 10))}</time>
        </small>
      </p>
      {before.length >= DRAWN_LEAST && (
        <p>
          <Sparkline
            points={before.map(({ day, citations: value }) => ({ day, value }))}
            label={`Citations from ${count(before[0]!.citations)} on ${plainDay(before[0]!.day)} to ${count(before.at(-1)!.citations)} on ${plainDay(before.at(-1)!.day)}`}
          />
          <small>
            {count(before[0]!.citations)} on {plainDay(before[0]!.day)}
          </small>
        </p>
      )}
    </section>
  );
}

function StandingLine({ standing: { entry, of, published } }: { standing: Standing }) {
  return (
    <li>
      <b>#{count(published ?? entry.place)}</b>
      {of !== null && ` of ${count(of)}`} on <a href={editionUrl("day", entry.edition)}>{plainDay(entry.edition)}</a>
      {published !== null && (
        <>
          {" "}
          <a class="credit" href={`/ledger/${entry.edition}`}>
            at publication{published !== entry.place && `, #${count(entry.place)} now`}
          </a>
        </>
      )}
      <br />
      <small>
        {counted(entry.upvotes, "upvote")}
        {entry.numComments > 0 && `, ${counted(entry.numComments, "comment")}`}
      </small>
    </li>
  );
}

function Artifacts({ heading, links }: { heading: string; links: readonly Link[] }) {
  if (links.length === 0) return null;
  return (
    <section>
      <h2>
        {heading} <small>{count(links.length)}</small>
      </h2>
      <ul class="plain">
        {links.map(({ url, label }) => (
          <li>
            <a href={url} rel="noopener">
              {label ?? url.replace(/^https?:\/\//, "")}
            </a>
          </li>
        ))}
      </ul>
    </section>
  );
}
