/** Pages of collections beside the collection itself: all of them, and where a paper is added. */
import type { Collection } from "@paperwire/store";
import { type Problem, ProblemLine } from "../field-problem.tsx";
import { FormKey } from "../form-key.tsx";
import type { Site } from "../site.ts";
import { Layout } from "../views/layout.tsx";
import { counted } from "../views/numbers.ts";
import { paperUrl, signInUrl } from "../views/urls.ts";
import { CollectionFields, type FieldsTyped } from "./collection-forms.tsx";
import { collectionUrl } from "./collection-url.ts";

/** What was sent and cannot be taken as it is, and why. */
export type BeginAgain = { typed?: FieldsTyped | undefined; problem?: Problem | undefined };

type View = BeginAgain & {
  site: Site;
  own: readonly Collection[] | null;
  all: readonly Collection[];
  /** Id of the collection that was deleted just now. */
  deleted: string | undefined;
};

export function collectionsPage({ site, own, all, deleted, typed, problem }: View) {
  return (
    <Layout site={site} title="Collections" path="/collections">
      <h1>Collections</h1>
      <ProblemLine problem={problem} />
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
          <details class="collection-item" open={own.length === 0 || typed !== undefined}>
            <summary>{own.length === 0 ? "Begin one" : "Begin another"}</summary>
            <form class="wishes" method="post" action="/collections">
              <FormKey />
              <CollectionFields {...typed} problem={problem} />
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

type AddView = BeginAgain & {
  site: Site;
  paper: { id: string; title: string };
  own: readonly Collection[];
  has: ReadonlySet<string>;
  back: string;
  did?: string | undefined;
  changed: Collection | undefined;
};

export function addPage({ site, paper, own, has, back, did, changed, typed, problem }: AddView) {
  return (
    <Layout site={site} title="Add to collection" path={`/collections/add?paper=${paper.id}`} indexed={false}>
      <h1>Add to collection</h1>
      <p>
        <a href={paperUrl(paper.id)}>{paper.title}</a>
      </p>
      <ProblemLine problem={problem} />
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
        <input type="hidden" name="back" value={back} />
        <CollectionFields {...typed} problem={problem} />
        <button type="submit">Begin it with this paper</button>
      </form>
    </Layout>
  );
}
