/** Every feed there is and how to use it, as a page, as Markdown, and as OPML to import. */
import { writeOpml } from "@paperwire/formats";
import type { ServerContext } from "../context.ts";
import { LISTS } from "../lists/all-lists.ts";
import { feedNamesOf } from "../lists/feed-names.ts";
import { feedOutline, topicOutline } from "../lists/list-data.ts";
import type { Page } from "../page.ts";
import type { Site } from "../site.ts";
import { FEED_FORMS } from "../views/feed-menu.tsx";
import { Layout } from "../views/layout.tsx";
import { count } from "../views/numbers.ts";
import { topicName } from "../views/topic-name.ts";
import { formUrl, topicUrl } from "../views/urls.ts";

/** Topics offered here; any other has its feeds at its own page. */
const TOPICS_SHOWN = 40;
const TOPICS_IN_OPML = 300;
/** Counting looks at every paper, so it is done this seldom. */
const TOPICS_KEPT_MS = 600_000;

type Topic = { topic: string; papers: number };
const counted = new WeakMap<object, { untilMs: number; topics: Promise<Topic[]> }>();

export const feedsPage: Page = async (_request, context, site) => {
  const topics = await topicsOf(context);
  const { siteName } = site.settings;
  return {
    status: 200,
    keep: true,
    html: (
      <Layout site={site} title="Feeds" path="/feeds" description={`Everything on ${siteName} can be followed.`}>
        <article class="prose feeds">
          <h1>Feeds and exports</h1>
          <p>{INTRO}</p>
          <Lists />
          <Forms />
          <Filters />
          <Topics topics={topics.slice(0, TOPICS_SHOWN)} />
          <section>
            <h2>A feed of your own</h2>
            <p>
              With a <a href="/subscribe">subscription</a> comes a feed of your own, made of what you chose: your topics
              and the upvotes you ask for. Its address is on the page where you change your subscription.
            </p>
          </section>
        </article>
      </Layout>
    ),
    markdown: () => asMarkdown(site, topics.slice(0, TOPICS_SHOWN)),
    data: { opml: () => asOpml(context, site, topics) },
    fileName: "feeds",
  };
};

const INTRO =
  "Every list here can be followed in a feed reader and taken along into a reference manager: put an ending behind its address. " +
  "Feeds hold whole abstracts and every author; a paper is one entry, in whichever list it stands, and is shown as changed when " +
  "its text was corrected, not when somebody voted.";

const FORMS: readonly [ending: string, about: string][] = [
  [".atom", "Atom, for feed readers"],
  [".rss", "RSS 2.0, for feed readers that know nothing else"],
  [".json", "JSON Feed, for programs: votes, places and links are in it"],
  [".bib", "BibTeX, up to 500 papers at once"],
  [".ris", "RIS, for EndNote, Mendeley, Zotero"],
  [".csl.json", "CSL-JSON, for Zotero and Pandoc"],
  [".md", "Markdown, for reading and for language models"],
  [".opml", "OPML: the list and the topics of its papers, to import into a feed reader"],
];

function Lists() {
  return (
    <section>
      <h2>What can be followed</h2>
      <ul>
        {LISTS.map(
          ({ about }) =>
            about && (
              <li>
                {about.text}: <code>{about.example}</code>
              </li>
            ),
        )}
      </ul>
      <p>
        The latest papers:{" "}
        {FEED_FORMS.map(([form, name], at) => (
          <>
            {at > 0 && ", "}
            <a href={formUrl("/", form)}>{name}</a>
          </>
        ))}
        . <code>/day.atom</code>, <code>/week.atom</code> and <code>/month.atom</code> always lead to the newest.
      </p>
    </section>
  );
}

function Forms() {
  return (
    <section>
      <h2>Endings</h2>
      <dl class="endings">
        {FORMS.map(([ending, about]) => (
          <div>
            <dt>
              <code>{ending}</code>
            </dt>
            <dd>{about}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Filters() {
  return (
    <section>
      <h2>Less of it</h2>
      <p>
        Editions and the latest papers take <code>votes</code> and <code>topic</code>:{" "}
        <code>/latest.atom?votes=20</code> has only papers with 20 upvotes or more, <code>/week.rss?topic=cs.CL</code>{" "}
        only those of one topic. A search keeps its filters: search, then take the feed at the end of the page. Long
        lists have pages, <code>?page=2</code>; feeds name the next one.
      </p>
    </section>
  );
}

function Topics({ topics }: { topics: readonly Topic[] }) {
  if (topics.length === 0) return null;
  return (
    <section>
      <h2>Topics</h2>
      <ul class="topics">
        {topics.map(({ topic, papers }) => (
          <li>
            <a href={formUrl(topicUrl(topic), "atom")}>
              {topicName(topic)} <small>{count(papers)}</small>
            </a>
          </li>
        ))}
      </ul>
      <p>
        <a href="/feeds.opml">All of these as OPML</a>, to import into a feed reader.
      </p>
    </section>
  );
}

function topicsOf({ store, clock }: Pick<ServerContext, "store" | "clock">): Promise<Topic[]> {
  const known = counted.get(store);
  if (known && known.untilMs > clock()) return known.topics;
  const topics = store.papers.listTopics(TOPICS_IN_OPML);
  counted.set(store, { untilMs: clock() + TOPICS_KEPT_MS, topics });
  topics.catch(() => counted.delete(store));
  return topics;
}

async function asOpml({ store }: ServerContext, { settings }: Site, topics: readonly Topic[]): Promise<string> {
  const { baseUrl, siteName } = settings;
  return writeOpml({
    title: `${siteName}: feeds`,
    feeds: [
      feedOutline(`${siteName}: latest papers`, "/", baseUrl),
      feedOutline(`${siteName}: papers of the week`, "/week", baseUrl),
      feedOutline(`${siteName}: papers of the month`, "/month", baseUrl),
    ],
    groups: [{ title: "Topics", feeds: topics.map(({ topic }) => topicOutline(topic, baseUrl)) }],
    updatedMs: (await feedNamesOf(store)).startedMs,
  });
}

function asMarkdown({ settings: { baseUrl } }: Site, topics: readonly Topic[]): string {
  const lists = LISTS.flatMap(({ about }) => (about ? [`- ${about.text}: \`${about.example}\``] : []));
  const endings = FORMS.map(([ending, about]) => `- \`${ending}\`: ${about}`);
  const named = topics.map(({ topic }) => `- <${baseUrl}${formUrl(topicUrl(topic), "atom")}>`);
  return [
    `# Feeds and exports\n\n${INTRO}`,
    `## What can be followed\n\n${lists.join("\n")}`,
    `## Endings\n\n${endings.join("\n")}`,
    `## Topics\n\n${named.join("\n")}`,
  ]
    .join("\n\n")
    .concat("\n");
}
