/** Reads a session's cookie: the token, if the signature is ours. */
import { createHmac, timingSafeEqual } from "node:crypto";

/** No cookie of ours is longer. */
const VALUE_CHARS_MAX = 400;

/**
 * @param header of `Cookie`
 * @returns null where there is none, or it was altered
 * @source better-call 1.4, crypto: `<token>.<base64 of HMAC-SHA-256>`, percent-encoded
 */
export function readSessionToken(header: string, cookieName: string, secret: string): string | null {
  const value = header
    .split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${cookieName}=`))
    ?.slice(cookieName.length + 1);
  if (value === undefined || value.length > VALUE_CHARS_MAX) return null;
  const signed = decoded(value);
  const dot = signed.lastIndexOf(".");
  if (dot < 1) return null;
  const token = signed.slice(0, dot);
  const expected = createHmac("sha256", secret).update(token).digest();
  const given = Buffer.from(signed.slice(dot + 1), "base64");
  return given.length === expected.length && timingSafeEqual(given, expected) ? token : null;
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return "";
  }
}
