/** On a paper's page: who put it forward, what they said, and the picture that came along. */
import type { Submission } from "@paperwire/store";
import { imageUrl } from "./submit-url.ts";

export function SentNote({ sent }: { sent: Submission | null }) {
  if (sent?.state !== "shown" || (sent.note === null && sent.image === null)) return null;
  const { note, image, sender } = sent;
  return (
    <section class="sent-note">
      <h2>Why it was put forward</h2>
      {note?.split(/\n\s*\n/).map((paragraph) => (
        <p>{paragraph}</p>
      ))}
      {image && <img class="sent" src={imageUrl(image)} alt={image.text} width={image.width} height={image.height} />}
      <p class="credit">{sender ? sender.name : "A deleted account"}, who put it forward</p>
    </section>
  );
}
