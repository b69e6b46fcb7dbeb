/** Search: one line to type in, a few filters, hits that show why they are there. */
import { PER_PAGE, type SearchView } from "@paperwire/discovery";
import { type EditionDate, isEditionDate, type ListedPaper, topicKey } from "@paperwire/domain";
import { isFeed } from "../forms.ts";
import { type ListSource, paperCount } from "../lists/paper-list.ts";
import { type PageRequest, pageNumber } from "../page.ts";
import { FeedMenu } from "../views/feed-menu.tsx";
import { Layout } from "../views/layout.tsx";
import { count, counted } from "../views/numbers.ts";
import { Pager } from "../views/pager.tsx";
import { PaperCard } from "../views/paper-card.tsx";
import { topicName } from "../views/topic-name.ts";
import { topicUrl, withQuery } from "../views/urls.ts";
import { Why } from "../views/why.tsx";

/** Longer queries are cut; a pasted abstract is still understood by its beginning. */
export const QUERY_CHARS_MAX = 1_000;
const TOPICS_OFFERED = 12;

type Asked = {
  q: string;
  page: number;
  from?: EditionDate;
  to?: EditionDate;
  hasCode: boolean;
  topic?: string;
  /** The paper whose score is to be explained. */
  why?: string;
  notes: string[];
};

/** A feed of a search tells of new papers: the newest of so many best hits. */
const FEED_DEPTH = 200;

export const searchList: ListSource = async (request, { discovery }, site) => {
  const asked = readRequest(request);
  if (!asked.q && asked.topic) return { redirect: topicUrl(asked.topic), status: 302 };
  const asFeed = isFeed(request.form);
  const perPage = asFeed ? FEED_DEPTH : paperCount(request, PER_PAGE);
  const found = asked.q ? await discovery.search(searchOf(asFeed ? { ...asked, page: 1 } : asked, perPage)) : null;
  const title = asked.q ? `“${asked.q}”` : "Search";
  const papers = found?.hits.map(({ listed }) => listed) ?? [];
  const path = urlOf(asked, { page: 1 });
  return {
    title: `Search: ${titleOf(asked)}`,
    intro: [found ? counted(found.total, "paper") : "Nothing was asked.", ...asked.notes, ...(found?.notes ?? [])].join(
      "\n\n",
    ),
    path,
    page: asFeed ? 1 : asked.page,
    perPage: asFeed ? PER_PAGE : perPage,
    ...(asFeed ? newestOf(papers) : { items: papers, total: found?.total ?? 0 }),
    keep: !found?.indexing,
    html: (
      <Layout
        site={site}
        title={title}
        path={urlOf(asked, {})}
        searchBox={false}
        indexed={false}
        list={asked.q ? { title: `search for ${titleOf(asked)}`, path } : undefined}
      >
        <h1 class="unseen">Search</h1>
        <div class="columns">
          <div class="main-column">
            <Filters asked={asked} />
            {found === null ? <Hints /> : <Hits asked={asked} found={found} />}
            {found && <FeedMenu path={path} />}
          </div>
          {found && <Facets asked={asked} found={found} />}
        </div>
      </Layout>
    ),
  };
};

function newestOf(papers: readonly ListedPaper[]) {
  const dateOf = ({ paper, entry }: ListedPaper) => entry?.submittedAt ?? entry?.edition ?? paper.publishedAt ?? "";
  const items = papers.toSorted((a, b) => (dateOf(a) < dateOf(b) ? 1 : -1)).slice(0, PER_PAGE);
  return { items, total: items.length };
}

/** The words with their filters, as a person would say them. */
function titleOf({ q, from, to, hasCode, topic }: Asked): string {
  const filters = [
    topic && `on ${topicName(topic)}`,
    from && `from ${from}`,
    to && `to ${to}`,
    hasCode && "with code",
  ].filter(Boolean);
  return [q || "everything", ...filters].join(", ");
}

/** A filter that cannot be understood is left out and said so: a search never fails. */
function readRequest(request: PageRequest): Asked {
  const notes: string[] = [];
  const day = (name: "from" | "to") => {
    const value = request.query(name);
    if (value === undefined || isEditionDate(value)) return value;
    notes.push(`“${value.slice(0, 40)}” is not a date, so it was left out. Write it as 2025-03-28.`);
    return undefined;
  };
  let q = request.query("q") ?? "";
  if (q.length > QUERY_CHARS_MAX) {
    q = q.slice(0, QUERY_CHARS_MAX);
    notes.push(`Only the first ${QUERY_CHARS_MAX} characters of the query were used.`);
  }
  const topic = topicKey(request.query("topic") ?? "").slice(0, 200);
  const [from, to] = [day("from"), day("to")];
  return {
    q,
    page: pageNumber(request),
    from,
    to,
    hasCode: request.query("code") === "1",
    topic: topic || undefined,
    why: request.query("why")?.slice(0, 64),
    notes,
  };
}

