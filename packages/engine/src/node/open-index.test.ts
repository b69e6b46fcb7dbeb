/** The index on disk: what was acknowledged is there after a restart, also when bytes were damaged. */
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, it } from "vitest";
import type { Schema } from "../index.ts";
import { allocatePlain } from "../segment/bytes.ts";
import { readChecked, writeChecked } from "./checked-file.ts";
import { openIndex } from "./index.ts";

const schema: Schema = { fields: { title: { weight: 2 }, abstract: { weight: 1 } } };
const document = (id: string, title: string) => ({ id, fields: { title } });
const folders: string[] = [];

async function freshFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "paperwire-index-"));
  folders.push(folder);
  return folder;
}

afterEach(async () => {
  for (const folder of folders.splice(0)) await rm(folder, { recursive: true, force: true });
});

it("keeps documents and revision over a restart", async () => {
  const folder = await freshFolder();
  const first = await openIndex({ folder, schema });
  expect(first.revision).toBe(0);
  await first.apply({
    upserts: [document("a", "sparse retrieval"), document("b", "dense retrieval")],
    removals: [],
    revision: 3,
  });
  await first.apply({ upserts: [], removals: ["b"], revision: 4 });
  await first.close();
  const second = await openIndex({ folder, schema });
  expect([second.revision, second.size, second.damaged]).toEqual([4, 1, null]);
  expect(second.search("retrieval").hits.map((hit) => hit.id)).toEqual(["a"]);
  await second.close();
});

it("works without a folder", async () => {
  const index = await openIndex({ folder: null, schema });
  await index.apply({ upserts: [document("a", "sparse retrieval")], removals: [], revision: 1 });
  expect(index.search("sparse").hits).toHaveLength(1);
  await index.close();
});

it("notices changed bytes and says from which revision to feed again", async () => {
  const folder = await freshFolder();
  const first = await openIndex({ folder, schema });
  await first.apply({ upserts: [document("a", "sparse retrieval")], removals: [], revision: 1 });
  await first.apply({ upserts: [document("b", "dense retrieval")], removals: [], revision: 2 });
  await first.close();
  for (const name of await readdir(folder)) {
    const bytes = await readFile(join(folder, name));
    if (bytes.length === 0) continue;
    bytes[bytes.length - 20] ^= 1;
    await writeFile(join(folder, name), bytes);
  }
  const second = await openIndex({ folder, schema });
  expect(second.damaged).not.toBeNull();
  expect(second.revision).toBeLessThan(2);
  await second.close();
});

it("does not read an index of an older format, and is fed again", async () => {
  const folder = await freshFolder();
  const first = await openIndex({ folder, schema });
  await first.apply({ upserts: [document("a", "sparse retrieval")], removals: [], revision: 1 });
  await first.apply({ upserts: [document("b", "dense retrieval")], removals: [], revision: 2 });
  await first.close();
  for (const name of (await readdir(folder)).filter((name) => name.startsWith("manifest"))) {
    const manifest = JSON.parse(new TextDecoder().decode(readChecked(join(folder, name), allocatePlain)));
    const older = JSON.stringify({ ...manifest, format: manifest.format - 1 });
    writeChecked(join(folder, name), new TextEncoder().encode(older));
  }
  const second = await openIndex({ folder, schema });
  expect([second.size, second.revision]).toEqual([0, 0]);
  expect(second.damaged).toMatch(/another format/);
  await second.apply({ upserts: [document("a", "sparse retrieval")], removals: [], revision: 2 });
  await second.close();
  const third = await openIndex({ folder, schema });
  expect([third.size, third.revision, third.search("sparse").hits.length]).toEqual([1, 2, 1]);
  await third.close();
});

it("refuses to write over what another has written to the same folder", async () => {
  const folder = await freshFolder();
  const first = await openIndex({ folder, schema });
  await first.apply({ upserts: [document("a", "alpha")], removals: [], revision: 1 });
  const second = await openIndex({ folder, schema });
  await second.apply({ upserts: [document("b", "beta")], removals: [], revision: 2 });
  const refused = first.apply({ upserts: [document("c", "gamma")], removals: ["a"], revision: 3 });
  await expect(refused).rejects.toThrow(/another process has written to the folder/);
  expect([first.size, first.revision, first.search("alpha").total]).toEqual([1, 1, 1]);
  await second.apply({ upserts: [document("d", "delta")], removals: [], revision: 4 });
  await first.close();
  await second.close();
  const third = await openIndex({ folder, schema });
  expect([third.size, third.revision, third.damaged]).toEqual([3, 4, null]);
  await third.close();
});

it("wants to be told where it lies", async () => {
  const nowhere = { schema } as unknown as Parameters<typeof openIndex>[0];
  await expect(openIndex(nowhere)).rejects.toThrow('engine: "folder" is a path, or null for an index in memory only');
});

it("goes on where a merge could not be saved: the batches are on disk without it", async () => {
  const folder = await freshFolder();
  const first = await openIndex({ folder, schema });
  const batch = (name: string) => Array.from({ length: 5_000 }, (_, at) => document(`${name}${at}`, `${name} ${at}`));
  await first.apply({ upserts: batch("a"), removals: [], revision: 1 });
  await first.apply({ upserts: batch("b"), removals: [], revision: 2 });
  // While the writing thread merges both, the folder becomes another's.
  const manifest = join(folder, "manifest-0.json");
  const theirs = JSON.parse(new TextDecoder().decode(readChecked(manifest, allocatePlain)));
  writeChecked(manifest, new TextEncoder().encode(JSON.stringify({ ...theirs, generation: 1_000 })));
  for (const revision of [4, 5]) {
    const refused = first.apply({ upserts: batch("d"), removals: [], revision });
    await expect(refused).rejects.toThrow("engine: the batch was refused: another process has written");
  }
  expect(first.size).toBe(10_000);
  await first.close();
});

it("leaves nothing behind of a file that could not be written", async () => {
  const folder = await freshFolder();
  await mkdir(join(folder, "taken"));
  expect(() => writeChecked(join(folder, "taken"), new Uint8Array(3))).toThrow();
  expect(await readdir(folder)).toEqual(["taken"]);
});
