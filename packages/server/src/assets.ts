/** Style sheet, scripts and icon: read once, served under names that hold their checksum, so they never expire. */
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync, constants, gzipSync } from "node:zlib";
import type { Bodies } from "./encoding.ts";

/** `src/assets` beside us when run from the sources, and from `dist`, too: the compiler copies no style sheets. */
const FOLDER = fileURLToPath(new URL("../src/assets/", import.meta.url));

const TYPES = {
  "site.css": "text/css; charset=utf-8",
  "talk.css": "text/css; charset=utf-8",
  "talk.js": "text/javascript; charset=utf-8",
  "keyboard.js": "text/javascript; charset=utf-8",
  "once.js": "text/javascript; charset=utf-8",
  "order.js": "text/javascript; charset=utf-8",
  "picture.js": "text/javascript; charset=utf-8",
  "passkey.js": "text/javascript; charset=utf-8",
  "vote.js": "text/javascript; charset=utf-8",
  "dials.js": "text/javascript; charset=utf-8",
  "suggest.js": "text/javascript; charset=utf-8",
  "copy.js": "text/javascript; charset=utf-8",
  "icon.svg": "image/svg+xml",
} as const;

export type AssetName = keyof typeof TYPES;
export type Asset = { type: string; bodies: Bodies };

export type Assets = {
  /** The address under which the asset is served now. */
  url(name: AssetName): string;
  /** @param path as `url` gave it */
  find(path: string): Asset | undefined;
};

export function loadAssets(): Assets {
  const urls = new Map<AssetName, string>();
  const byPath = new Map<string, Asset>();
  for (const name of Object.keys(TYPES) as AssetName[]) {
    const bytes = readFileSync(join(FOLDER, name));
    const checksum = createHash("sha256").update(bytes).digest("hex").slice(0, 10);
    const path = `/assets/${name.replace(".", `.${checksum}.`)}`;
    urls.set(name, path);
    byPath.set(path, {
      type: TYPES[name],
      bodies: { identity: bytes, br: brotli(bytes), gzip: gzipSync(bytes, { level: 9 }) },
    });
  }
  return { url: (name) => urls.get(name)!, find: (path) => byPath.get(path) };
}

function brotli(bytes: Uint8Array): Uint8Array {
  return brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } });
}
