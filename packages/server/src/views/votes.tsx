/** The button that says how many upvoted a paper, and lets one more do so: a form, quickened by vote.js. */
import { type ListedPaper, type Paper, type PaperId, upvotesOf } from "@paperwire/domain";
import type { HTMLAttributes } from "preact";
import { useContext } from "preact/hooks";
import { compact, count, counted } from "./numbers.ts";
import { ReadingContext } from "./reading.ts";
import { paperUrl } from "./urls.ts";

declare module "preact" {
  namespace JSX {
    interface IntrinsicElements {
      "upvote-box": HTMLAttributes<HTMLElement> & { "data-api"?: string };
    }
  }
}

type Counted = Pick<ListedPaper, "entry" | "upvotesHere"> & { paper: Pick<Paper, "id"> };

/** The name of a card's link on its page, to which a form leads back: browsers put the focus there by themselves. */
export const anchorOf = (id: PaperId) => `paper-${id}`;

export function Votes({ listed }: { listed: Counted }) {
  const { id } = listed.paper;
  const total = upvotesOf(listed);
  const reading = useContext(ReadingContext);
  reading?.shown.add(id);
  const voted = reading?.voted.has(id) ?? false;
  return (
    <upvote-box class={total === 0 ? "votes zero" : "votes"} data-api={reading?.signedIn ? apiUrl(id) : undefined}>
      <form method="post" action={`${paperUrl(id)}/upvote`} title={explained(listed, total)}>
        {reading && <input type="hidden" name="back" value={`${reading.here}#${anchorOf(id)}`} />}
        <button type="submit" name="upvote" value={voted ? "off" : "on"} aria-pressed={voted}>
          <span class="unseen">Upvote, </span>
          <span aria-hidden="true">▲</span> <b data-count={total}>{compact(total)}</b>
          <span class="unseen"> {total === 1 ? "upvote" : "upvotes"}</span>
        </button>
      </form>
    </upvote-box>
  );
}

const apiUrl = (id: PaperId) => `/api${paperUrl(id)}/upvote`;

/** Where both kinds are in the sum, it is said which is which. */
function explained({ upvotesHere = 0 }: Counted, total: number): string {
  const all = counted(total, "upvote");
  const brought = total - upvotesHere;
  return upvotesHere > 0 && brought > 0 ? `${all}: ${count(upvotesHere)} here, ${count(brought)} at the source` : all;
}
