/** What an owner can do to a collection, as forms that work without scripts; order.js adds dragging. */
import { COLLECTION_LIMITS, type Collection } from "@paperwire/store";
import { fieldMarks, type Problem, ProblemLine } from "../field-problem.tsx";
import type { DataForm } from "../forms.ts";
import { anchorOf } from "../views/votes.tsx";

type ItemProps = {
  id: string;
  paperId: string;
  title: string;
  note: string;
  place: number;
  of: number;
  /** A note that was sent and cannot be taken as it is, and why. */
  again?: { note: string; problem: Problem } | undefined;
};

export function ItemForms({ id, paperId, title, note, place, of, again }: ItemProps) {
  const action = `/collections/${id}/items`;
  const paper = <input type="hidden" name="paper" value={paperId} />;
  return (
    <div class="acts">
      <form method="post" action={action} data-move>
        {paper}
        <input type="hidden" name="act" value="move" />
        <button type="submit" name="to" value={place - 1} disabled={place === 1} aria-label={`Move ${title} up`}>
          ↑
        </button>
        <button type="submit" name="to" value={place + 1} disabled={place === of} aria-label={`Move ${title} down`}>
          ↓
        </button>
      </form>
      <form method="post" action={action}>
        {paper}
        <button name="act" value="take" data-key="x" aria-label={`Take out ${title}`}>
          Take out
        </button>
      </form>
      <details open={again !== undefined}>
        <summary>{note === "" ? "Add a note" : "Change the note"}</summary>
        <form method="post" action={action} class="stacked">
          {paper}
          <label for={`note-${anchorOf(paperId)}`}>Note on {title}</label>
          <input
            id={`note-${anchorOf(paperId)}`}
            type="text"
            name="note"
            value={again?.note ?? note}
            maxLength={COLLECTION_LIMITS.noteChars}
            {...fieldMarks({ field: "note", problem: again?.problem })}
          />
          <ProblemLine field="note" problem={again?.problem} />
          <button name="act" value="note">
            Save the note
          </button>
        </form>
      </details>
    </div>
  );
}

const DID: Readonly<Record<string, string>> = {
  saved: "Saved.",
  move: "Moved.",
  note: "The note is saved.",
  add: "It is in.",
  take: "Taken out.",
  restored: "The collection is back.",
};

/** The address says what was done; it is only ever read as one of our own words. */
export function DidLine({ id, did, paperId }: { id: string; did: string | undefined; paperId: string | undefined }) {
  const words = did !== undefined && Object.hasOwn(DID, did) ? DID[did] : undefined;
  if (words === undefined) return null;
  return (
    <div class="notice undo" role="status">
      {words}{" "}
      {did === "take" && paperId !== undefined && (
        <form method="post" action={`/collections/${id}/items`}>
          <input type="hidden" name="paper" value={paperId} />
          <button type="submit" name="act" value="add">
            Put it back
          </button>
        </form>
      )}
    </div>
  );
}

type OwnProps = {
  collection: Collection;
  again?: { typed: FieldsTyped; problem: Problem } | undefined;
};

export function OwnForms({ collection: { id, title, note, isPrivate }, again }: OwnProps) {
  const fields = again?.typed ?? { title, note, isPrivate };
  return (
    <details class="collection-item" open={again !== undefined}>
      <summary>Change this collection</summary>
      <form class="wishes" method="post" action={`/collections/${id}/edit`}>
        <CollectionFields {...fields} problem={again?.problem} />
        <button type="submit">Save</button>
      </form>
      <form method="post" action={`/collections/${id}/delete`}>
        <button type="submit">Delete this collection</button>
      </form>
    </details>
  );
}

export type FieldsTyped = { title: string; note: string; isPrivate: boolean };

type FieldsProps = Partial<FieldsTyped> & { problem?: Problem | undefined };

export function CollectionFields({ title = "", note = "", isPrivate = false, problem }: FieldsProps) {
  return (
    <>
      <p>
        <label>
          <span>Title</span>
          <input
            type="text"
            name="title"
            required
            maxLength={COLLECTION_LIMITS.titleChars}
            value={title}
            {...fieldMarks({ field: "title", problem })}
          />
        </label>
      </p>
      <ProblemLine field="title" problem={problem} />
      <p>
        <label>
          <span>What it is about, if you like</span>
          <input
            type="text"
            name="note"
            maxLength={COLLECTION_LIMITS.noteChars}
            value={note}
            {...fieldMarks({ field: "note", problem })}
          />
        </label>
      </p>
      <ProblemLine field="note" problem={problem} />
      <p>
        <label>
          <input type="checkbox" name="private" checked={isPrivate} /> Private: only I see it
        </label>
      </p>
    </>
  );
}

/** Exports of one's own collection, under names of their own: the usual endings are addresses that everybody may read. */
export const OWN_EXPORTS: Readonly<Record<string, { name: string; form: DataForm | "md" }>> = {
  bibtex: { name: "BibTeX", form: "bib" },
  ris: { name: "RIS", form: "ris" },
  "csl-json": { name: "CSL-JSON", form: "csl.json" },
  json: { name: "JSON Feed", form: "json" },
  markdown: { name: "Markdown", form: "md" },
};

export function OwnExports({ id }: { id: string }) {
  return (
    <details class="feed-menu">
      <summary>Exports</summary>
      <div class="feed-menu-body">
        <p>
          Take this list along:{" "}
          {Object.entries(OWN_EXPORTS).map(([key, { name }], at) => (
            <>
              {at > 0 && ", "}
              <a href={`/collections/${id}/export/${key}`} rel="nofollow">
                {name}
              </a>
            </>
          ))}
        </p>
        <p>Only you can fetch these. A private collection has no feed: feed readers do not sign in.</p>
      </div>
    </details>
  );
}
