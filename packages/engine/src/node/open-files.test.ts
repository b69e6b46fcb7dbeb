/** Segments opened in threads are those opened here, and a damaged one does not take the others with it. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, it } from "vitest";
import { DamagedIndexError } from "../errors.ts";
import { allocatePlain } from "../segment/bytes.ts";
import { layoutOf } from "../segment/layout.ts";
import { SegmentBuilder } from "../segment/segment-builder.ts";
import { unpackImpacts } from "../segment/unpack-impacts.ts";
import { writeSegmentFile } from "./index-store.ts";
import { type OpenedFile, openSegmentFiles } from "./open-files.ts";

const layout = layoutOf({ fields: { title: { weight: 2 }, abstract: { weight: 1 } }, facets: { topics: "keyword" } });
const folder = mkdtempSync(join(tmpdir(), "paperwire-open-files-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A segment of some papers with a word of its own. */
function writeSegment(key: number): string {
  const builder = new SegmentBuilder(layout);
  for (let paper = 0; paper <= key * 40; paper += 1) {
    const fields = { title: `paper ${paper} zo${"abcdefg"[key]}`, abstract: `words ${"of it ".repeat(paper % 7)}` };
    builder.add({ id: `${key}-${paper}`, fields, facets: { topics: [`t${paper % 3}`] } });
  }
  return writeSegmentFile(folder, key, builder.finish(allocatePlain).bytes);
}

/** Whatever was opened, with the impacts that the others unpack later. */
const told = (opened: Map<string, OpenedFile>) =>
  [...opened]
    .map(([file, segment]) => {
      if (segment instanceof DamagedIndexError) return [file, segment.message];
      return [file, { ...segment.parts, impacts: unpackImpacts(segment, layout, allocatePlain) }];
    })
    .sort(([a], [b]) => (String(a) < String(b) ? -1 : 1));

it("opens the same in threads as without, and tells damage per file", { timeout: 60_000 }, async () => {
  const files = [1, 2, 3, 4, 5].map(writeSegment);
  const bytes = readFileSync(join(folder, files[2]));
  bytes[bytes.length >>> 1] ^= 4;
  writeFileSync(join(folder, files[2]), bytes);
  const asked = [...files, "segment-9-gone.seg"];
  const here = told(await openSegmentFiles(folder, asked, layout, allocatePlain));
  const apart = told(await openSegmentFiles(folder, asked, layout, allocatePlain, 0));
  expect(here.filter(([, parts]) => typeof parts === "string").map(([, why]) => String(why).slice(-13))).toEqual([
    "changed bytes",
    "eg is missing",
  ]);
  expect(JSON.stringify(apart)).toBe(JSON.stringify(here));
});
