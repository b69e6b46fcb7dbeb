/** Keeping papers: one's collections, adding to them, changing them; each step a form that works without scripts. */
import { paperNamed } from "@paperwire/community";
import { conflict, invalid, notFound, parseArxivId } from "@paperwire/domain";
import { COLLECTION_LIMITS, type Collection } from "@paperwire/store";
import { type Context, Hono } from "hono";
import { type AccountParts, personal, shower } from "../account/account-parts.ts";
import { backPath } from "../back-path.ts";
import { changedBy } from "../changed-by.ts";
import { FormKey, readOneUse } from "../form-key.tsx";
import { FORM_TYPES } from "../forms.ts";
import { listPage } from "../lists/list-page.ts";
import { readRequest } from "../page.ts";
import { createRateLimiter, type RateLimit } from "../rate-limit.ts";
import { readForm, type SentForm } from "../read-form.ts";
import { requestedBy } from "../requested-by.ts";
import type { Site } from "../site.ts";
import { Layout } from "../views/layout.tsx";
import { counted } from "../views/numbers.ts";
import { paperUrl, signInUrl, withQuery } from "../views/urls.ts";
import { anchorOf } from "../views/votes.tsx";
import { CollectionFields, OWN_EXPORTS } from "./collection-forms.tsx";
import { collectionList, PAPERS_SHOWN } from "./collection-list.tsx";
import { readNote, readTitle } from "./collection-text.ts";
import { collectionUrl, slugOf } from "./collection-url.ts";

const COLLECT_LIMIT: RateLimit = { name: "collect", quota: 300, windowSeconds: 300 };
const COLLECTIONS_SHOWN = COLLECTION_LIMITS.perAccount;

