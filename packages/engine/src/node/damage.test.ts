/** Whatever byte of the folder flips or file is missing: the index says so, or answers as before; never anything else. */
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { openIndex } from "./index.ts";
import { batchOf, KILL_SCHEMA, survivors } from "./testdata/kill-batches.mjs";

const BATCHES = 4;

it("notices flipped, cut and missing files and opens at a whole state", { timeout: 120_000 }, async () => {
  const base = await mkdtemp(join(tmpdir(), "paperwire-damage-"));
  const original = join(base, "original");
  const index = await openIndex({ folder: original, schema: KILL_SCHEMA });
  for (let revision = 1; revision <= BATCHES; revision += 1) await index.apply(batchOf(revision));
  await index.close();
  let seed = 3;
  const random = (below: number): number => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed % below;
  };
  const names = await readdir(original);
  for (const name of names) {
    for (const harm of ["flip", "cut", "remove"] as const) {
      const folder = join(base, `${name}-${harm}`);
      await cp(original, folder, { recursive: true });
      const bytes = await readFile(join(folder, name));
      if (harm === "flip") {
        bytes[random(bytes.length)] ^= 1 << random(8);
        await writeFile(join(folder, name), bytes);
      } else if (harm === "cut") await truncate(join(folder, name), random(bytes.length));
      else await rm(join(folder, name));
      const harmed = await openIndex({ folder, schema: KILL_SCHEMA });
      const expected = survivors(harmed.revision);
      expect(`${name} ${harm}: ${harmed.size}`).toBe(`${name} ${harm}: ${expected.size}`);
      for (const [id, word] of expected) expect(harmed.search(`+${word}`).hits.map((hit) => hit.id)).toEqual([id]);
      if (harmed.revision < BATCHES) expect(harmed.damaged).not.toBeNull();
      await harmed.apply(batchOf(harmed.revision + 1));
      expect(harmed.size).toBe(survivors(harmed.revision).size);
      await harmed.close();
    }
  }
  await rm(base, { recursive: true, force: true });
});
