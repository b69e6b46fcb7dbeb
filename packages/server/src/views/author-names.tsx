/** Authors in the order of the paper, folded after a few. */
import { type Author, nameKey } from "@paperwire/domain";
import type { ComponentChild } from "preact";
import { count } from "./numbers.ts";
import { authorUrl } from "./urls.ts";

type Props = {
  authors: readonly Author[];
  /** Names in sight before the fold. */
  shown: number;
  /** Names inside the fold; collaborations have thousands. */
  foldedMax: number;
  /** Somebody whose papers are listed: named also where the fold hides them. */
  sought?: string | undefined;
  /** Whether each name leads to the author's papers. */
  linked?: boolean;
  /** Accounts of this site that proved to be authors, by folded name. */
  handles?: ReadonlyMap<string, string>;
};

const NOBODY: ReadonlyMap<string, string> = new Map();

export function AuthorNames({ authors, shown, foldedMax, sought, linked = false, handles = NOBODY }: Props) {
  if (authors.length === 0) return null;
  // A fold of one name would take more room than the name.
  const cut = authors.length === shown + 1 ? authors.length : shown;
  const folded = authors.slice(cut);
  const key = sought === undefined ? undefined : nameKey(sought);
  const hidden = key === undefined ? undefined : folded.find(({ name }) => nameKey(name) === key);
  return (
    <div class="authors">
      {names(authors.slice(0, cut), linked, handles)}
      {folded.length > 0 && (
        <>
          {", "}
          <details class="fold">
            <summary>
              + {count(folded.length)} more{hidden && `, ${hidden.name} among them`}
            </summary>
            {names(folded.slice(0, foldedMax), linked, handles)}
            {folded.length > foldedMax && ` and ${count(folded.length - foldedMax)} others`}
          </details>
        </>
      )}
    </div>
  );
}

function names(authors: readonly Author[], linked: boolean, handles: ReadonlyMap<string, string>): ComponentChild {
  if (!linked) return authors.map(({ name }) => name).join(", ");
  return authors.map(({ name, claimedBy }, at) => (
    <>
      {at > 0 && ", "}
      <a href={authorUrl(name)}>{name}</a>
      <Claimed handle={handles.get(nameKey(name))} elsewhere={claimedBy} />
    </>
  ));
}

/** A claim proved here leads to the account; one proved where the paper was taken from is only told of. */
function Claimed({ handle, elsewhere }: { handle: string | undefined; elsewhere: string | undefined }) {
  if (handle !== undefined) {
    return (
      <a class="claimed" href={`/@${handle}`} title={`Confirmed: @${handle}`}>
        {" ✓"}
        <span class="unseen"> (confirmed: @{handle})</span>
      </a>
    );
  }
  if (elsewhere === undefined) return null;
  return (
    <span class="claimed" title={`Claimed by ${elsewhere}`}>
      {" ✓"}
      <span class="unseen"> (claimed by {elsewhere})</span>
    </span>
  );
}
