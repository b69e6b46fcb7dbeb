/** What was done just now, and the button that undoes it. */
import { deskPaperUrl } from "./desk-cards.tsx";

type Props = {
  date: string;
  did: string | undefined;
  paperId: string | undefined;
  submissionId: string | undefined;
};

const ACTS: Record<string, { words: string; undo?: string }> = {
  pick: { words: "Picked.", undo: "unpick" },
  unpick: { words: "Taken out.", undo: "pick" },
  pass: { words: "Passed over for this day.", undo: "unpass" },
  unpass: { words: "Back in the queue." },
  move: { words: "Moved." },
  annotate: { words: "The note is saved." },
  shown: { words: "Let in.", undo: "waiting" },
  declined: { words: "Declined; the sender is told why.", undo: "waiting" },
  waiting: { words: "Waiting again." },
};

/** The address says what was done; it is only ever read as one of our own words. */
export function UndoLine({ date, did, paperId, submissionId }: Props) {
  const done = did !== undefined && Object.hasOwn(ACTS, did) ? ACTS[did] : undefined;
  if (!done) return null;
  return (
    <div class="notice undo" role="status">
      {done.words}{" "}
      {done.undo !== undefined && submissionId !== undefined && (
        <form method="post" action={`/desk/submissions/${encodeURIComponent(submissionId)}`}>
          <button type="submit" name="state" value={done.undo} data-undo>
            Undo
          </button>
        </form>
      )}
      {done.undo !== undefined && submissionId === undefined && paperId !== undefined && (
        <form method="post" action={deskPaperUrl(date, paperId)}>
          <button type="submit" name="act" value={done.undo} data-undo>
            Undo
          </button>
        </form>
      )}
    </div>
  );
}
