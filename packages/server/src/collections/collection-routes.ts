/** Keeping papers: one's collections, adding to them, changing them; each step a form that works without scripts. */
import { paperNamed } from "@paperwire/community";
import { type Account, conflict, invalid, notFound, parseArxivId } from "@paperwire/domain";
import { COLLECTION_LIMITS, type Collection, type Store } from "@paperwire/store";
import { type Context, Hono } from "hono";
import { type AccountParts, personal, shower } from "../account/account-parts.ts";
import { backPath } from "../back-path.ts";
import { changedBy } from "../changed-by.ts";
import { atField, orAgain } from "../field-problem.tsx";
import { readOneUse } from "../form-key.tsx";
import { FORM_TYPES } from "../forms.ts";
import { listPage } from "../lists/list-page.ts";
import { readRequest } from "../page.ts";
import { createRateLimiter, type RateLimit } from "../rate-limit.ts";
import { readForm, type SentForm } from "../read-form.ts";
import { requestedBy } from "../requested-by.ts";
import { paperUrl, withQuery } from "../views/urls.ts";
import { anchorOf } from "../views/votes.tsx";
import { type FieldsTyped, OWN_EXPORTS } from "./collection-forms.tsx";
import { type ChangeAgain, collectionList, PAPERS_SHOWN, pageOfCollection } from "./collection-list.tsx";
import { addPage, type BeginAgain, collectionsPage } from "./collection-pages.tsx";
import { readNote, readTitle } from "./collection-text.ts";
import { collectionUrl, slugOf } from "./collection-url.ts";

const COLLECT_LIMIT: RateLimit = { name: "collect", quota: 300, windowSeconds: 300 };
const COLLECTIONS_SHOWN = COLLECTION_LIMITS.perAccount;

export function collectionRoutes(parts: AccountParts): Hono {
  const { context } = parts;
  const { collections } = context.store;
  const limiter = createRateLimiter(COLLECT_LIMIT, context.clock);
  const writer = (c: Context) => changedBy(c, context, { limiter, scope: "write" });
  const app = new Hono();

  app.get("/collections", (c) => allPage(c, parts, { deleted: c.req.query("deleted") }));
  app.get("/collections/add", (c) => {
    const query = (name: string) => c.req.query(name);
    const told = { back: query("back"), did: query("did"), to: query("to") };
    return adding(c, parts, { asked: readRequest(c).query("paper") ?? "", ...told });
  });
  app.post("/collections", async (c) => {
    const { id: by } = await writer(c);
    const form = await readForm(c);
    return orAgain(
      async () => c.redirect(await begin(parts, { by, form }), 303),
      (problem) => {
        const again = { typed: typedIn(form), problem };
        const [asked, back] = [form.text("paper"), form.text("back")];
        return asked ? adding(c, parts, { asked, back, ...again }) : allPage(c, parts, again);
      },
    );
  });
  app.post("/collections/:id/edit", async (c) => {
    const [reader, id, form] = [await writer(c), c.req.param("id"), await readForm(c)];
    return orAgain(
      async () => {
        if (!(await collections.edit(reader.id, id, readText(form)))) throw notYours();
        return c.redirect(`${collectionUrl((await collections.find(id))!)}?did=saved`, 303);
      },
      (problem) => changeAgain(c, parts, { reader, id, again: { problem, edit: typedIn(form) } }),
    );
  });
  app.post("/collections/:id/delete", async (c) => {
    if (!(await collections.remove((await writer(c)).id, c.req.param("id")))) throw notYours();
    return c.redirect(withQuery("/collections", { deleted: c.req.param("id") }), 303);
  });
  app.post("/collections/:id/restore", async (c) => {
    const [{ id: by }, id] = [await writer(c), c.req.param("id")];
    return orAgain(
      async () => {
        if (await collections.restore(by, id)) {
          return c.redirect(`${collectionUrl((await collections.find(id))!)}?did=restored`, 303);
        }
        throw notFound("It is too late to put this back, or it is there already.");
      },
      (problem) => allPage(c, parts, { problem }),
    );
  });
  app.get("/collections/:id/export/:name", (c) => exported(c, parts));
  app.post("/collections/:id/items", async (c) => {
    const [reader, id, form] = [await writer(c), c.req.param("id"), await readForm(c)];
    const [asked, back] = [form.text("paper"), form.text("back")];
    return orAgain(
      async () => c.redirect(await changeItem(parts, { by: reader.id, id, form }), 303),
      (problem) => {
        if (form.text("from") === "add") return adding(c, parts, { asked, back, problem });
        const item = { paperId: asked, note: form.text("note") };
        return changeAgain(c, parts, { reader, id, again: { problem, ...(form.text("act") === "note" && { item }) } });
      },
    );
  });
  return app;
}

