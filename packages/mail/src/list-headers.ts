/** The headers by which mailboxes know a digest, and let its reader leave with one click. */

type ListMail = {
  siteName: string;
  /** `papers.example.org`: part of List-Id and Feedback-ID. */
  host: string;
  unsubscribeUrl: string;
  /** `daily`, `weekly`, `monthly`. */
  cadence: string;
  /** `2025-03-28`. */
  digestName: string;
};

/** @source RFC 2369 (List-*), RFC 8058 (one click), RFC 2919 (List-Id), RFC 3834 (Auto-Submitted), Gmail's Feedback-ID */
export function listHeaders({ siteName, host, unsubscribeUrl, cadence, digestName }: ListMail): Record<string, string> {
  const phrase = siteName.replace(/[^A-Za-z0-9 ._-]/g, "").trim();
  return {
    "List-Id": `${phrase === "" ? "" : `"${phrase}" `}<${cadence}.digest.${host}>`,
    "List-Unsubscribe": `<${unsubscribeUrl}>`,
    "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    "Feedback-ID": `${digestName}:${cadence}:digest:${host}`,
    "Auto-Submitted": "auto-generated",
  };
}

/**
 * Every header that a change of could mislead a reader or a mailbox. The library would sign fewer: of its own accord it
 * leaves List-Unsubscribe-Post out, and RFC 8058 wants both.
 */
export const SIGNED_HEADERS = [
  "From",
  "Sender",
  "Reply-To",
  "Subject",
  "Date",
  "Message-ID",
  "To",
  "MIME-Version",
  "Content-Type",
  "Content-Transfer-Encoding",
  "List-Id",
  "List-Unsubscribe",
  "List-Unsubscribe-Post",
  "Feedback-ID",
  "Auto-Submitted",
] as const;

/** `bounces@example.org` and a delivery → `bounces+01J…@example.org`: a report names the delivery it is about. */
export function returnPathOf(bounceAddress: string, deliveryId: string): string {
  const at = bounceAddress.lastIndexOf("@");
  return `${bounceAddress.slice(0, at)}+${deliveryId.toLowerCase()}${bounceAddress.slice(at)}`;
}

/** The delivery that a report's recipient names; null for anything else. */
export function deliveryOfReturnPath(bounceAddress: string, recipient: string): string | null {
  const at = bounceAddress.lastIndexOf("@");
  const [local, domain] = [bounceAddress.slice(0, at).toLowerCase(), bounceAddress.slice(at).toLowerCase()];
  const text = recipient.trim().toLowerCase();
  if (!text.startsWith(`${local}+`) || !text.endsWith(domain)) return null;
  const id = text.slice(local.length + 1, text.length - domain.length);
  return /^[0-9a-z]{26}$/.test(id) ? id.toUpperCase() : null;
}
