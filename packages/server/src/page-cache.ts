/** Finished pages, kept as bytes until the store changes or room is needed. */
import { promisify } from "node:util";
import { brotliCompress, constants, gzip } from "node:zlib";
import type { Bodies } from "./encoding.ts";

export type CachedPage = {
  /** Of the store, when the page was begun. */
  version: string;
  /** Route pattern, for the metrics. */
  route: string;
  headers: Readonly<Record<string, string>>;
  etag: string;
  bodies: Bodies;
};

export type CacheLimits = { entries: number; bytes: number };

/** Pages at addresses without a query: editions, papers, authors. */
export const PAGE_LIMITS: CacheLimits = { entries: 5_000, bytes: 96 * 1024 * 1024 };
/** Addresses with a query can be made up without end, so they get a small room of their own. */
export const QUERY_LIMITS: CacheLimits = { entries: 500, bytes: 16 * 1024 * 1024 };
/** Longer addresses are answered but not kept. */
export const KEY_CHARS_MAX = 500;

/** Smaller bodies are not worth the client's unpacking. */
const COMPRESS_BYTES_MIN = 1_024;
/** Pages waiting to be compressed; beyond it a page stays as it is until it is made again. */
const COMPRESSING_MAX = 16;
/** Measured on a 50-paper edition: level 6 is 2 % larger than 9 and takes a third of the time. */
const BROTLI_QUALITY = 6;
const GZIP_LEVEL = 6;

export class PageCache {
  readonly #limits: CacheLimits;
  /** In the order of use, the least recent first. */
  readonly #pages = new Map<string, CachedPage>();
  #bytes = 0;
  #compressing = 0;

  constructor(limits: CacheLimits) {
    this.#limits = limits;
  }

  get size(): { entries: number; bytes: number } {
    return { entries: this.#pages.size, bytes: this.#bytes };
  }

  /** Only a page of the asked version. */
  find(key: string, version: string): CachedPage | undefined {
    const page = this.#pages.get(key);
    if (page?.version !== version) return undefined;
    this.#pages.delete(key);
    this.#pages.set(key, page);
    return page;
  }

  /** Keeps a page and begins to compress it beside the requests. */
  keep(key: string, page: CachedPage): void {
    if (key.length > KEY_CHARS_MAX) return;
    this.#drop(key);
    this.#pages.set(key, page);
    this.#bytes += sizeOf(page);
    this.#makeRoom();
    if (page.bodies.identity.length < COMPRESS_BYTES_MIN || this.#compressing >= COMPRESSING_MAX) return;
    void this.#compress(key, page);
  }

  async #compress(key: string, page: CachedPage): Promise<void> {
    this.#compressing++;
    try {
      const [br, gz] = await Promise.all([brotli(page.bodies.identity), gzipped(page.bodies.identity)]);
      if (this.#pages.get(key) !== page) return;
      page.bodies.br = br;
      page.bodies.gzip = gz;
      this.#bytes += br.length + gz.length;
      this.#makeRoom();
    } finally {
      this.#compressing--;
    }
  }

  #makeRoom(): void {
    while (this.#pages.size > this.#limits.entries || this.#bytes > this.#limits.bytes) {
      this.#drop(this.#pages.keys().next().value!);
    }
  }

  #drop(key: string): void {
    const page = this.#pages.get(key);
    if (!page) return;
    this.#pages.delete(key);
    this.#bytes -= sizeOf(page);
  }
}

function sizeOf({ bodies }: CachedPage): number {
  return bodies.identity.length + (bodies.br?.length ?? 0) + (bodies.gzip?.length ?? 0);
}

const brotliOf = promisify<Uint8Array, object, Uint8Array>(brotliCompress);
const gzipOf = promisify<Uint8Array, object, Uint8Array>(gzip);
const brotli = (bytes: Uint8Array) =>
  brotliOf(bytes, {
    params: { [constants.BROTLI_PARAM_QUALITY]: BROTLI_QUALITY, [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length },
  });
const gzipped = (bytes: Uint8Array) => gzipOf(bytes, { level: GZIP_LEVEL });
