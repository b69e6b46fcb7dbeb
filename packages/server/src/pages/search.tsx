/** Search: one line to type in, a few filters, hits that show why they are there. */
import { PER_PAGE } from "@paperwire/discovery";
import { isFeed } from "../forms.ts";
import { type ListSource, paperCount } from "../lists/paper-list.ts";
import { FeedMenu } from "../views/feed-menu.tsx";
import { Layout } from "../views/layout.tsx";
import { counted } from "../views/numbers.ts";
import { topicUrl } from "../views/urls.ts";
import { asSentence, Facets, Hits } from "./search-hits.tsx";
import { type Asked, isSearch, QUERY_CHARS_MAX, readAsked, searchOf, searchUrl, titleOf } from "./search-request.ts";

export const searchList: ListSource = async (request, { discovery }, site) => {
  const asked = readAsked(request);
  if (!asked.q && asked.topic) return { redirect: topicUrl(asked.topic), status: 302 };
  const asFeed = isFeed(request.form);
  const perPage = paperCount(request, PER_PAGE);
  // A feed tells of new papers.
  const wanted = asFeed ? { ...asked, page: 1, isNewest: true } : asked;
  const found = isSearch(asked) ? await discovery.search(searchOf(wanted, perPage)) : null;
  const papers = found?.hits.map(({ listed }) => listed) ?? [];
  const path = searchUrl(asked, { page: 1 });
  return {
    title: `Search: ${titleOf(asked)}`,
    intro: [
      found ? counted(found.total, "paper") : "Nothing was asked.",
      ...asked.notes,
      ...(found?.notes ?? []).map(asSentence),
    ].join("\n\n"),
    path,
    page: wanted.page,
    perPage,
    items: papers,
    total: asFeed ? papers.length : (found?.reachable ?? 0),
    keep: !found?.indexing,
    html: (
      <Layout
        site={site}
        title={asked.q ? `“${asked.q}”` : found ? titleOf(asked) : "Search"}
        path={searchUrl(asked)}
        searchBox={false}
        indexed={false}
        list={found ? { title: `search for ${titleOf(asked)}`, path } : undefined}
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
        {asked.isNewest && <input type="hidden" name="sort" value="newest" />}
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
          <code>-word</code> and <code>-topic:cs.CV</code> leave papers out
        </li>
        <li>
          <code>author:name</code>, <code>title:word</code> and <code>topic:cs.CL</code> look there only
        </li>
        <li>
          <code>after:2025-01</code>, <code>before:2026</code> and <code>has:code</code> narrow the list
        </li>
      </ul>
    </section>
  );
}
