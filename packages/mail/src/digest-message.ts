/** A digest for one subscriber: subject, text, HTML. The same digest and wishes give the same bytes. */
import { selectFor } from "@paperwire/domain";
import { digestHtml } from "./digest-html.ts";
import { type DigestRequest, digestParts } from "./digest-parts.ts";
import { digestText } from "./digest-text.ts";
import { encodedBytes } from "./html-frame.ts";

/** Gmail cuts a message at about 102 kB as received; the rest of it (headers, text part) is counted apart. */
export const HTML_BYTES_MAX = 95_000;

export type DigestContent = { subject: string; text: string; html?: string; papers: number; heldBack: number };

/** @returns null where nothing of the digest fits the wishes: then nothing is sent */
export function composeDigest(request: DigestRequest): DigestContent | null {
  let papersMax = Math.min(request.wishes.papersMax, selectFor(request.digest, request.wishes).items.length);
  while (papersMax > 0) {
    const fitted = { ...request, wishes: { ...request.wishes, papersMax } };
    const parts = digestParts(fitted);
    const html = digestHtml(parts, fitted);
    // Text-only readers get the same papers.
    if (encodedBytes(html) <= HTML_BYTES_MAX) {
      return {
        subject: parts.subject,
        text: digestText(parts, fitted),
        ...(request.wishes.plainText ? {} : { html }),
        papers: parts.papers.length,
        heldBack: parts.heldBack,
      };
    }
    papersMax--;
  }
  return null;
}
