/** On a paper's page: who put it forward, what they said, and the picture that came along. */
import { type Account, atLeast } from "@paperwire/domain";
import type { SentImage as Image, Submission } from "@paperwire/store";
import { imageUrl } from "./submit-url.ts";

type Props = { sent: Submission | null; reader: Pick<Account, "id" | "role"> | undefined };

export function SentNote({ sent, reader }: Props) {
  if (sent?.state !== "shown") return null;
  const { id, note, image, sender } = sent;
  const own = reader !== undefined && sender?.id === reader.id;
  const seesHidden = reader !== undefined && (own || atLeast(reader.role, "moderator"));
  const hidden = seesHidden ? sent.hidden : { note: null, image: null };
  if ([note, image, hidden.note, hidden.image].every((part) => part === null)) return null;
  return (
    <section class="sent-note">
      <h2>Why it was put forward</h2>
      {note !== null && <SentText note={note} />}
      {image && <SentImage image={image} />}
      {hidden.note !== null && (
        <>
          <Hidden what="note" own={own} />
          <SentText note={hidden.note} />
        </>
      )}
      {hidden.image && (
        <>
          <Hidden what="picture" own={own} />
          <SentImage image={hidden.image} />
        </>
      )}
      <p class="credit">{sender ? sender.name : "A deleted account"}, who put it forward</p>
      {reader && !own && (note !== null || image) && (
        <ul class="comment-acts">
          {note !== null && <Report kind="note" id={id} />}
          {image && <Report kind="picture" id={id} />}
        </ul>
      )}
    </section>
  );
}

export function SentText({ note }: { note: string }) {
  return note.split(/\n\s*\n/).map((paragraph) => <p>{paragraph}</p>);
}

export function SentImage({ image }: { image: Image }) {
  return <img class="sent" src={imageUrl(image)} alt={image.text} width={image.width} height={image.height} />;
}

function Hidden({ what, own }: { what: "note" | "picture"; own: boolean }) {
  return (
    <p class="notice">
      This {what} is hidden by a moderator: only {own ? "you" : "its sender"} and moderators see it.
      {own && (
        <>
          {" "}
          <a href="/claims#acts">Appeal</a>
        </>
      )}
    </p>
  );
}

function Report({ kind, id }: { kind: "note" | "picture"; id: string }) {
  return (
    <li>
      <a href={`/report?kind=${kind}&id=${encodeURIComponent(id)}`}>Report the {kind}</a>
    </li>
  );
}
