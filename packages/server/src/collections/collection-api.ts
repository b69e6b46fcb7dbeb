/** Public collections as existing clients read them; private ones are on no list and at no address of the API. */
import { notFound } from "@paperwire/domain";
import type { Collection, CollectionItem } from "@paperwire/store";
import { type Context, Hono } from "hono";
import { objectId } from "../api/object-ids.ts";
import { linkNext } from "../api/paging.ts";
import type { ServerContext } from "../context.ts";
import { idOfSlug, slugOf } from "./collection-url.ts";

const LIST_MAX = 100;
/** Of each collection on a list. @source huggingface_hub, `list_collections`: "truncated to 4 items maximum" */
const ITEMS_ON_LIST = 4;
const ITEMS_MAX = 1_000;
const PAGE_MAX = 10_000;

export function collectionApi(context: ServerContext): Hono {
  const { store, settings } = context;
  const app = new Hono();
  app.get("/api/collections", async (c) => {
    const { owner, q, item } = c.req.query();
    const limit = whole(c.req.query("limit"), { otherwise: LIST_MAX, most: LIST_MAX });
    const page = whole(c.req.query("p"), { otherwise: 1, most: PAGE_MAX });
    const paper = item?.replace(/^papers?\//, "");
    const { items, total } = await store.collections.list({
      limit,
      offset: (page - 1) * limit,
      ...(owner && { owner: owner.toLowerCase() }),
      ...(q && { search: q }),
      ...(paper && { paper }),
    });
    if (page * limit < total) {
      linkNext(c, {
        baseUrl: settings.baseUrl,
        path: "/api/collections",
        query: { owner, q, item, limit, p: page + 1 },
      });
    }
    return c.json(await Promise.all(items.map((one) => present(context, one, ITEMS_ON_LIST))));
  });
  app.get("/api/collections/:owner/:slug", async (c: Context) => {
    const found = await store.collections.find(idOfSlug(c.req.param("slug") ?? ""));
    if (!found || found.isPrivate) throw notFound("There is no such collection.");
    return c.json(await present(context, found, ITEMS_MAX));
  });
  return app;
}

function whole(typed: string | undefined, { otherwise, most }: { otherwise: number; most: number }): number {
  const value = Number(typed ?? otherwise);
  return Number.isInteger(value) && value >= 1 ? Math.min(value, most) : otherwise;
}

/** @source huggingface_hub, hf_api.py, classes Collection and CollectionItem */
async function present({ store }: ServerContext, collection: Collection, limit: number) {
  const { id, owner, ownerName, ownerId, title, note, updatedAt } = collection;
  const items = await store.collections.items(id, { limit, offset: 0 });
  const papers = await store.papers.listByIds(items.map(({ paperId }) => paperId));
  return {
    slug: `${owner}/${slugOf(collection)}`,
    title,
    description: note,
    lastUpdated: updatedAt,
    gating: false,
    theme: "orange",
    private: false,
    upvotes: 0,
    position: 0,
    isUpvotedByUser: false,
    owner: {
      _id: objectId("user", ownerId),
      name: owner,
      fullname: ownerName,
      type: "user",
      isHf: false,
      avatarUrl: "",
    },
    items: items.map((item, at) => presentItem(id, item, { at, papers })),
  };
}

type Listed = { paper: { id: string; title: string; publishedAt?: string }; entry: { upvotes: number } | null };

function presentItem(id: string, item: CollectionItem, { at, papers }: { at: number; papers: readonly Listed[] }) {
  const listed = papers.find(({ paper }) => paper.id === item.paperId);
  return {
    _id: objectId("discussion", `${id} ${item.paperId}`),
    id: item.paperId,
    type: "paper",
    position: at,
    title: listed?.paper.title ?? "",
    publishedAt: listed?.paper.publishedAt ?? null,
    upvotes: listed?.entry?.upvotes ?? 0,
    ...(item.note && { note: { text: item.note, html: escapeHtml(item.note) } }),
  };
}

const SIGNS: Record<string, string> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" };
const escapeHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => SIGNS[sign]!);