function searchOf({ q, page, from, to, hasCode, topic, why }: Asked, perPage: number) {
  return {
    q,
    page,
    perPage,
    ...(from && { from }),
    ...(to && { to }),
    ...(hasCode && { hasCode }),
    ...(topic && { topic }),
    ...(why && { explain: why }),
  };
}

function urlOf(asked: Asked, change: { page?: number; topic?: string | null; why?: string }): string {
  const topic = change.topic === null ? undefined : (change.topic ?? asked.topic);
  const page = change.page ?? (change.topic === undefined ? asked.page : 1);
  return withQuery("/search", {
    q: asked.q,
    from: asked.from,
    to: asked.to,
    code: asked.hasCode ? "1" : undefined,
    topic,
    page: page > 1 ? String(page) : undefined,
    why: change.why,
  });
}

function Filters({ asked }: { asked: Asked }) {
  return (
    <form class="filters" role="search" action="/search">
      <p>
        <input
          class="wide"
          type="search"
          name="q"
          value={asked.q}
          maxLength={QUERY_CHARS_MAX}
          aria-label="Search papers, authors, arXiv ids"
          placeholder="Words, an author, a title, an arXiv id"
        />
        <button type="submit">Search</button>
      </p>
      <p>
        <label>
          Published from <input type="date" name="from" value={asked.from} />
        </label>
        <label>
          to <input type="date" name="to" value={asked.to} />
        </label>
        <label>
          <input type="checkbox" name="code" value="1" checked={asked.hasCode} /> with code
        </label>
        {asked.topic && <input type="hidden" name="topic" value={asked.topic} />}
      </p>
    </form>
  );
}

function Hints() {
  return (
    <section class="empty">
      <p>Type some words, a title, an author’s name or an arXiv id. Exact titles and ids come first.</p>
      <ul>
        <li>
          <code>"exact words"</code> keeps words together
        </li>
        <li>
          <code>-word</code> leaves papers out
        </li>
        <li>
          <code>author:name</code> and <code>title:word</code> look there only
        </li>
        <li>
          <code>after:2025-01</code>, <code>before:2026</code> and <code>has:code</code> narrow the list
        </li>
      </ul>
    </section>
  );
}

function Hits({ asked, found }: { asked: Asked; found: SearchView }) {
  const { hits, total, notes, indexing } = found;
  return (
    <>
      <p class="subline" role="status">
        {counted(total, "paper")}
        {asked.q && <> for “{asked.q}”</>}
        {asked.topic && (
          <>
            {" "}
            on <b>{topicName(asked.topic)}</b> <a href={urlOf(asked, { topic: null })}>(any topic)</a>
          </>
        )}
      </p>
      {indexing && (
        <p class="notice">
          The index is still being built: {count(indexing.done)} of {count(indexing.total)} papers are in it so far.
          What is not found now may be found in a moment.
        </p>
      )}
      {[...asked.notes, ...notes].map((note) => (
        <p class="notice">{note}</p>
      ))}
      {hits.length === 0 && <NothingFound />}
      <ol class="papers" start={(asked.page - 1) * PER_PAGE + 1}>
        {hits.map(({ listed, title, snippet, score, reasons }) => (
          <PaperCard listed={listed} dated marked={{ title, snippet }}>
            {score > 0 && (
              <Why href={`${urlOf(asked, { why: listed.paper.id })}#why`} score={score} reasons={reasons} />
            )}
          </PaperCard>
        ))}
      </ol>
      <Pager page={asked.page} perPage={PER_PAGE} total={total} url={(page) => urlOf(asked, { page })} />
    </>
  );
}

function Facets({ asked, found: { topics } }: { asked: Asked; found: SearchView }) {
  if (topics.length < 2 || asked.topic) return null;
  return (
    <aside class="side-column">
      <h2>Topics among these</h2>
      <ul class="topics">
        {topics.slice(0, TOPICS_OFFERED).map((topic) => (
          <li>
            <a href={urlOf(asked, { topic: topic.value })}>
              {topicName(topic.value)} <small>{count(topic.count)}</small>
            </a>
          </li>
        ))}
      </ul>
    </aside>
  );
}

function NothingFound() {
  return (
    <section class="empty">
      <p>Nothing was found. Fewer or other words may help, or a wider span of dates.</p>
    </section>
  );
}
