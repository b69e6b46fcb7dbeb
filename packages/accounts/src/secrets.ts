/** Secrets that people or programs carry: long, random, and kept only as a hash. */
import { createHash, createHmac, randomBytes } from "node:crypto";

/** 256 bits: no list of guesses helps, so a plain hash is enough to keep them by. */
const SECRET_BYTES = 32;

/** Tells our tokens from other services' at a glance, and lets secret scanners find them. */
export const API_TOKEN_PREFIX = "pw_";

export const newSecret = () => randomBytes(SECRET_BYTES).toString("base64url");
export const newApiToken = () => API_TOKEN_PREFIX + newSecret();
/** One secret of two halves that are kept apart: whoever has one half knows nothing of it. */
export const joinSecret = (key: string, salt: string) => createHmac("sha256", key).update(salt).digest("base64url");
export const hashSecret = (secret: string) => createHash("sha256").update(secret).digest("base64url");

const HANDLE_LETTERS = "abcdefghjkmnpqrstuvwxyz23456789";

/** Eight letters and digits that nobody misreads. */
export function randomLetters(): string {
  return [...randomBytes(8)].map((byte) => HANDLE_LETTERS[byte % HANDLE_LETTERS.length]).join("");
}
