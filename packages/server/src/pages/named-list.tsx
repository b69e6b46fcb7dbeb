/** The papers of one author, or on one topic. */
import { type ListView, PER_PAGE } from "@paperwire/discovery";
import { nameKey, notFound } from "@paperwire/domain";
import { type ListSource, type PaperList, paperCount } from "../lists/paper-list.ts";
import { pageNumber } from "../page.ts";
import type { Site } from "../site.ts";
import { FeedMenu } from "../views/feed-menu.tsx";
import { Layout } from "../views/layout.tsx";
import { counted } from "../views/numbers.ts";
import { Pager } from "../views/pager.tsx";
import { PaperCard } from "../views/paper-card.tsx";
import { topicName } from "../views/topic-name.ts";
import { authorUrl, topicUrl, withPage } from "../views/urls.ts";

export const authorList: ListSource = async (request, { discovery }, site) => {
  const asked = request.param("name");
  const page = pageNumber(request);
  const perPage = paperCount(request, PER_PAGE);
  // A name without a letter would find everybody else who has none.
  const list = nameKey(asked) === "" ? null : await discovery.author(asked, page, { perPage });
  if (!list || list.total === 0) throw notFound(`No paper here names "${asked.slice(0, 80)}" among its authors.`);
  return namedList(list, { kind: "Author", page, perPage, path: authorUrl(list.name), site });
};

export const topicList: ListSource = async (request, { discovery }, site) => {
  const asked = request.param("word");
  const page = pageNumber(request);
  const perPage = paperCount(request, PER_PAGE);
  const list = await discovery.topic(asked, page, { perPage });
  if (list.total === 0) throw notFound(`No paper here is listed under "${asked.slice(0, 80)}".`);
  return namedList(list, { kind: "Topic", page, perPage, path: topicUrl(list.name), site });
};

type Place = { kind: "Author" | "Topic"; page: number; perPage: number; path: string; site: Site };

function namedList(list: ListView, { kind, page, perPage, path, site }: Place): PaperList {
  const title = kind === "Topic" ? topicName(list.name) : list.name;
  const url = (to: number) => withPage(path, to);
  return {
    title: `${kind}: ${title}`,
    intro: counted(list.total, "paper"),
    path,
    items: list.items,
    page,
    perPage,
    total: list.total,
    told: kind === "Topic",
    html: (
      <Layout
        site={site}
        title={title}
        path={url(page)}
        description={`${counted(list.total, "paper")}: ${list.name}`}
        list={{ title: `${kind.toLowerCase()} ${title}`, path }}
      >
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
            <PaperCard listed={listed} dated author={kind === "Author" ? list.name : undefined} />
          ))}
        </ol>
        <Pager page={page} perPage={PER_PAGE} total={list.total} url={url} />
        <FeedMenu path={path} />
      </Layout>
    ),
  };
}
