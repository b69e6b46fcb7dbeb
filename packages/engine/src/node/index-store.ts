/** The folder of an index: one file per segment, one per set of deletions, and two manifests that take turns. */
import { mkdirSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { crc32 } from "node:zlib";
import { DamagedIndexError } from "../errors.ts";
import type { LiveSegment } from "../live/live-segments.ts";
import { type Allocate, allocatePlain } from "../segment/bytes.ts";
import type { Layout } from "../segment/layout.ts";
import { bury } from "../snapshot.ts";
import { flushFolder, readChecked, writeChecked } from "./checked-file.ts";
import { type OpenedFile, openSegmentFiles } from "./open-files.ts";

/** Writes and flushes the file of a segment. @returns its name */
export function writeSegmentFile(folder: string, key: number, bytes: Uint8Array): string {
  const name = `segment-${key}-${crc32(bytes).toString(16)}.seg`;
  writeChecked(join(folder, name), bytes);
  return name;
}

type Entry = { key: number; file: string; deletions: string | null };
type Manifest = { format: number; generation: number; revision: number; fingerprint: string; entries: Entry[] };

export type Restored = { segments: LiveSegment[]; revision: number; damaged: string | null };

const FORMAT = 4;
const SLOTS = ["manifest-0.json", "manifest-1.json"];
const OWN_FILE = /^(?:segment-[\w-]+\.(?:seg|del)(?:\.tmp)?|manifest-[01]\.json(?:\.tmp)?)$/;

/**
 * Everything a manifest names is on disk and flushed before the manifest is. The files of the manifest before it stay
 * until the next one, so that one damaged file costs one step and not the index.
 */
export class IndexStore {
  readonly #folder: string;
  readonly #layout: Layout;
  readonly #allocate: Allocate;
  #generation = 0;
  /** The newest generation on disk that we read or wrote; a newer one is somebody else's. */
  #known = 0;
  /** Files written for what is in memory now. */
  readonly #segmentFiles = new Map<number, string>();
  readonly #deletionFiles = new Map<Uint32Array, string>();
  #kept: Set<string>[] = [];
  /** Keys of segments that another thread is writing: their files belong to no manifest yet. */
  readonly #expected = new Set<number>();

  constructor(folder: string, layout: Layout, allocate: Allocate) {
    this.#folder = folder;
    this.#layout = layout;
    this.#allocate = allocate;
    mkdirSync(folder, { recursive: true });
  }

  /** The newest state whose bytes are all as they were written; an empty one if there is none. */
  async load(): Promise<Restored> {
    const troubles: string[] = [];
    const manifests = this.#readManifests(troubles);
    this.#known = newestOf(manifests);
    this.#generation = this.#known;
    /** What one manifest needed and the next needs, too, is opened once. */
    const opened = new Map<string, OpenedFile>();
    for (const manifest of manifests) {
      try {
        const files = manifest.entries.map(({ file }) => file).filter((file) => !opened.has(file));
        const more = await openSegmentFiles(this.#folder, files, this.#layout, this.#allocate);
        for (const [file, segment] of more) opened.set(file, segment);
        const segments = manifest.entries.map((entry) => this.#restore(entry, opened.get(entry.file) as OpenedFile));
        this.#kept = [filesOf(manifest)];
        return { segments, revision: manifest.revision, damaged: sentenceOf(troubles) };
      } catch (error) {
        if (!(error instanceof DamagedIndexError)) throw error;
        troubles.push(error.found);
        this.#segmentFiles.clear();
        this.#deletionFiles.clear();
      }
    }
    return { segments: [], revision: 0, damaged: sentenceOf(troubles) };
  }

  #readManifests(troubles: string[]): Manifest[] {
    const names = new Set(readdirSync(this.#folder));
    const manifests: Manifest[] = [];
    for (const slot of SLOTS) {
      if (!names.has(slot)) continue;
      try {
        const bytes = readChecked(join(this.#folder, slot), allocatePlain);
        const manifest = JSON.parse(new TextDecoder().decode(bytes)) as Manifest;
        if (manifest.format !== FORMAT || manifest.fingerprint !== this.#layout.fingerprint) {
          troubles.push(`${slot} belongs to another format or schema`);
        } else manifests.push(manifest);
      } catch (error) {
        if (!(error instanceof DamagedIndexError)) throw error;
        troubles.push(error.found);
      }
    }
    // From the second state on there is always the one before it.
    if (manifests.length === 1 && manifests[0].generation > 1 && troubles.length === 0)
      troubles.push("a manifest is missing");
    const isOrphaned =
      manifests.length === 0 && troubles.length === 0 && [...names].some((name) => name.endsWith(".seg"));
    if (isOrphaned) troubles.push("both manifests are missing");
    return manifests.sort((a, b) => b.generation - a.generation);
  }

  #restore(entry: Entry, segment: OpenedFile): LiveSegment {
    if (segment instanceof DamagedIndexError) throw segment;
    this.#segmentFiles.set(entry.key, entry.file);
    if (entry.deletions === null) return { key: entry.key, segment, tombstones: null };
    const bytes = readChecked(join(this.#folder, entry.deletions), allocatePlain);
    const live = new Uint32Array(bytes.buffer, 0, bytes.length / 4);
    const dead: number[] = [];
    for (let document = 0; document < segment.documents; document += 1) {
      if (((live[document >>> 5] >>> (document & 31)) & 1) === 0) dead.push(document);
    }
    const tombstones = bury(segment, null, dead, this.#allocate);
    this.#deletionFiles.set(tombstones.live, entry.deletions);
    return { key: entry.key, segment, tombstones };
  }

  /**
   * Returns when the state is on disk for good.
   * @throws Error  the disk is full or cannot be written to, or somebody else writes to this folder, too
   */
  save(segments: readonly LiveSegment[], revision: number): void {
    // Each would remove the files of the other.
    if (newestOf(this.#readManifests([])) > this.#known)
      throw new Error(`another process has written to the folder ${this.#folder} since it was opened here`);
    this.#generation += 1;
    const entries = segments.map(
      (live): Entry => ({ key: live.key, file: this.#writeSegment(live), deletions: this.#writeDeletions(live) }),
    );
    const manifest: Manifest = {
      format: FORMAT,
      generation: this.#generation,
      revision,
      fingerprint: this.#layout.fingerprint,
      entries,
    };
    flushFolder(this.#folder);
    const slot = SLOTS[this.#generation % SLOTS.length];
    writeChecked(join(this.#folder, slot), new TextEncoder().encode(JSON.stringify(manifest)));
    this.#known = this.#generation;
    flushFolder(this.#folder);
    this.#kept = [filesOf(manifest), ...this.#kept].slice(0, SLOTS.length);
    this.#forget(segments);
    this.#sweep();
  }

  /**
   * Before closing: both manifests name the same files, so that those of the state before need no room. From then on a
   * damaged file costs the index, which is fed again, and not a step.
   */
  settle(segments: readonly LiveSegment[], revision: number): void {
    const [latest, ...before] = this.#kept;
    if (before.some((files) => [...files].some((file) => !latest.has(file)))) this.save(segments, revision);
  }

  /** Leaves the files of a segment alone that somebody else is writing. */
  expect(key: number): void {
    this.#expected.add(key);
  }

  /** The segment has come, in this file, or null if it will not come. */
  accept(key: number, file: string | null): void {
    this.#expected.delete(key);
    if (file !== null) this.#segmentFiles.set(key, file);
  }

  #writeSegment({ key, segment }: LiveSegment): string {
    const known = this.#segmentFiles.get(key);
    if (known !== undefined) return known;
    const name = writeSegmentFile(this.#folder, key, segment.parts.bytes);
    this.#segmentFiles.set(key, name);
    return name;
  }

  #writeDeletions({ key, tombstones }: LiveSegment): string | null {
    if (tombstones === null) return null;
    const known = this.#deletionFiles.get(tombstones.live);
    if (known !== undefined) return known;
    const name = `segment-${key}-${this.#generation}.del`;
    const { buffer, byteOffset, byteLength } = tombstones.live;
    writeChecked(join(this.#folder, name), new Uint8Array(buffer, byteOffset, byteLength));
    this.#deletionFiles.set(tombstones.live, name);
    return name;
  }

  #forget(segments: readonly LiveSegment[]): void {
    const keys = new Set(segments.map(({ key }) => key));
    for (const key of this.#segmentFiles.keys()) if (!keys.has(key)) this.#segmentFiles.delete(key);
    const lives = new Set(segments.map(({ tombstones }) => tombstones?.live));
    for (const live of this.#deletionFiles.keys()) if (!lives.has(live)) this.#deletionFiles.delete(live);
  }

  /** Removes our files that neither manifest names; files of others are left alone. */
  #sweep(): void {
    for (const name of readdirSync(this.#folder)) {
      if (this.#expected.has(Number(/^segment-(\d+)-/.exec(name)?.[1]))) continue;
      if (!OWN_FILE.test(name) || SLOTS.includes(name) || this.#kept.some((files) => files.has(name))) continue;
      rmSync(join(this.#folder, name), { force: true });
    }
  }
}

function newestOf(manifests: readonly Manifest[]): number {
  return Math.max(0, ...manifests.map(({ generation }) => generation));
}

/** One damaged file is mostly named by both manifests. */
function sentenceOf(troubles: readonly string[]): string | null {
  return troubles.length === 0 ? null : [...new Set(troubles)].join("; ");
}

function filesOf(manifest: Manifest): Set<string> {
  return new Set(manifest.entries.flatMap(({ file, deletions }) => (deletions === null ? [file] : [file, deletions])));
}
