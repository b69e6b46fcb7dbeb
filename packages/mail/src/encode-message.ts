/** A message as the bytes that travel: MIME, headers in order, signed. */
import { createHash } from "node:crypto";
import { createTransport } from "nodemailer";
import { SIGNED_HEADERS } from "./list-headers.ts";
import type { DkimKey, Message } from "./message.ts";

export type EncodedMessage = { bytes: Buffer; envelope: { from: string; to: string } };

export type MessageEncoder = (message: Message) => Promise<EncodedMessage>;

/** Headers whose value must arrive as it is: folded inside, their signature or their address would break. */
const VERBATIM = /^(?:List-|Feedback-ID$|Auto-Submitted$)/i;
/** @source RFC 5322 2.1.1 */
const HEADER_CHARS_MAX = 990;

export function createEncoder(dkim?: DkimKey): MessageEncoder {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  return async (message) => {
    const envelope = { from: message.returnPath ?? message.from.address, to: message.to };
    const { message: bytes } = await composer.sendMail({
      envelope,
      from: message.from,
      to: { name: "", address: message.to },
      ...(message.replyTo === undefined ? {} : { replyTo: message.replyTo }),
      subject: message.subject,
      text: message.text,
      ...(message.html === undefined ? {} : { html: message.html }),
      messageId: message.messageId,
      date: new Date(message.dateMs),
      headers: Object.entries(message.headers).map(([key, value]) => ({ key, value: headerValue(key, value) })),
      // Random by default; one delivery is the same bytes at every attempt.
      baseBoundary: createHash("sha256").update(message.messageId).digest("hex").slice(0, 24),
      disableFileAccess: true,
      disableUrlAccess: true,
      ...(dkim === undefined ? {} : { dkim: signing(dkim) }),
    } as Parameters<typeof composer.sendMail>[0]);
    return { bytes: bytes as Buffer, envelope };
  };
}

/** @throws RangeError  what would begin another header: a bug of ours, for readers' words never get here */
function headerValue(key: string, value: string): string | { prepared: true; value: string } {
  if (!/^[\x20-\x7e]*$/.test(value) || key.length + value.length > HEADER_CHARS_MAX) {
    throw new RangeError(`the header ${key} holds what a header cannot`);
  }
  return VERBATIM.test(key) ? { prepared: true, value } : value;
}

function signing({ domain, selector, privateKey }: DkimKey) {
  return {
    domainName: domain,
    keySelector: selector,
    privateKey,
    headerFieldNames: SIGNED_HEADERS.join(":"),
  };
}
