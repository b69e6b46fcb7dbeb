/** The search part stays small enough for a page: one file, minified and compressed. */
import { fileURLToPath } from "node:url";
import { gzipSync } from "node:zlib";
import { rolldown } from "rolldown";
import { expect, it } from "vitest";

const COMPRESSED_MAX = 40_000;

it("fits into 40 kB with gzip, and needs nothing else", async () => {
  const bundle = await rolldown({ input: fileURLToPath(new URL("index.ts", import.meta.url)) });
  const { output } = await bundle.generate({ format: "esm", minify: true });
  expect(output).toHaveLength(1);
  expect(output[0].code).not.toMatch(/\bfrom\s*"|\bimport\s*\(/);
  expect(gzipSync(output[0].code, { level: 9 }).length).toBeLessThan(COMPRESSED_MAX);
});
