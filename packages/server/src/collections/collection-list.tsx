/** One collection: a list of papers like any other, with its feeds and exports; its owner changes it on the same page. */
import { type ListedPaper, notFound } from "@paperwire/domain";
import type { Collection, CollectionItem, Store } from "@paperwire/store";
import { type Problem, ProblemLine } from "../field-problem.tsx";
import { type ListSource, type PaperList, paperCount } from "../lists/paper-list.ts";
import { pageNumber } from "../page.ts";
import type { Site } from "../site.ts";
import { FeedMenu } from "../views/feed-menu.tsx";
import { Layout } from "../views/layout.tsx";
import { counted } from "../views/numbers.ts";
import { Pager } from "../views/pager.tsx";
import { PaperCard } from "../views/paper-card.tsx";
import { withQuery } from "../views/urls.ts";
import { DidLine, type FieldsTyped, ItemForms, OwnExports, OwnForms } from "./collection-forms.tsx";
import { collectionUrl, idOfSlug } from "./collection-url.ts";

export const PAPERS_SHOWN = 50;

/** Who may not see a collection learns no more than that of one that never was. @throws DomainError `not-found` */
export async function seenCollection(store: Store, id: string, reader?: { id: string }): Promise<Collection> {
  const found = await store.collections.find(id);
  if (!found || (found.isPrivate && found.ownerId !== reader?.id)) throw notFound("There is no such collection.");
  return found;
}

export const collectionList: ListSource = async (request, { store }, site) => {
  const collection = await seenCollection(store, idOfSlug(request.param("slug")), site.reader);
  const path = collectionUrl(collection);
  if (path !== `/collections/${request.param("owner")}/${request.param("slug")}`)
    return { redirect: path, status: 302 };
  const [page, perPage] = [pageNumber(request), paperCount(request, PAPERS_SHOWN)];
  const [did, changed] = [request.query("did"), request.query("paper")];
  return pageOfCollection({ store, site, collection, page, perPage, did, changed });
};

type Wanted = Told & { store: Store; site: Site; collection: Collection; page: number; perPage: number };

export async function pageOfCollection({ store, site, collection, page, perPage, ...told }: Wanted) {
  const path = collectionUrl(collection);
  const entries = await store.collections.items(collection.id, { limit: perPage, offset: (page - 1) * perPage });
  const items = await store.papers.listByIds(entries.map(({ paperId }) => paperId));
  const { title, papers: total } = collection;
  const view = { site, collection, entries, items, path, page, perPage };
  return {
    title,
    intro: [`A collection of @${collection.owner}, ${counted(total, "paper")}.`, collection.note]
      .filter(Boolean)
      .join(" "),
    path,
    items,
    page,
    perPage,
    total,
    html: <CollectionPage {...view} {...told} />,
  } satisfies PaperList;
}

/** What is said about the last act. */
type Told = {
  /** What was done just now, and to which paper. */
  did?: string | undefined;
  changed?: string | undefined;
  again?: ChangeAgain | undefined;
};

/** A form that cannot be taken as it was sent: that of the collection, or of one paper in it. */
export type ChangeAgain = { problem: Problem; edit?: FieldsTyped; item?: { paperId: string; note: string } };

type Props = Told & {
  site: Site;
  collection: Collection;
  entries: readonly CollectionItem[];
  items: readonly ListedPaper[];
  path: string;
  page: number;
  perPage: number;
};

function CollectionPage({ site, collection, entries, items, path, page, perPage, did, changed, again }: Props) {
  const { id, title, note, isPrivate, owner, ownerId, papers } = collection;
  const isOwn = site.reader?.id === ownerId;
  const first = (page - 1) * perPage + 1;
  return (
    <Layout
      site={site}
      title={title}
      path={path}
      indexed={!isPrivate}
      {...(!isPrivate && { list: { title, path } })}
      {...(isOwn && { head: <script type="module" src={site.assets.url("order.js")} /> })}
    >
      <header class="edition-head">
        <p class="kicker">{isPrivate ? "Private collection" : "Collection"}</p>
        <h1>{title}</h1>
        <p class="subline">
          {counted(papers, "paper")}, kept by <a href={`/@${owner}`}>@{owner}</a>
          {isPrivate && ". Only you see it"}
        </p>
      </header>
      {note && <p>{note}</p>}
      <ProblemLine problem={again?.problem} />
      {isOwn && <DidLine id={id} did={did} paperId={changed} />}
      {papers === 0 && (
        <p class="empty">
          Nothing in it yet.{isOwn && " Lists have “Collect” at each paper, and a paper’s page “Add to collection”."}
        </p>
      )}
      <ol class="papers" {...(isOwn && { "data-ordered": String(first) })}>
        {items.map((listed, at) => {
          const item = entries.find(({ paperId }) => paperId === listed.paper.id);
          return (
            <PaperCard listed={listed} dated>
              {item?.note && <p class="collection-note">{item.note}</p>}
              {isOwn && (
                <ItemForms
                  id={id}
                  paperId={listed.paper.id}
                  title={listed.paper.title}
                  note={item?.note ?? ""}
                  place={first + at}
                  of={papers}
                  again={
                    again?.item?.paperId === listed.paper.id
                      ? { note: again.item.note, problem: again.problem }
                      : undefined
                  }
                />
              )}
            </PaperCard>
          );
        })}
      </ol>
      <Pager
        page={page}
        perPage={perPage}
        total={papers}
        url={(to) => withQuery(path, { page: to > 1 ? String(to) : undefined })}
      />
      {!isPrivate && <FeedMenu path={path} />}
      {isPrivate && isOwn && papers > 0 && <OwnExports id={id} />}
      {isOwn && (
        <OwnForms collection={collection} again={again?.edit && { typed: again.edit, problem: again.problem }} />
      )}
    </Layout>
  );
}
