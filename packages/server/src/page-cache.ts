/** Finished pages, kept as bytes until the store changes or room is needed. */
import type { Bodies } from "./encoding.ts";
import type { ShownPapers } from "./looks/count-looks.ts";
import { packFor } from "./pack-body.ts";

export type CachedPage = {
  /** Of the store, when the page was begun. */
  version: string;
  /** Route pattern, for the metrics. */
  route: string;
  headers: Readonly<Record<string, string>>;
  /** For whoever has it already: what may differ from what they have. By default all headers but the type. */
  headersOf304?: Readonly<Record<string, string>>;
  /** The papers it shows, for whoever counts looks; absent where it shows none as a list. */
  shown?: ShownPapers;
  etag: string;
  bodies: Bodies;
};

export type CacheLimits = { entries: number; bytes: number };

/** Pages at addresses without a query: editions, papers, authors. */
export const PAGE_LIMITS: CacheLimits = { entries: 5_000, bytes: 48 * 1024 * 1024 };
/** Addresses with a query can be made up without end, so they get a small room of their own. */
export const QUERY_LIMITS: CacheLimits = { entries: 500, bytes: 12 * 1024 * 1024 };
/** Longer addresses are answered but not kept. */
export const KEY_CHARS_MAX = 500;

export class PageCache {
  readonly #limits: CacheLimits;
  /** In the order of use, the least recent first. */
  readonly #pages = new Map<string, CachedPage>();
  #bytes = 0;

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

  /** What is kept under a key, of whatever version; it is not counted as used. */
  peek(key: string): CachedPage | undefined {
    return this.#pages.get(key);
  }

  keep(key: string, page: CachedPage): void {
    if (key.length > KEY_CHARS_MAX) return;
    this.#drop(key);
    this.#pages.set(key, page);
    this.#bytes += sizeOf(page);
    this.#makeRoom();
  }

  /** Makes the form of a page that a client asks for; a kept page keeps it, too. */
  async pack(key: string, page: CachedPage, accepted: string | null | undefined): Promise<void> {
    const added = await packFor(page.bodies, accepted);
    if (added === 0 || this.#pages.get(key) !== page) return;
    this.#bytes += added;
    this.#makeRoom();
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
