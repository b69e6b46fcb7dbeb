import { brotliDecompressSync, gunzipSync } from "node:zlib";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { type CachedPage, KEY_CHARS_MAX, PageCache } from "./page-cache.ts";

const page = (version: string, bytes: number): CachedPage => ({
  version,
  route: "/",
  headers: {},
  etag: "",
  bodies: { identity: new Uint8Array(bytes) },
});

describe("the page cache", () => {
  it("finds a page of the asked version only", () => {
    const cache = new PageCache({ entries: 3, bytes: 100 });
    cache.keep("a", page("1", 10));
    expect(cache.find("a", "1")).toBeDefined();
    expect(cache.find("a", "2")).toBeUndefined();
  });

  it("keeps within both limits and forgets what was not used for longest, like a plain list does", () => {
    const limits = { entries: 4, bytes: 100 };
    const actions = fc.array(
      fc.record({ key: fc.constantFrom(..."abcdef"), bytes: fc.option(fc.integer({ min: 0, max: 60 })) }),
    );
    fc.assert(
      fc.property(actions, (steps) => {
        const cache = new PageCache(limits);
        let list: { key: string; bytes: number }[] = [];
        for (const { key, bytes } of steps) {
          const known = list.find((item) => item.key === key);
          if (bytes === null) {
            expect(cache.find(key, "1") !== undefined).toBe(known !== undefined);
            if (known) list = [...list.filter((item) => item !== known), known];
          } else {
            cache.keep(key, page("1", bytes));
            list = [...list.filter((item) => item.key !== key), { key, bytes }];
            while (list.length > limits.entries || list.reduce((sum, item) => sum + item.bytes, 0) > limits.bytes)
              list.shift();
          }
          expect(cache.size).toEqual({ entries: list.length, bytes: list.reduce((sum, item) => sum + item.bytes, 0) });
        }
      }),
    );
  });

  it("makes the form that a client asks for, keeps it, and counts it", async () => {
    const cache = new PageCache({ entries: 3, bytes: 100_000 });
    const large = page("1", 20_000);
    cache.keep("a", large);
    await cache.pack("a", large, "gzip, br");
    expect(Object.keys(large.bodies)).toEqual(["identity", "br"]);
    await cache.pack("a", large, "gzip, br;q=0");
    expect(brotliDecompressSync(large.bodies.br!)).toEqual(Buffer.from(large.bodies.identity));
    expect(gunzipSync(large.bodies.gzip!)).toEqual(Buffer.from(large.bodies.identity));
    expect(cache.size.bytes).toBe(20_000 + large.bodies.br!.length + large.bodies.gzip!.length);
    const small = page("1", 100);
    await cache.pack("b", small, "br");
    expect(Object.keys(small.bodies)).toEqual(["identity"]);
  });

  it("does not keep what was asked for by an endless address", () => {
    const cache = new PageCache({ entries: 3, bytes: 100 });
    cache.keep("x".repeat(KEY_CHARS_MAX + 1), page("1", 10));
    expect(cache.size.entries).toBe(0);
  });
});
