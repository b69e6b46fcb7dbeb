/** Authors in the order of the paper, folded after a few. */
import type { Author } from "@paperwire/domain";
import type { ComponentChild } from "preact";
import { count } from "./numbers.ts";
import { authorUrl } from "./urls.ts";

type Props = {
  authors: readonly Author[];
  /** Names in sight before the fold. */
  shown: number;
  /** Names inside the fold; collaborations have thousands. */
  foldedMax: number;
  /** Whether each name leads to the author's papers. */
  linked?: boolean;
};

export function AuthorNames({ authors, shown, foldedMax, linked = false }: Props) {
  if (authors.length === 0) return null;
  // A fold of one name would take more room than the name.
  const cut = authors.length === shown + 1 ? authors.length : shown;
  const folded = authors.slice(cut);
  return (
    <div class="authors">
      {names(authors.slice(0, cut), linked)}
      {folded.length > 0 && (
        <>
          {", "}
          <details class="fold">
            <summary>+ {count(folded.length)} more</summary>
            {names(folded.slice(0, foldedMax), linked)}
            {folded.length > foldedMax && ` and ${count(folded.length - foldedMax)} others`}
          </details>
        </>
      )}
    </div>
  );
}

function names(authors: readonly Author[], linked: boolean): ComponentChild {
  if (!linked) return authors.map(({ name }) => name).join(", ");
  return authors.map(({ name, claimedBy }, at) => (
    <>
      {at > 0 && ", "}
      <a href={authorUrl(name)}>{name}</a>
      {claimedBy && (
        <span class="claimed" title={`Claimed by ${claimedBy}`}>
          {" ✓"}
          <span class="unseen"> (claimed by {claimedBy})</span>
        </span>
      )}
    </>
  ));
}
