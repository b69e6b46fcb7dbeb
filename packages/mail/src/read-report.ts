/** Reads what comes back to the return path: a delivery report (RFC 3464) or a complaint (ARF, RFC 5965); the rest is ignored. */
import { deliveryOfReturnPath } from "./list-headers.ts";

export type MailReport = {
  /** Which delivery it is about; null where the report does not say. */
  deliveryId: string | null;
  /** `hard`: the address is no good, for ever. `soft`: this mail did not arrive. */
  kind: "hard" | "soft" | "complaint";
  /** The other server's words, one line. */
  reason: string;
};

/** Longer reports carry the whole mail back; what we look for stands before that. */
const REPORT_BYTES_MAX = 1_000_000;
const PARTS_MAX = 20;
const REASON_CHARS = 300;

type Part = { headers: Map<string, string>; body: string };

/** @returns null for whatever is no report of a failure: answers, out of office, delays, successes */
export function readMailReport(bytes: Uint8Array, bounceAddress?: string): MailReport | null {
  const mail = readPart(Buffer.from(bytes.subarray(0, REPORT_BYTES_MAX)).toString("latin1").replace(/\r\n?/g, "\n"));
  const boundary = /boundary="?([^";\n]{1,200})"?/i.exec(mail.headers.get("content-type") ?? "")?.[1]?.trim();
  if (boundary === undefined || !/multipart\/report/i.test(mail.headers.get("content-type") ?? "")) return null;
  const parts = mail.body
    .split(`\n--${boundary}`)
    .slice(1, PARTS_MAX + 1)
    .map((text) => readPart(text.replace(/^[^\n]*\n/, "")));
  const deliveryId = findDelivery(mail, parts, bounceAddress);
  const complaint = parts.find((part) => isOf(part, "message/feedback-report"));
  if (complaint) return readComplaint(complaint, deliveryId);
  const status = parts.find((part) => isOf(part, "message/(?:global-)?delivery-status"));
  return status ? readStatus(status, deliveryId) : null;
}

/**
 * Whether a server's words mean that the address itself is no good. Everything else, also what is unknown, may pass:
 * full mailboxes, policies, a reputation that is ours to mend.
 * @param words  holding an enhanced status code, such as `550 5.1.1 no such user`
 * @source RFC 3463: 5.1.x addressing, 5.2.1 mailbox disabled; 5.1.8 and 5.1.7 are about the sender
 */
export function isHardRefusal(words: string): boolean {
  return /\b5\.(?:1\.(?:0|1|2|3|6|9|10)|2\.1)\b/.test(words);
}

function readPart(text: string): Part {
  const end = text.indexOf("\n\n");
  const head = end === -1 ? text : text.slice(0, end);
  return { headers: readFields(head), body: end === -1 ? "" : text.slice(end + 1) };
}

/** Names in lower case; a folded line belongs to the one before it. The first of several counts. */
function readFields(text: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const line of text.replace(/\n[ \t]+/g, " ").split("\n")) {
    const colon = line.indexOf(":");
    const name = line.slice(0, Math.max(colon, 0)).trim().toLowerCase();
    if (name !== "" && !fields.has(name)) fields.set(name, line.slice(colon + 1).trim());
  }
  return fields;
}

function isOf({ headers }: Part, type: string): boolean {
  return new RegExp(`^${type}\\b`, "i").test(headers.get("content-type") ?? "");
}

/** The address it came to names the delivery; so does the mail that is sent back with it. */
function findDelivery({ headers }: Part, parts: readonly Part[], bounceAddress?: string): string | null {
  if (bounceAddress !== undefined) {
    for (const address of ["delivered-to", "x-original-to", "to"].flatMap(
      (name) => headers.get(name)?.split(",") ?? [],
    )) {
      const found = deliveryOfReturnPath(bounceAddress, address.replace(/^.*<|>.*$/g, ""));
      if (found) return found;
    }
  }
  const returned = parts.find((part) => isOf(part, "(?:message/rfc822|text/rfc822-headers|message/global)"));
  return mailIdOf(/^Message-ID:\s*(<[^>\s]{1,200}>)/im.exec(returned?.body ?? "")?.[1] ?? "");
}

/** The delivery (`d.`) or the letter (`p.`) that a Message-ID of ours names, with or without its brackets. */
export function mailIdOf(messageId: string): string | null {
  return /^<?[dp]\.([0-9A-HJKMNP-TV-Z]{26})@/.exec(messageId.trim())?.[1] ?? null;
}

function readComplaint(part: Part, deliveryId: string | null): MailReport | null {
  const type = readFields(part.body.trim()).get("feedback-type") ?? "";
  // `not-spam` and the like are no complaints.
  return /^(?:abuse|fraud|virus|opt-out)/i.test(type)
    ? { deliveryId, kind: "complaint", reason: `complaint: ${oneLine(type)}` }
    : null;
}

/** The first block is about the message, each further one about a recipient; a digest has one. */
function readStatus(part: Part, deliveryId: string | null): MailReport | null {
  const blocks = part.body
    .trim()
    .split(/\n\s*\n/)
    .map(readFields);
  const failed = blocks.find((block) => /^failed/i.test(block.get("action") ?? ""));
  if (!failed) return null;
  const status = failed.get("status") ?? "";
  const words = (failed.get("diagnostic-code") ?? "").replace(/^smtp;\s*/i, "");
  const kind = isHardRefusal(status) ? "hard" : "soft";
  return { deliveryId, kind, reason: oneLine(`${status} ${words}`) };
}

function oneLine(text: string): string {
  return text
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, REASON_CHARS);
}
