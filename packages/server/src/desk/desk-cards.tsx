/** Papers on the desk, each with the acts that fit it. */
import { CURATION_LIMITS, type ListedPaper, type PaperId, SUBMISSION_LIMITS } from "@paperwire/domain";
import type { PickedPaper, Submission } from "@paperwire/store";
import { imageUrl } from "../submit/submit-url.ts";
import { PaperCard } from "../views/paper-card.tsx";
import { paperUrl } from "../views/urls.ts";
import { anchorOf } from "../views/votes.tsx";

export const deskPaperUrl = (date: string, id: PaperId) => `/desk/${date}${paperUrl(id)}`;

type Card = { date: string; listed: ListedPaper; next: PaperId | undefined };

export function DeskCard({ date, listed, next }: Card) {
  return (
    <PaperCard listed={listed}>
      <form method="post" action={deskPaperUrl(date, listed.paper.id)} class="acts">
        {next !== undefined && <input type="hidden" name="next" value={anchorOf(next)} />}
        <button type="submit" name="act" value="pick" data-key="p">
          Pick
        </button>
        <button type="submit" name="act" value="pass" data-key="x">
          Pass over
        </button>
      </form>
    </PaperCard>
  );
}

type Pick = { date: string; pick: PickedPaper; at: number; of: number; closed: boolean };

export function PickCard({ date, pick, at, of, closed }: Pick) {
  const { id } = pick.paper;
  const action = deskPaperUrl(date, id);
  const stay = <input type="hidden" name="next" value={anchorOf(id)} />;
  if (closed) return <PaperCard listed={pick} />;
  return (
    <PaperCard listed={pick}>
      <div class="acts">
        <form method="post" action={action} data-move>
          <input type="hidden" name="act" value="move" />
          <input type="hidden" name="from" value={at} />
          {stay}
          <button type="submit" name="to" value={at - 1} disabled={at === 1} aria-label="Move up">
            ↑
          </button>
          <button type="submit" name="to" value={at + 1} disabled={at === of} aria-label="Move down">
            ↓
          </button>
        </form>
        <form method="post" action={action}>
          <button type="submit" name="act" value="unpick" data-key="x">
            Take out
          </button>
        </form>
        <details>
          <summary>{pick.note === null ? "Add a note" : "Change the note"}</summary>
          <form method="post" action={action} class="stacked">
            {stay}
            <input type="hidden" name="was" value={pick.note ?? ""} />
            <label>
              What readers should know
              <textarea name="note" rows={2} maxLength={CURATION_LIMITS.noteChars}>
                {pick.note ?? ""}
              </textarea>
            </label>
            <button type="submit" name="act" value="annotate">
              Save the note
            </button>
          </form>
        </details>
      </div>
    </PaperCard>
  );
}

export function WaitingCard({ submission, listed }: { submission: Submission; listed: ListedPaper }) {
  const { id, sender, note, image } = submission;
  const action = `/desk/submissions/${id}`;
  return (
    <PaperCard listed={listed}>
      <p class="gist">
        {sender ? `@${sender.handle}` : "A deleted account"}
        {note ? <>: {note}</> : " wrote nothing with it."}
      </p>
      {image && <img class="sent" src={imageUrl(image)} alt={image.text} width={image.width} height={image.height} />}
      <div class="acts">
        <form method="post" action={action}>
          <button type="submit" name="state" value="shown" data-key="p">
            Let it in
          </button>
        </form>
        <details>
          <summary>Decline</summary>
          <form method="post" action={action} class="stacked">
            <label>
              Why, for the one who sent it
              <textarea name="reason" rows={2} required maxLength={SUBMISSION_LIMITS.reasonChars} />
            </label>
            <button type="submit" name="state" value="declined">
              Decline it
            </button>
          </form>
        </details>
      </div>
    </PaperCard>
  );
}
