/** Changing collections by program, in the words of existing clients. */
import { type Account, conflict, forbidden, invalid, notFound } from "@paperwire/domain";
import { COLLECTION_LIMITS, type Collection } from "@paperwire/store";
import type { Context, Hono } from "hono";
import { z } from "zod";
import { changedBy } from "../changed-by.ts";
import type { ServerContext } from "../context.ts";
import { createRateLimiter, type RateLimit } from "../rate-limit.ts";
import { readNote, readTitle } from "./collection-text.ts";
import { slugOf } from "./collection-url.ts";
import { ITEMS_MAX, itemId, presentCollection } from "./present-collection.ts";
import { seenByProgram } from "./seen-by-program.ts";

const LIMIT: RateLimit = { name: "collect-by-program", quota: 300, windowSeconds: 300 };

const text = (name: string) => z.string(`"${name}" must be a text.`);
const flag = z.boolean('"private" must be true or false.').optional();
/** Theme and place among the owner's collections are taken and not kept: this site has neither. */
const MetadataBody = z.object({
  title: text("title").optional(),
  description: text("description").optional(),
  private: flag,
});
const NewBody = MetadataBody.extend({ title: text("title"), namespace: text("namespace").optional() });
const ItemBody = z.object({
  item: z.object({ id: text("item.id"), type: text("item.type") }, '"item" must hold an id and a type.'),
  note: text("note").optional(),
});
const ItemChange = z.object({
  note: text("note").optional(),
  position: z.int('"position" must be a whole number, counted from 0.').min(0).optional(),
});

/** @source huggingface_hub 2.4, hf_api.py: methods, addresses, bodies and status codes of each call */
export function addCollectionWrites(app: Hono, context: ServerContext): void {
  const { collections } = context.store;
  const limiter = createRateLimiter(LIMIT, context.clock);
  const writer = async (c: Context) => {
    const account = await changedBy(c, context, { scope: "write", limiter });
    c.header("Cache-Control", "no-store");
    return account;
  };
  const own = async (c: Context, by: Account) => {
    const found = await seenByProgram(c, context);
    if (found.ownerId !== by.id) throw forbidden("This collection is somebody else's.");
    return found;
  };
  const shown = async (id: string) => presentCollection(context, (await collections.find(id))!);

  app.post("/api/collections", async (c) => {
    const by = await writer(c);
    const { title, description = "", private: isPrivate = false, namespace } = await readBody(c, NewBody);
    if (namespace !== undefined && namespace.toLowerCase() !== by.handle) {
      throw forbidden(`This token makes collections of @${by.handle} alone.`);
    }
    const wanted = { title: readTitle(title), note: readNote(description), isPrivate };
    const same = await namesake(context, by.id, wanted.title);
    // The client goes on with the one that is there, where it was told that this is fine.
    if (same)
      return c.json({ error: "You have a collection of this title.", slug: `${by.handle}/${slugOf(same)}` }, 409);
    const id = await collections.add(by.id, wanted);
    if (id === null) throw conflict(`You keep ${COLLECTION_LIMITS.perAccount} collections already. Delete one first.`);
    return c.json(await shown(id));
  });
  app.patch("/api/collections/:owner/:slug", async (c) => {
    const by = await writer(c);
    const { id, title, note, isPrivate } = await own(c, by);
    const wish = await readBody(c, MetadataBody);
    await collections.edit(by.id, id, {
      title: wish.title === undefined ? title : readTitle(wish.title),
      note: wish.description === undefined ? note : readNote(wish.description),
      isPrivate: wish.private ?? isPrivate,
    });
    return c.json({ success: true, data: await shown(id) });
  });
  app.delete("/api/collections/:owner/:slug", async (c) => {
    const by = await writer(c);
    await collections.remove(by.id, (await own(c, by)).id);
    return c.json({ success: true });
  });
  addItems(app, context, { writer, own });
}

type Doors = {
  writer: (c: Context) => Promise<Account>;
  own: (c: Context, by: Account) => Promise<Collection>;
};

function addItems(app: Hono, context: ServerContext, { writer, own }: Doors): void {
  const { collections } = context.store;
  app.post("/api/collections/:owner/:slug/items", async (c) => {
    const by = await writer(c);
    const { id } = await own(c, by);
    const { item, note } = await readBody(c, ItemBody);
    if (item.type !== "paper") throw invalid("A collection of this site holds papers alone.");
    const there = await collections.items(id, { limit: ITEMS_MAX, offset: 0 });
    if (there.some(({ paperId }) => paperId === item.id)) throw conflict("The collection holds this paper already.");
    const words = note === undefined ? {} : { note: readNote(note) };
    const done = await collections.put(by.id, id, { paperId: item.id, ...words });
    if (done === "full") throw conflict(`A collection holds ${COLLECTION_LIMITS.items} papers. Begin another.`);
    if (done === "unknown") throw notFound("There is no such paper.");
    return c.json(await presentCollection(context, (await collections.find(id))!));
  });
  app.patch("/api/collections/:owner/:slug/items/:item", async (c) => {
    const by = await writer(c);
    const { id } = await own(c, by);
    const { note, position } = await readBody(c, ItemChange);
    const paperId = await paperOf(context, id, c.req.param("item"));
    if (note !== undefined) await collections.put(by.id, id, { paperId, note: readNote(note) });
    if (position !== undefined) await collections.move(by.id, id, { paperId, to: position + 1 });
    return c.json({ success: true });
  });
  app.delete("/api/collections/:owner/:slug/items/:item", async (c) => {
    const by = await writer(c);
    const { id } = await own(c, by);
    await collections.take(by.id, id, await paperOf(context, id, c.req.param("item")));
    return c.json({ success: true });
  });
}

/** @throws DomainError `not-found` */
async function paperOf({ store }: ServerContext, id: string, item: string): Promise<string> {
  const items = await store.collections.items(id, { limit: ITEMS_MAX, offset: 0 });
  const found = items.find(({ paperId }) => itemId(id, paperId) === item);
  if (!found) throw notFound("The collection has no such item.");
  return found.paperId;
}

async function namesake({ store }: ServerContext, by: string, title: string): Promise<Collection | undefined> {
  const { items } = await store.collections.list({ limit: COLLECTION_LIMITS.perAccount, offset: 0, of: by });
  return items.find((one) => one.title === title);
}

/** @throws DomainError `invalid` */
async function readBody<T>(c: Context, schema: z.ZodType<T>): Promise<T> {
  // A form of another page can be sent as anything but this.
  if (!/^application\/json\b/i.test(c.req.header("content-type") ?? "")) throw invalid("The body must be JSON.");
  const sent: unknown = await c.req.json().catch((cause: unknown) => {
    throw invalid("The body must be JSON.", cause);
  });
  if (JSON.stringify(sent).includes("\\u0000")) throw invalid("A text cannot hold a NUL character.");
  const read = schema.safeParse(sent);
  if (read.success) return read.data;
  throw invalid(read.error.issues.map(({ message }) => message).join(" "));
}