async function allPage(c: Context, parts: AccountParts, told: BeginAgain & { deleted?: string | undefined }) {
  const { context, site } = parts;
  const { collections } = context.store;
  const reader = await context.accounts?.accountOf(c.req.raw);
  const page = { limit: COLLECTIONS_SHOWN, offset: 0 };
  const [own, all] = await Promise.all([
    reader ? collections.list({ ...page, of: reader.id }) : null,
    collections.list({ ...page, limit: 50 }),
  ]);
  const deleted = reader ? told.deleted : undefined;
  const lists = { own: own?.items ?? null, all: all.items };
  const view = { site: { ...site, ...(reader && { reader }) }, ...lists, ...told, deleted };
  return shower(parts)(c, personal(collectionsPage(view), "Collections", told.problem?.status));
}

type Adding = BeginAgain & {
  /** Id or address of the paper. */
  asked: string;
  back: string | undefined;
  did?: string | undefined;
  /** Id of the collection that was changed just now. */
  to?: string | undefined;
};

async function adding(c: Context, parts: AccountParts, { asked, back, to, ...told }: Adding) {
  const { context, site } = parts;
  const { collections } = context.store;
  const reader = await requestedBy(c, context);
  const paper = await paperNamed(context, parseArxivId(asked)?.id ?? asked);
  const page = { limit: COLLECTIONS_SHOWN, offset: 0, of: reader.id };
  const [{ items: own }, holding] = await Promise.all([
    collections.list(page),
    collections.list({ ...page, papers: [paper.id] }),
  ]);
  const has = new Set(holding.items.map(({ id }) => id));
  const changed = own.find(({ id }) => id === to);
  const ways = { back: backPath(back, paperUrl(paper.id)), changed };
  const view = { site: { ...site, reader }, paper, own, has, ...ways, ...told };
  return shower(parts)(c, personal(addPage(view), "Add to collection", told.problem?.status));
}

type Changing = { reader: Account; id: string; again: ChangeAgain };

/** The collection, with the form that cannot be taken as it was sent. @throws DomainError `not-found`: it is another's */
async function changeAgain(c: Context, parts: AccountParts, { reader, id, again }: Changing) {
  const { store } = parts.context;
  const collection = await store.collections.find(id);
  if (collection?.ownerId !== reader.id) throw notYours();
  const page = again.item ? await pageOf(store, id, again.item.paperId) : 1;
  const site = { ...parts.site, reader };
  const { html, title } = await pageOfCollection({ store, site, collection, page, perPage: PAPERS_SHOWN, again });
  return shower(parts)(c, personal(html, title, again.problem.status));
}

/** The page of the collection that shows a paper; the first where it is not in it. */
async function pageOf({ collections }: Pick<Store, "collections">, id: string, paperId: string): Promise<number> {
  const items = await collections.items(id, { limit: COLLECTION_LIMITS.items, offset: 0 });
  const at = items.findIndex((item) => item.paperId === paperId);
  return Math.floor(Math.max(0, at) / PAPERS_SHOWN) + 1;
}

