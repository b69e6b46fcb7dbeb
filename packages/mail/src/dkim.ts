/**
 * Signs a message (DKIM, rsa-sha256, relaxed/relaxed). The library that writes our messages could do it, too, but only on
 * the main thread and anew from the first byte of each body; here the key's arithmetic runs beside, and what many messages
 * share is prepared once. Two independent verifiers check it in the tests.
 */
import { createHash, createPrivateKey, sign } from "node:crypto";
import { SIGNED_HEADERS } from "./list-headers.ts";
import type { DkimKey } from "./message.ts";

/** @param head  all header lines, CRLF at the end of each. @param bodyHash  as `bodyHashOf` gives it */
export type DkimSigner = (signed: { head: string; bodyHash: string; timeMs: number }) => Promise<string>;

export function createDkimSigner({ domain, selector, privateKey }: DkimKey): DkimSigner {
  const key = createPrivateKey(privateKey);
  return async ({ head, bodyHash, timeMs }) => {
    const fields = fieldsOf(head);
    const names = SIGNED_HEADERS.map((name) => name.toLowerCase()).filter((name) => fields.has(name));
    const tags = [
      `v=1; a=rsa-sha256; c=relaxed/relaxed; d=${domain}; s=${selector}; t=${Math.floor(timeMs / 1000)};`,
      ` h=${foldNames(names)};`,
      ` bh=${bodyHash};`,
      " b=",
    ].join("\r\n");
    const canonical = names.map((name) => `${name}:${fields.get(name)}\r\n`).join("");
    const own = `dkim-signature:${relaxed(tags)}`;
    const signature = await signAside(key, Buffer.from(canonical + own, "latin1"));
    return `DKIM-Signature: ${tags}${fold(signature)}\r\n`;
  };
}

function signAside(key: ReturnType<typeof createPrivateKey>, data: Buffer): Promise<string> {
  return new Promise((resolve, reject) => {
    sign("sha256", data, key, (error, signature) => {
      if (error) reject(error);
      else resolve(signature.toString("base64"));
    });
  });
}

/** By name in lower case, values as they are signed. Our messages have every signed header once. */
function fieldsOf(head: string): Map<string, string> {
  const fields = new Map<string, string>();
  for (const field of head.split(/\r\n(?![ \t])/)) {
    const colon = field.indexOf(":");
    if (colon > 0) fields.set(field.slice(0, colon).toLowerCase(), relaxed(field.slice(colon + 1)));
  }
  return fields;
}

/** @source RFC 6376 3.4.2 */
function relaxed(value: string): string {
  return value
    .replace(/\r\n/g, "")
    .replace(/[ \t]+/g, " ")
    .trim();
}

/** @source RFC 6376 3.4.4. @param body  CRLF at the end of each line */
export function relaxedBody(body: string): string {
  const lines = body.replace(/[ \t]+(?=\r\n|$)/g, "").replace(/[ \t]+/g, " ");
  const content = lines.replace(/(?:\r\n)+$/, "");
  return content === "" ? "" : `${content}\r\n`;
}

/** @param canonical  as `relaxedBody` gives it, in pieces */
export function bodyHashOf(canonical: readonly Buffer[]): string {
  const hash = createHash("sha256");
  for (const piece of canonical) hash.update(piece);
  return hash.digest("base64");
}

const LINE_CHARS = 72;

function foldNames(names: readonly string[]): string {
  const lines: string[] = [];
  for (const name of names) {
    const last = lines.at(-1);
    if (last !== undefined && last.length + name.length + 2 <= LINE_CHARS) lines[lines.length - 1] = `${last}:${name}`;
    else lines.push(name);
  }
  return lines.join(":\r\n  ");
}

function fold(base64: string): string {
  return base64.match(new RegExp(`.{1,${LINE_CHARS}}`, "g"))!.join("\r\n ");
}
