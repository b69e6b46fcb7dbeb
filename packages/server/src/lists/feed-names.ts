/** The ids of feeds and entries: the same for ever, whatever address the site is moved to. */
import { createHash, randomUUID } from "node:crypto";
import type { Store } from "@paperwire/store";

export type FeedNames = {
  /** When this site began to have feeds: the date of a feed without entries. */
  startedMs: number;
  /** `urn:uuid:…`, the same for the same thing. */
  of(kind: "paper" | "list" | "comment", name: string): string;
};

const SETTING = "feed-names";
const known = new WeakMap<object, Promise<FeedNames>>();

/** Read once per store: the name space is made at the first feed and never changes. */
export function feedNamesOf(store: Pick<Store, "settings">): Promise<FeedNames> {
  let names = known.get(store);
  if (!names) {
    names = readNames(store);
    known.set(store, names);
    names.catch(() => known.delete(store));
  }
  return names;
}

async function readNames({ settings }: Pick<Store, "settings">): Promise<FeedNames> {
  const kept = await settings.keep(SETTING, () => `${randomUUID()} ${new Date().toISOString()}`);
  const [space = "", started = ""] = kept.split(" ");
  return createFeedNames(space, Date.parse(started));
}

/** @param space a UUID. @source RFC 9562, 5.5: UUID version 5 */
export function createFeedNames(space: string, startedMs: number): FeedNames {
  const spaceBytes = Buffer.from(space.replaceAll("-", ""), "hex");
  return {
    startedMs,
    of: (kind, name) => {
      const bytes = createHash("sha1").update(spaceBytes).update(`${kind} ${name}`).digest().subarray(0, 16);
      bytes[6] = (bytes[6]! & 0x0f) | 0x50;
      bytes[8] = (bytes[8]! & 0x3f) | 0x80;
      const hex = bytes.toString("hex");
      return `urn:uuid:${hex.slice(0, 8)}-${hex.slice(8, 12)}-${hex.slice(12, 16)}-${hex.slice(16, 20)}-${hex.slice(20)}`;
    },
  };
}
