/** One collection: a list of papers like any other, with its feeds and exports; its owner changes it on the same page. */
import { type ListedPaper, notFound } from "@paperwire/domain";
import type { Collection, CollectionItem, Store } from "@paperwire/store";
import { type ListSource, paperCount } from "../lists/paper-list.ts";
import { pageNumber } from "../page.ts";
import type { Site } from "../site.ts";
import { FeedMenu } from "../views/feed-menu.tsx";
import { Layout } from "../views/layout.tsx";
import { counted } from "../views/numbers.ts";
import { Pager } from "../views/pager.tsx";
import { PaperCard } from "../views/paper-card.tsx";
import { withQuery } from "../views/urls.ts";
import { collectionUrl, idOfSlug } from "./collection-url.ts";

const PAPERS_SHOWN = 50;

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
    html: <CollectionPage {...view} saved={request.query("saved") !== undefined} />,
  };
};

type Props = {
  site: Site;
  collection: Collection;
  entries: readonly CollectionItem[];
  items: readonly ListedPaper[];
  path: string;
  page: number;
  perPage: number;
  saved: boolean;
};

function CollectionPage({ site, collection, entries, items, path, page, perPage, saved }: Props) {
  const { id, title, note, isPrivate, owner, ownerId, papers } = collection;
  const isOwn = site.reader?.id === ownerId;
  return (
    <Layout site={site} title={title} path={path} indexed={!isPrivate} {...(!isPrivate && { list: { title, path } })}>
      <header class="edition-head">
        <p class="kicker">{isPrivate ? "Private collection" : "Collection"}</p>
        <h1>{title}</h1>
        <p class="subline">
          {counted(papers, "paper")}, kept by @{owner}
        </p>
      </header>
      {note && <p>{note}</p>}
      {saved && (
        <p class="notice" role="status">
          Saved.
        </p>
      )}
      {papers === 0 && <p class="empty">Nothing in it yet. Every paper's page has “Add to collection”.</p>}
      <ol class="papers">
        {items.map((listed) => {
          const item = entries.find(({ paperId }) => paperId === listed.paper.id);
          return (
            <PaperCard listed={listed} dated>
              {item?.note && <p class="collection-note">{item.note}</p>}
              {isOwn && (
                <ItemForms id={id} paperId={listed.paper.id} title={listed.paper.title} note={item?.note ?? ""} />
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
      {isOwn && <OwnForms collection={collection} />}
    </Layout>
  );
}

type ItemProps = { id: string; paperId: string; title: string; note: string };

function ItemForms({ id, paperId, title, note }: ItemProps) {
  return (
    <details class="collection-item">
      <summary>Change</summary>
      <form method="post" action={`/collections/${id}/items`}>
        <input type="hidden" name="paper" value={paperId} />
        <input type="text" name="note" value={note} maxLength={1000} aria-label={`Note on ${title}`} />{" "}
        <button name="act" value="note">
          Save note
        </button>{" "}
        <button name="act" value="up" aria-label={`Move ${title} up`}>
          Up
        </button>{" "}
        <button name="act" value="down" aria-label={`Move ${title} down`}>
          Down
        </button>{" "}
        <button name="act" value="take" aria-label={`Take ${title} out`}>
          Take out
        </button>
      </form>
    </details>
  );
}

function OwnForms({ collection: { id, title, note, isPrivate } }: { collection: Collection }) {
  return (
    <details class="collection-item">
      <summary>Change this collection</summary>
      <form class="wishes" method="post" action={`/collections/${id}/edit`}>
        <CollectionFields title={title} note={note} isPrivate={isPrivate} />
        <button type="submit">Save</button>
      </form>
      <form method="post" action={`/collections/${id}/delete`}>
        <button type="submit">Delete this collection</button>
      </form>
    </details>
  );
}

export function CollectionFields({ title = "", note = "", isPrivate = false }) {
  return (
    <>
      <p>
        <label>
          <span>Title</span>
          <input type="text" name="title" required maxLength={120} value={title} />
        </label>
      </p>
      <p>
        <label>
          <span>What it is about, if you like</span>
          <input type="text" name="note" maxLength={1000} value={note} />
        </label>
      </p>
      <p>
        <label>
          <input type="checkbox" name="private" checked={isPrivate} /> Private: only I see it
        </label>
      </p>
    </>
  );
}