export function collectionRoutes(parts: AccountParts): Hono {
  const { context, site } = parts;
  const { collections } = context.store;
  const show = shower(parts);
  const limiter = createRateLimiter(COLLECT_LIMIT, context.clock);
  const writer = (c: Context) => changedBy(c, context, { limiter, scope: "write" });
  const app = new Hono();

  app.get("/collections", async (c) => {
    const reader = await context.accounts?.accountOf(c.req.raw);
    const page = { limit: COLLECTIONS_SHOWN, offset: 0 };
    const [own, all] = await Promise.all([
      reader ? collections.list({ ...page, of: reader.id }) : null,
      collections.list({ ...page, limit: 50 }),
    ]);
    const deleted = reader && c.req.query("deleted");
    const view = { site: { ...site, ...(reader && { reader }) }, own: own?.items ?? null, all: all.items, deleted };
    return show(c, personal(collectionsPage(view), "Collections"));
  });
  app.get("/collections/add", async (c) => {
    const reader = await requestedBy(c, context);
    const asked = readRequest(c).query("paper") ?? "";
    const paper = await paperNamed(context, parseArxivId(asked)?.id ?? asked);
    const page = { limit: COLLECTIONS_SHOWN, offset: 0, of: reader.id };
    const [own, holding] = await Promise.all([
      collections.list(page),
      collections.list({ ...page, papers: [paper.id] }),
    ]);
    const has = new Set(holding.items.map(({ id }) => id));
    const [back, did] = [backPath(c.req.query("back"), paperUrl(paper.id)), c.req.query("did")];
    const changed = own.items.find(({ id }) => id === c.req.query("to"));
    const view = { site: { ...site, reader }, paper, own: own.items, has, back, did, changed };
    return show(c, personal(addPage(view), "Add to collection"));
  });
  app.post("/collections", async (c) => {
    const { id: by } = await writer(c);
    return c.redirect(await begin(parts, { by, form: await readForm(c) }), 303);
  });
  app.post("/collections/:id/edit", async (c) => {
    const reader = await writer(c);
    const id = c.req.param("id");
    if (!(await collections.edit(reader.id, id, readText(await readForm(c))))) throw notYours();
    return c.redirect(`${collectionUrl((await collections.find(id))!)}?did=saved`, 303);
  });
  app.post("/collections/:id/delete", async (c) => {
    if (!(await collections.remove((await writer(c)).id, c.req.param("id")))) throw notYours();
    return c.redirect(withQuery("/collections", { deleted: c.req.param("id") }), 303);
  });
  app.post("/collections/:id/restore", async (c) => {
    const id = c.req.param("id");
    if (!(await collections.restore((await writer(c)).id, id))) {
      throw notFound("It is too late to put this back, or it is there already.");
    }
    return c.redirect(`${collectionUrl((await collections.find(id))!)}?did=restored`, 303);
  });
  app.get("/collections/:id/export/:name", (c) => exported(c, parts));
  app.post("/collections/:id/items", async (c) => {
    const reader = await writer(c);
    const id = c.req.param("id");
    const form = await readForm(c);
    await changeItem(parts, { by: reader.id, id, form });
    return c.redirect(afterChange((await collections.find(id))!, form), 303);
  });
  return app;
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

async function changeItem(
  { context }: AccountParts,
  { by, id, form }: { by: string; id: string; form: SentForm },
): Promise<void> {
  const { collections } = context.store;
  const act = form.text("act");
  const { id: paperId } = await paperNamed(context, form.text("paper"));
  if (act === "add" || act === "note") {
    const note = readNote(form.text("note"));
    const done = await collections.put(by, id, act === "note" ? { paperId, note } : { paperId });
    if (done === "full") throw conflict(`A collection holds ${COLLECTION_LIMITS.items} papers. Begin another.`);
    if (done === "unknown") throw notYours();
  } else if (act === "move" && Number.isInteger(Number(form.text("to") || Number.NaN))) {
    if (!(await collections.move(by, id, { paperId, to: Number(form.text("to")) }))) throw notYours();
  } else if (act === "take") {
    if (!(await collections.take(by, id, paperId))) throw notYours();
  } else throw invalid("The form could not be read.");
}

/** Back to the paper that was changed, or to where the reader found it. */
function afterChange(collection: Collection, form: SentForm): string {
  const [did, paper] = [form.text("act"), form.text("paper")];
  if (form.text("from") === "add") {
    return withQuery("/collections/add", { paper, did, to: collection.id, back: backPath(form.text("back"), "") });
  }
  const page = did === "move" ? Math.ceil(Number(form.text("to")) / PAPERS_SHOWN) : 1;
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

function readText(form: SentForm) {
  return {
    title: readTitle(form.text("title")),
    note: readNote(form.text("note")),
    isPrivate: form.text("private") !== "",
  };
}

type View = {
  site: Site;
  own: readonly Collection[] | null;
  all: readonly Collection[];
  /** Id of the collection that was deleted just now. */
  deleted: string | undefined;
};

function collectionsPage({ site, own, all, deleted }: View) {
  return (
    <Layout site={site} title="Collections" path="/collections">
      <h1>Collections</h1>
      {deleted && (
        <div class="notice undo" role="status">
          The collection is deleted. For a quarter of an hour you can put it back.{" "}
          <form method="post" action={`/collections/${encodeURIComponent(deleted)}/restore`}>
            <button type="submit">Put it back</button>
          </form>
        </div>
      )}
      {own === null && (
        <p>
          Papers that somebody put together, in an order and with notes of their own.{" "}
          <a href={signInUrl("/collections")}>Sign in</a> to begin one.
        </p>
      )}
      {own && (
        <section>
          <h2>Yours</h2>
          {own.length === 0 && <p>None yet: a reading list, what a course needs, what to cite.</p>}
          <Lines collections={own} />
          <details class="collection-item" open={own.length === 0}>
            <summary>{own.length === 0 ? "Begin one" : "Begin another"}</summary>
            <form class="wishes" method="post" action="/collections">
              <FormKey />
              <CollectionFields />
              <button type="submit">Begin it</button>
            </form>
          </details>
        </section>
      )}
      <section>
        <h2>Public ones, last changed first</h2>
        {all.length === 0 && <p>None yet.</p>}
        <Lines collections={all} />
      </section>
    </Layout>
  );
}

function Lines({ collections }: { collections: readonly Collection[] }) {
  return (
    <ul class="own-things">
      {collections.map((collection) => (
        <li>
          <span>
            <a href={collectionUrl(collection)}>{collection.title}</a>
            {collection.isPrivate && " (private)"}
            <small>
              @{collection.owner}, {counted(collection.papers, "paper")}
            </small>
          </span>
        </li>
      ))}
    </ul>
  );
}

type AddView = {
  site: Site;
  paper: { id: string; title: string };
  own: readonly Collection[];
  has: ReadonlySet<string>;
  back: string;
  did: string | undefined;
  changed: Collection | undefined;
};

function addPage({ site, paper, own, has, back, did, changed }: AddView) {
  return (
    <Layout site={site} title="Add to collection" path={`/collections/add?paper=${paper.id}`} indexed={false}>
      <h1>Add to collection</h1>
      <p>
        <a href={paperUrl(paper.id)}>{paper.title}</a>
      </p>
      {changed && (
        <p class="notice" role="status">
          {did === "take" ? "Taken out of" : "It is in"} <a href={collectionUrl(changed)}>{changed.title}</a>.
        </p>
      )}
      <p>
        <a href={back}>Back to where you were</a>
      </p>
      <ul class="own-things">
        {own.map((collection) => (
          <li>
            <span>
              <a href={collectionUrl(collection)}>{collection.title}</a>
              <small>
                {counted(collection.papers, "paper")}
                {collection.isPrivate && ", private"}
              </small>
            </span>
            <form method="post" action={`/collections/${collection.id}/items`}>
              <input type="hidden" name="paper" value={paper.id} />
              <input type="hidden" name="from" value="add" />
              <input type="hidden" name="back" value={back} />
              {has.has(collection.id) ? (
                <button name="act" value="take" aria-label={`Take out of ${collection.title}`}>
                  Take out
                </button>
              ) : (
                <button name="act" value="add" aria-label={`Add it to ${collection.title}`}>
                  Add
                </button>
              )}
            </form>
          </li>
        ))}
      </ul>
      <h2>A new one</h2>
      <form class="wishes" method="post" action="/collections">
        <FormKey />
        <input type="hidden" name="paper" value={paper.id} />
        <CollectionFields />
        <button type="submit">Begin it with this paper</button>
      </form>
    </Layout>
  );
}
