/** Ids in the form clients expect, 24 hex digits, made from our own: the same thing always gets the same id. */
import { hash } from "node:crypto";

export type ObjectKind = "author" | "user" | "organization" | "discussion";

const HEX_DIGITS = 24;

/** @param name what tells this thing from others of its kind */
export function objectId(kind: ObjectKind, name: string): string {
  return hash("sha256", `${kind}:${name}`, "hex").slice(0, HEX_DIGITS);
}