/** @returns where to go on */
async function begin({ context }: AccountParts, { by, form }: { by: string; form: SentForm }): Promise<string> {
  const { collections } = context.store;
  const paper = form.text("paper") ? await paperNamed(context, form.text("paper")) : null;
  const { use } = readOneUse(form, { by, fields: ["title", "note", "private", "paper"] });
  const id = await collections.add(by, readText(form), use);
  if (id === null) throw conflict(`You keep ${COLLECTION_LIMITS.perAccount} collections already. Delete one first.`);
  if (paper) await collections.put(by, id, { paperId: paper.id });
  const made = await collections.find(id);
  // Made by the same form before, and deleted since: there it can be put back.
  return made ? collectionUrl(made) : withQuery("/collections", { deleted: id });
}

const notYours = () => notFound("There is no such collection of yours.");

/** @returns where to go on */
async function changeItem(
  { context }: AccountParts,
  { by, id, form }: { by: string; id: string; form: SentForm },
): Promise<string> {
  const { collections } = context.store;
  const act = form.text("act");
  const { id: paperId } = await paperNamed(context, form.text("paper"));
  const before = act === "take" ? await pageOf(context.store, id, paperId) : undefined;
  if (act === "add" || act === "note") {
    const note = atField("note", () => readNote(form.text("note")));
    const done = await collections.put(by, id, act === "note" ? { paperId, note } : { paperId });
    if (done === "full") throw conflict(`A collection holds ${COLLECTION_LIMITS.items} papers. Begin another.`);
    if (done === "unknown") throw notYours();
  } else if (act === "move" && Number.isInteger(Number(form.text("to") || Number.NaN))) {
    if (!(await collections.move(by, id, { paperId, to: Number(form.text("to")) }))) throw notYours();
  } else if (act === "take") {
    if (!(await collections.take(by, id, paperId))) throw notYours();
  } else throw invalid("The form could not be read.");
  const page = before ?? (await pageOf(context.store, id, paperId));
  return afterChange((await collections.find(id))!, { form, page });
}

/** Back to the paper that was changed, or to where the reader found it. */
function afterChange(collection: Collection, { form, page }: { form: SentForm; page: number }): string {
  const [did, paper] = [form.text("act"), form.text("paper")];
  if (form.text("from") === "add") {
    return withQuery("/collections/add", { paper, did, to: collection.id, back: backPath(form.text("back"), "") });
  }
  const query = { did, paper, page: page > 1 ? String(page) : undefined };
  return withQuery(collectionUrl(collection), query) + (did === "take" ? "" : `#${anchorOf(paper)}`);
}

/** Of the owner alone, whom no cache serves: the public forms of a list are the same for everybody. */
async function exported(c: Context, { context, site }: AccountParts): Promise<Response> {
  const reader = await requestedBy(c, context);
  const wanted = OWN_EXPORTS[c.req.param("name") ?? ""];
  const found = await context.store.collections.find(readRequest(c).param("id"));
  if (!wanted || found?.ownerId !== reader.id) throw notYours();
  const names: Readonly<Record<string, string>> = { owner: found.owner, slug: slugOf(found) };
  const request = { ...readRequest(c), form: wanted.form, param: (name: string) => names[name] ?? "" };
  const view = await listPage({ list: collectionList, surface: "collection" })(request, context, { ...site, reader });
  if ("redirect" in view) throw notYours();
  const text = await (wanted.form === "md" ? view.markdown() : view.data![wanted.form]!());
  return c.body(text, 200, {
    "content-type": FORM_TYPES[wanted.form],
    "cache-control": "no-store",
    "content-disposition": `attachment; filename="${slugOf(found)}.${wanted.form}"`,
  });
}

/** As it was typed, to be shown again. */
const typedIn = (form: SentForm): FieldsTyped => ({
  title: form.text("title"),
  note: form.text("note"),
  isPrivate: form.text("private") !== "",
});

/** @throws FieldError at `title` or `note` */
function readText(form: SentForm): FieldsTyped {
  const { title, note, isPrivate } = typedIn(form);
  return { title: atField("title", () => readTitle(title)), note: atField("note", () => readNote(note)), isPrivate };
}
