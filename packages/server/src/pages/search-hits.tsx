/** What a search found, how it was understood, and what else could be asked. */
import { NEWEST_OF, PER_PAGE, type SearchView } from "@paperwire/discovery";
import { parseArxivId } from "@paperwire/domain";
import { count, counted } from "../views/numbers.ts";
import { Pager } from "../views/pager.tsx";
import { PaperCard } from "../views/paper-card.tsx";
import { topicName } from "../views/topic-name.ts";
import { authorUrl, withQuery } from "../views/urls.ts";
import { Why } from "../views/why.tsx";
import { type Asked, filtersOf, quoted, searchUrl } from "./search-request.ts";

const TOPICS_OFFERED = 12;

type Props = { asked: Asked; found: SearchView };

export function Hits({ asked, found }: Props) {
  const { hits, total, reachable, author } = found;
  return (
    <>
      <Summary asked={asked} found={found} />
      <Notes asked={asked} found={found} />
      {total === 0 && <NothingFound asked={asked} />}
      <ol class="papers" start={(asked.page - 1) * PER_PAGE + 1}>
        {hits.map(({ listed, title, snippet, score, reasons }) => (
          <PaperCard listed={listed} dated marked={{ title, snippet }} author={author}>
            {score > 0 && (
              <Why href={`${searchUrl(asked, { why: listed.paper.id })}#why`} score={score} reasons={reasons} />
            )}
          </PaperCard>
        ))}
      </ol>
      <Pager page={asked.page} perPage={PER_PAGE} total={reachable} url={(page) => searchUrl(asked, { page })} />
    </>
  );
}

/** How many, of what, in which order; and each filter with a way to take it off. */
function Summary({ asked, found: { total, author } }: Props) {
  const filters = filtersOf(asked);
  return (
    <>
      <p class="subline" role="status">
        {counted(total, "paper")}
        {asked.q && <> for “{clip(asked.q)}”</>}
        {asked.q && total > 1 && <Order asked={asked} total={total} />}
      </p>
      {filters.length > 0 && (
        <ul class="topics" aria-label="Filters in force">
          {filters.map(({ text, without }) => (
            <li>
              <a href={searchUrl(asked, without)}>
                <span class="unseen">Take away: </span>
                {text} <span aria-hidden="true">×</span>
              </a>
            </li>
          ))}
        </ul>
      )}
      {author !== undefined && (
        <p class="notice">
          <a href={authorUrl(author)}>All papers by {author}</a>, newest first.
        </p>
      )}
    </>
  );
}

/** The box above has the whole of it. */
const QUERY_CHARS_SHOWN = 120;

function clip(q: string): string {
  return q.length > QUERY_CHARS_SHOWN ? `${q.slice(0, QUERY_CHARS_SHOWN).replace(/[\ud800-\udbff]$/, "")}…` : q;
}

function Order({ asked, total }: { asked: Asked; total: number }) {
  const newest = total > NEWEST_OF ? `newest of the best ${NEWEST_OF}` : "newest first";
  return asked.isNewest ? (
    <>
      , {newest} · <a href={searchUrl(asked, { isNewest: false })}>best first</a>
    </>
  ) : (
    <>
      , best first · <a href={searchUrl(asked, { isNewest: true })}>{newest}</a>
    </>
  );
}

function Notes({ asked, found: { notes, indexing } }: Props) {
  const exact = notes.some((note) => note.endsWith(" as well")) ? quoted(asked.q) : undefined;
  return (
    <>
      {indexing && (
        <p class="notice">
          The index is still being built: {count(indexing.done)} of {count(indexing.total)} papers are in it so far.
          What is not found now may be found in a moment.
        </p>
      )}
      {[...asked.notes, ...notes.map(asSentence)].map((note) => (
        <p class="notice">{note}</p>
      ))}
      {exact !== undefined && (
        <p class="notice">
          <a href={searchUrl(asked, { q: exact })}>Only papers with exactly these words</a>
        </p>
      )}
    </>
  );
}

/** The engine's notes are clauses in plain quotes, to be put into whatever text its user writes. */
export function asSentence(note: string): string {
  const curly = note.replace(/"([^"]*)"/g, "“$1”");
  return `${curly.charAt(0).toUpperCase()}${curly.slice(1)}${/[.!?]$/.test(curly) ? "" : "."}`;
}

function NothingFound({ asked }: { asked: Asked }) {
  const { q } = asked;
  const isNarrowed = filtersOf(asked).length > 0;
  const isName = parseArxivId(q) !== null || /^(?:https?:|doi:|10\.\d{4,}\/)\S+$/i.test(q);
  return (
    <section class="empty">
      <p>{isName ? "No paper here has this name." : "Nothing was found. Fewer or other words may help."}</p>
      <ul>
        {q && isNarrowed && (
          <li>
            <a href={withQuery("/search", { q })}>Search for “{clip(q)}” without filters</a>
          </li>
        )}
        <li>
          <a href={withQuery("/submit", { what: isName ? q : undefined })}>Put a paper forward</a> that is missing here
        </li>
      </ul>
    </section>
  );
}

export function Facets({ asked, found: { topics } }: Props) {
  if (topics.length < 2 || asked.topic) return null;
  return (
    <aside class="side-column">
      <h2>Topics among these</h2>
      <ul class="topics">
        {topics.slice(0, TOPICS_OFFERED).map((topic) => (
          <li>
            <a href={searchUrl(asked, { topic: topic.value })}>
              {topicName(topic.value)} <small>{count(topic.count)}</small>
            </a>
          </li>
        ))}
      </ul>
    </aside>
  );
}
