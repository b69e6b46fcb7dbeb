/**
 * Collections as existing clients read and write them. Public ones are everybody's; a token of this site shows its
 * owner the private ones, too, and with the scope `write` changes them.
 */
import { type Context, Hono } from "hono";
import { linkNext } from "../api/paging.ts";
import type { ServerContext } from "../context.ts";
import { addCollectionWrites } from "./collection-writes.ts";
import { presentCollection, presentOnList } from "./present-collection.ts";
import { seenByProgram, tokenAccount } from "./seen-by-program.ts";

const LIST_MAX = 100;
/** Of each collection on a list. @source huggingface_hub, `list_collections`: "truncated to 4 items maximum" */
const ITEMS_ON_LIST = 4;
const PAGE_MAX = 10_000;
/** Names in one question. */
const NAMES_MAX = 50;

export function collectionApi(context: ServerContext): Hono {
  const { store, settings } = context;
  const app = new Hono();
  app.get("/api/collections", async (c) => {
    const { q } = c.req.query();
    const [owner, item] = [c.req.queries("owner"), c.req.queries("item")];
    const limit = whole(c.req.query("limit"), { otherwise: LIST_MAX, most: LIST_MAX });
    const page = whole(c.req.query("p"), { otherwise: 1, most: PAGE_MAX });
    const owners = owner?.slice(0, NAMES_MAX).map((name) => name.toLowerCase());
    const papers = item?.slice(0, NAMES_MAX).map((one) => one.replace(/^papers?\//, ""));
    const self = await tokenAccount(c, context);
    const { items, total } = await store.collections.list({
      limit,
      offset: (page - 1) * limit,
      ...(owners && { owners }),
      ...(q && { search: q }),
      ...(papers && { papers }),
      // Who asks for their own sees all of it.
      ...(self && owners?.length === 1 && owners[0] === self.handle && { of: self.id }),
    });
    if (page * limit < total) {
      linkNext(c, { baseUrl: settings.baseUrl, path: nextPath(c), query: { limit, p: page + 1 } });
    }
    return c.json(await Promise.all(items.map((one) => presentOnList(context, one, ITEMS_ON_LIST))));
  });
  app.get("/api/collections/:owner/:slug", async (c: Context) => {
    const found = await seenByProgram(c, context);
    return c.json(await presentCollection(context, found));
  });
  app.get("/api/whoami-v2", (c) => whoami(c, context));
  addCollectionWrites(app, context);
  return app;
}

/** @source huggingface_hub 2.4, hf_api.py: `create_collection` asks for its own name first */
async function whoami(c: Context, context: ServerContext): Promise<Response> {
  const account = await tokenAccount(c, context);
  c.header("Cache-Control", "no-store");
  if (!account) return c.json({ error: "No token of this site." }, 401);
  const role = account.scopes?.includes("write") ? "write" : "read";
  return c.json({
    type: "user",
    name: account.handle,
    fullname: account.name,
    isPro: false,
    avatarUrl: "",
    orgs: [],
    auth: { type: "access_token", accessToken: { displayName: "", role } },
  });
}

function nextPath(c: Context): string {
  const kept = new URLSearchParams();
  for (const name of ["owner", "item", "q"]) for (const value of c.req.queries(name) ?? []) kept.append(name, value);
  return `/api/collections${kept.size > 0 ? `?${kept}` : ""}`;
}

function whole(typed: string | undefined, { otherwise, most }: { otherwise: number; most: number }): number {
  const value = Number(typed ?? otherwise);
  return Number.isInteger(value) && value >= 1 ? Math.min(value, most) : otherwise;
}
