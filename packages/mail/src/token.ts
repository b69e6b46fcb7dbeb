/** Links that act for a subscriber without an account: signed, for one purpose, until a day. */
import { createHmac, timingSafeEqual } from "node:crypto";

/** `quiet`: no more mails about what happens, for an account. */
export type TokenPurpose = "confirm" | "manage" | "unsubscribe" | "quiet";

export type Tokens = {
  /** @param subject letters, digits, `-` and `_`, at most 64 */
  sign(token: { purpose: TokenPurpose; subject: string; expiresMs: number }): string;
  /** The subject; null for anything altered, expired, or made for another purpose. */
  read(purpose: TokenPurpose, text: string, nowMs: number): string | null;
  /** 43 letters that only this instance can make for a subject, always the same: an address that holds until it is revoked. */
  secretOf(subject: string): string;
};

/** 96 bits: forging one takes 2^95 requests, and the link stays short enough for one line of a header. */
const MAC_BYTES = 12;
const KEY_BYTES_MIN = 32;
const SHAPE = /^([A-Za-z0-9_-]{1,64})\.([0-9a-z]{1,9})\.([A-Za-z0-9_-]{16})$/;

/** @param key at least 32 random bytes, kept with the instance: who has it can leave and manage for everybody */
export function createTokens(key: Uint8Array): Tokens {
  if (key.length < KEY_BYTES_MIN) throw new RangeError(`a key of ${KEY_BYTES_MIN} bytes is needed`);
  const macOf = (purpose: TokenPurpose, subject: string, expires: string) =>
    createHmac("sha256", key).update(`${purpose}.${subject}.${expires}`).digest().subarray(0, MAC_BYTES);
  return {
    sign: ({ purpose, subject, expiresMs }) => {
      const expires = Math.ceil(expiresMs / 1000).toString(36);
      return `${subject}.${expires}.${macOf(purpose, subject, expires).toString("base64url")}`;
    },
    read: (purpose, text, nowMs) => {
      const [, subject, expires, mac] = SHAPE.exec(text) ?? [];
      if (subject === undefined || expires === undefined || mac === undefined) return null;
      if (!timingSafeEqual(macOf(purpose, subject, expires), Buffer.from(mac, "base64url"))) return null;
      return Number.parseInt(expires, 36) * 1000 > nowMs ? subject : null;
    },
    secretOf: (subject) => createHmac("sha256", key).update(`secret ${subject}`).digest("base64url"),
  };
}
