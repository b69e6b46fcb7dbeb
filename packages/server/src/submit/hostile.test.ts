/** Hostile texts in every field of submissions and of the desk: they are shown as what they are, texts. */
import type { Submission } from "@paperwire/store";
import { h } from "preact";
import { render } from "preact-render-to-string";
import { expect, it } from "vitest";
import { UndoLine } from "../desk/undo-line.tsx";
import { livePartsOf } from "../hostile/live-parts.ts";
import { XSS_PAYLOADS } from "../hostile/xss-payloads.ts";
import { PickLine } from "../views/paper-card.tsx";
import { SentNote } from "./sent-note.tsx";

const OWN_PARTS = new Set([
  "<b>",
  "<section>",
  "<img>",
  "src=",
  "<ul>",
  "<li>",
  "<form>",
  "<button>",
  "action=",
  "name=",
  "data-undo=",
]);

const sent = (text: string): Submission => ({
  id: "s",
  paperId: "2503.00001",
  title: text,
  sender: { id: "a", handle: "ada", name: text },
  edition: "2025-03-31",
  state: "shown",
  note: text,
  image: { id: "0".repeat(32), type: "image/png", width: 1, height: 1, text },
  at: "2025-03-31T00:00:00.000Z",
  reason: null,
  hidden: { note: text, image: null },
});

it(`shows ${XSS_PAYLOADS.length} hostile texts as texts, in notes, names, picture words and undo lines`, () => {
  expect(XSS_PAYLOADS.length).toBeGreaterThanOrEqual(200);
  for (const text of XSS_PAYLOADS) {
    const html = [
      render(h(SentNote, { sent: sent(text), reader: { id: "m", role: "moderator" } })),
      render(h(PickLine, { pick: { note: text } })),
      render(h(UndoLine, { date: "2025-03-31", did: text, paperId: text, submissionId: text })),
      render(h(UndoLine, { date: "2025-03-31", did: "pick", paperId: text, submissionId: undefined })),
    ].join("");
    expect(livePartsOf(html).filter((part) => !OWN_PARTS.has(part))).toEqual([]);
    expect(html.match(/<img/g)).toHaveLength(1);
  }
});
