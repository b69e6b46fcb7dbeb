/** Keeping papers: one's collections, adding to them, changing them; each step a form that works without scripts. */
import { conflict, invalid, notFound, parseArxivId } from "@paperwire/domain";
import { COLLECTION_LIMITS, type Collection } from "@paperwire/store";
import { type Context, Hono } from "hono";
import { type AccountParts, personal, shower } from "../account/account-parts.ts";
import { changedBy } from "../changed-by.ts";
import { readRequest } from "../page.ts";
import { createRateLimiter, type RateLimit } from "../rate-limit.ts";
import { readForm, type SentForm } from "../read-form.ts";
import { requestedBy } from "../requested-by.ts";
import type { Site } from "../site.ts";
import { Layout } from "../views/layout.tsx";
import { counted } from "../views/numbers.ts";
import { paperUrl } from "../views/urls.ts";
import { CollectionFields } from "./collection-list.tsx";
import { collectionUrl } from "./collection-url.ts";

const COLLECT_LIMIT: RateLimit = { name: "collect", quota: 300, windowSeconds: 300 };
const COLLECTIONS_SHOWN = COLLECTION_LIMITS.perAccount;

export function collectionRoutes(parts: AccountParts): Hono {
  const { context, site } = parts;
  const { collections, papers } = context.store;
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
    const view = { site: { ...site, ...(reader && { reader }) }, own: own?.items ?? null, all: all.items };
    return show(c, personal(collectionsPage(view), "Collections"));
  });
  app.get("/collections/add", async (c) => {
    const reader = await requestedBy(c, context);
    const asked = readRequest(c).query("paper") ?? "";
    const paper = await papers.find(parseArxivId(asked)?.id ?? asked);
    if (!paper) throw notFound("There is no such paper.");
    const page = { limit: COLLECTIONS_SHOWN, offset: 0, of: reader.id };
    const [own, holding] = await Promise.all([collections.list(page), collections.list({ ...page, paper: paper.id })]);
    const has = new Set(holding.items.map(({ id }) => id));
    const view = { site: { ...site, reader }, paper, own: own.items, has };
    return show(c, personal(addPage(view), "Add to collection"));
  });
  app.post("/collections", async (c) => {
    const reader = await writer(c);
    const form = await readForm(c);
    const id = await collections.add(reader.id, readText(form));
    if (id === null) throw conflict(`You keep ${COLLECTION_LIMITS.perAccount} collections already. Delete one first.`);
    if (form.text("paper")) await collections.put(reader.id, id, { paperId: form.text("paper") });
    return c.redirect(collectionUrl((await collections.find(id))!), 303);
  });
  app.post("/collections/:id/edit", async (c) => {
    const reader = await writer(c);
    const id = c.req.param("id");
    if (!(await collections.edit(reader.id, id, readText(await readForm(c))))) throw notYours();
    return c.redirect(`${collectionUrl((await collections.find(id))!)}?saved=1`, 303);
  });
  app.post("/collections/:id/delete", async (c) => {
    if (!(await collections.remove((await writer(c)).id, c.req.param("id")))) throw notYours();
    return c.redirect("/collections", 303);
  });
  app.post("/collections/:id/items", async (c) => {
    const reader = await writer(c);
    const id = c.req.param("id");
    await changeItem(parts, { by: reader.id, id, form: await readForm(c) });
    return c.redirect(collectionUrl((await collections.find(id))!), 303);
  });
  return app;
}

const notYours = () => notFound("There is no such collection of yours.");

async function changeItem(
  { context }: AccountParts,
  { by, id, form }: { by: string; id: string; form: SentForm },
): Promise<void> {
  const { collections } = context.store;
  const [act, paperId] = [form.text("act"), form.text("paper")];
  if (act === "add" || act === "note") {
    const note = readLine(form.text("note"), COLLECTION_LIMITS.noteChars, "A note");
    const done = await collections.put(by, id, act === "note" ? { paperId, note } : { paperId });
    if (done === "full") throw conflict(`A collection holds ${COLLECTION_LIMITS.items} papers. Begin another.`);
    if (done === "unknown") throw notYours();
  } else if (act === "up" || act === "down") {
    if (!(await collections.move(by, id, { paperId, to: act }))) throw notYours();
  } else if (act === "take") {
    if (!(await collections.take(by, id, paperId))) throw notYours();
  } else throw invalid("The form could not be read.");
}

function readText(form: SentForm) {
  const title = readLine(form.text("title"), COLLECTION_LIMITS.titleChars, "A title");
  if (title === "") throw invalid("A collection needs a title.");
  const note = readLine(form.text("note"), COLLECTION_LIMITS.noteChars, "A note");
  return { title, note, isPrivate: form.text("private") !== "" };
}

function readLine(typed: string, most: number, what: string): string {
  const line = typed
    .normalize("NFC")
    .replace(/[\p{Cc}\s]+/gu, " ")
    .trim();
  if ([...line].length > most) throw invalid(`${what} has at most ${most} characters.`);
  return line;
}

type View = { site: Site; own: readonly Collection[] | null; all: readonly Collection[] };

function collectionsPage({ site, own, all }: View) {
  return (
    <Layout site={site} title="Collections" path="/collections">
      <h1>Collections</h1>
      {own && (
        <section>
          <h2>Yours</h2>
          {own.length === 0 && <p>None yet: a reading list, what a course needs, what to cite.</p>}
          <Lines collections={own} />
          <details class="collection-item" open={own.length === 0}>
            <summary>Begin another</summary>
            <form class="wishes" method="post" action="/collections">
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
};

function addPage({ site, paper, own, has }: AddView) {
  return (
    <Layout site={site} title="Add to collection" path={`/collections/add?paper=${paper.id}`} indexed={false}>
      <h1>Add to collection</h1>
      <p>
        <a href={paperUrl(paper.id)}>{paper.title}</a>
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
              {has.has(collection.id) ? (
                <button name="act" value="take" aria-label={`Take it out of ${collection.title}`}>
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
        <input type="hidden" name="paper" value={paper.id} />
        <CollectionFields />
        <button type="submit">Begin it with this paper</button>
      </form>
    </Layout>
  );
}
