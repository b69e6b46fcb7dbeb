/** A message as the bytes that travel: MIME, headers in order, signed. */
import { createTransport } from "nodemailer";
import { bodyHashOf, createDkimSigner, type DkimSigner, relaxedBody } from "./dkim.ts";
import type { DkimKey, Message, SharedText } from "./message.ts";
import { boundarySeed, fill, fits, type SharedBody, toSharedBody } from "./shared-body.ts";

export type EncodedMessage = { bytes: Buffer; envelope: { from: string; to: string } };

export type MessageEncoder = (message: Message) => Promise<EncodedMessage>;

/** Headers whose value must arrive as it is: folded inside, their signature or their address would break. */
const VERBATIM = /^(?:List-|Feedback-ID$|Auto-Submitted$)/i;
/** @source RFC 5322 2.1.1 */
const HEADER_CHARS_MAX = 990;
/** Addresses that a header shows as they are, on one line. */
const PLAIN_ADDRESS = /^[A-Za-z0-9.!#$%&'*+/?^_`{|}~-]{1,64}@[a-z0-9.-]+$/;
const PLAIN_ADDRESS_CHARS = 70;

export function createEncoder(dkim?: DkimKey): MessageEncoder {
  const compose = createComposer();
  const signer = dkim && createDkimSigner(dkim);
  /** Lives as long as the text that many messages share. */
  const known = new WeakMap<SharedText, Promise<SharedBody>>();
  const sharedBody = (message: Message, text: SharedText): Promise<SharedBody> => {
    let body = known.get(text);
    if (!body) {
      const { html: _own, ...rest } = message;
      const html = text.html === undefined ? {} : { html: text.html };
      const unfilled = { ...rest, text: text.text, ...html };
      body = compose(unfilled, boundarySeed(text.text)).then((bytes) => toSharedBody(bytes, text.marks));
      known.set(text, body);
    }
    return body;
  };
  return async (message) => {
    const envelope = { from: message.returnPath ?? message.from.address, to: message.to };
    const { shared } = message;
    const usesShared = shared !== undefined && fits(shared.text, shared.words) && isPlain(message.to);
    const bytes = usesShared
      ? await fillShared(await sharedBody(message, shared.text), { message, words: shared.words, signer })
      : await encodeAlone(await compose(message, boundarySeed(message.messageId)), { message, signer });
    return { bytes, envelope };
  };
}

function isPlain(address: string): boolean {
  return address.length <= PLAIN_ADDRESS_CHARS && PLAIN_ADDRESS.test(address);
}

type Compose = (message: Message, boundary: string) => Promise<Buffer>;

function createComposer(): Compose {
  const composer = createTransport({ streamTransport: true, buffer: true, newline: "windows" });
  return async (message, baseBoundary) => {
    const { message: bytes } = await composer.sendMail({
      envelope: { from: message.from.address, to: message.to },
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
      baseBoundary,
      textEncoding: "quoted-printable",
      disableFileAccess: true,
      disableUrlAccess: true,
    } as Parameters<typeof composer.sendMail>[0]);
    return bytes as Buffer;
  };
}

/** @throws RangeError  what would begin another header: a bug of ours, for readers' words never get here */
function headerValue(key: string, value: string): string | { prepared: true; value: string } {
  if (!/^[\x20-\x7e]*$/.test(value) || key.length + value.length > HEADER_CHARS_MAX) {
    throw new RangeError(`the header ${key} holds what a header cannot`);
  }
  return VERBATIM.test(key) ? { prepared: true, value } : value;
}

type Signing = { message: Message; signer: DkimSigner | undefined };

async function encodeAlone(bytes: Buffer, { message, signer }: Signing): Promise<Buffer> {
  if (!signer) return bytes;
  const text = bytes.toString("latin1");
  const end = text.indexOf("\r\n\r\n") + 2;
  const bodyHash = bodyHashOf([Buffer.from(relaxedBody(text.slice(end + 2)), "latin1")]);
  const signature = await signer({ head: text.slice(0, end), bodyHash, timeMs: message.dateMs });
  return Buffer.concat([Buffer.from(signature, "latin1"), bytes]);
}

async function fillShared(
  { head: sharedHead, body, canonical }: SharedBody,
  { message, words, signer }: Signing & { words: readonly string[] },
): Promise<Buffer> {
  const head = ownHead(sharedHead, message);
  const signature = signer
    ? await signer({ head, bodyHash: bodyHashOf(fill(canonical, words)), timeMs: message.dateMs })
    : "";
  return Buffer.concat([Buffer.from(`${signature}${head}\r\n`, "latin1"), ...fill(body, words)]);
}

/** The lines that differ between the messages that share a body; the others say the same for all. */
function ownHead(head: string, message: Message): string {
  const own: Record<string, string> = {
    to: message.to,
    "message-id": message.messageId,
    date: new Date(message.dateMs).toUTCString().replace("GMT", "+0000"),
  };
  for (const [key, value] of Object.entries(message.headers)) {
    if (VERBATIM.test(key)) headerValue(key, value);
    if (VERBATIM.test(key)) own[key.toLowerCase()] = value;
  }
  return head
    .split(/(?<=\r\n)(?![ \t])/)
    .map((line) => {
      const name = line.slice(0, line.indexOf(":"));
      const value = own[name.toLowerCase()];
      return value === undefined ? line : `${name}: ${value}\r\n`;
    })
    .join("");
}
