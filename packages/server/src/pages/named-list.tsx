/** The papers of one author, or on one topic. */
import { type ListView, PER_PAGE } from "@paperwire/discovery";
import { nameKey, notFound } from "@paperwire/domain";
import { listToMarkdown } from "@paperwire/formats";
import { type Page, type PageView, pageNumber } from "../page.ts";
import type { Site } from "../site.ts";
import { Layout } from "../views/layout.tsx";
import { counted } from "../views/numbers.ts";
import { Pager } from "../views/pager.tsx";
import { PaperCard } from "../views/paper-card.tsx";
import { topicName } from "../views/topic-name.ts";
import { authorUrl, topicUrl, withQuery } from "../views/urls.ts";

export const authorPage: Page = async (request, { discovery }, site) => {
  const asked = request.param("name");
  const page = pageNumber(request);
  // A name without a letter would find everybody else who has none.
  const list = nameKey(asked) === "" ? null : await discovery.author(asked, page);
  if (!list || list.total === 0) throw notFound(`No paper here names "${asked.slice(0, 80)}" among its authors.`);
  return listPage(list, { kind: "Author", page, path: authorUrl(list.name), site });
};

export const topicPage: Page = async (request, { discovery }, site) => {
  const asked = request.param("word");
  const page = pageNumber(request);
  const list = await discovery.topic(asked, page);
  if (list.total === 0) throw notFound(`No paper here is listed under "${asked.slice(0, 80)}".`);
  return listPage(list, { kind: "Topic", page, path: topicUrl(list.name), site });
};

type Place = { kind: "Author" | "Topic"; page: number; path: string; site: Site };

function listPage(list: ListView, { kind, page, path, site }: Place): PageView {
  const title = kind === "Topic" ? topicName(list.name) : list.name;
  const url = (to: number) => withQuery(path, { page: to > 1 ? String(to) : undefined });
  return {
    status: 200,
    keep: true,
    html: (
      <Layout site={site} title={title} path={url(page)} description={`${counted(list.total, "paper")}: ${list.name}`}>
        <header class="edition-head">
          <p class="kicker">{kind}</p>
          <h1>{title}</h1>
          <p class="subline">
            {counted(list.total, "paper")}
            {kind === "Author" && ". People who share a name share this page"}
          </p>
        </header>
        <ol class="papers" start={(page - 1) * PER_PAGE + 1}>
          {list.items.map((listed) => (
            <PaperCard listed={listed} dated />
          ))}
        </ol>
        <Pager page={page} perPage={PER_PAGE} total={list.total} url={url} />
      </Layout>
    ),
    markdown: () =>
      listToMarkdown({
        title: `${kind}: ${title}`,
        intro: counted(list.total, "paper"),
        items: list.items,
        baseUrl: site.settings.baseUrl,
      }),
  };
}
