/** A signature over a body and a time, for what comes in by webhook and for what goes out: the same form either way. */
import { createHmac, timingSafeEqual } from "node:crypto";

export const SIGNATURE_HEADER = "Paperwire-Signature";
/** A request that was caught and sent again later than this is refused. */
export const SIGNATURE_AGE_MS = 5 * 60_000;

/** `t=1743163200,v1=…`: HMAC-SHA256, hexadecimal, over the seconds, a point, and the body as it is sent. */
export function signBody(secret: string, { body, timeMs }: { body: string; timeMs: number }): string {
  const seconds = Math.floor(timeMs / 1000);
  return `t=${seconds},v1=${hmacHex(secret, `${seconds}.${body}`)}`;
}

export function isSignedBody(
  secret: string,
  { body, header, nowMs }: { body: string; header: string; nowMs: number },
): boolean {
  const [, seconds, given] = /^t=(\d{1,12}),v1=([0-9a-f]{64})$/.exec(header) ?? [];
  if (seconds === undefined || given === undefined) return false;
  if (Math.abs(nowMs - Number(seconds) * 1000) > SIGNATURE_AGE_MS) return false;
  return sameText(hmacHex(secret, `${seconds}.${body}`), given);
}

export function hmacHex(secret: string, text: string): string {
  return createHmac("sha256", secret).update(text).digest("hex");
}

/** In a time that tells nothing of either. */
export function sameText(one: string, other: string): boolean {
  const [a, b] = [one, other].map((text) => createHmac("sha256", "compared").update(text).digest());
  return timingSafeEqual(a!, b!);
}
