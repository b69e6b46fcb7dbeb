/**
 * Pictures from readers: only PNG and JPEG, only what is needed to show them, which side is up included. Everything else
 * in the file goes: where and with what it was taken, comments, embedded previews, animation, whatever hangs behind the end.
 */
import { crc32 } from "node:zlib";
import { invalid } from "@paperwire/domain";

export const IMAGE_LIMITS = {
  /** Of the file. */
  bytes: 1024 * 1024,
  /** Of each side. */
  pixels: 4_096,
} as const;

export type CleanImage = { type: "image/png" | "image/jpeg"; width: number; height: number; bytes: Uint8Array };

/** @throws DomainError `invalid` with a sentence for the one who sent it */
export function cleanImage(file: Uint8Array): CleanImage {
  if (file.length > IMAGE_LIMITS.bytes) throw invalid(`The picture is larger than ${IMAGE_LIMITS.bytes / 1024} kB.`);
  const image = isPng(file) ? cleanPng(file) : isJpeg(file) ? cleanJpeg(file) : null;
  if (image === null) throw invalid("The picture is neither PNG nor JPEG.");
  const { width, height } = image;
  if (width < 1 || height < 1) throw broken();
  if (width > IMAGE_LIMITS.pixels || height > IMAGE_LIMITS.pixels) {
    throw invalid(`The picture has ${width} × ${height} pixels; at most ${IMAGE_LIMITS.pixels} on a side are taken.`);
  }
  return image;
}

const broken = () => invalid("The picture cannot be read; it may be damaged.");

/** @source https://www.w3.org/TR/png-3/ */
const PNG_SIGNATURE = Uint8Array.of(0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a);
/** What a still picture consists of; `acTL`, `fcTL` and `fdAT` would move it. */
const PNG_KEPT = new Set(["IHDR", "PLTE", "tRNS", "gAMA", "sRGB", "IDAT", "IEND"]);
const PNG_FRAME = 12;

const isPng = (file: Uint8Array) => PNG_SIGNATURE.every((byte, at) => file[at] === byte);
const viewOf = (file: Uint8Array) => new DataView(file.buffer, file.byteOffset, file.byteLength);

function cleanPng(file: Uint8Array): CleanImage {
  const view = viewOf(file);
  const kept: Uint8Array[] = [PNG_SIGNATURE];
  const kinds: string[] = [];
  let at = PNG_SIGNATURE.length;
  while (kinds.at(-1) !== "IEND") {
    if (at + PNG_FRAME > file.length) throw broken();
    const end = at + PNG_FRAME + view.getUint32(at);
    if (end > file.length) throw broken();
    const kind = String.fromCharCode(...file.subarray(at + 4, at + 8));
    if (crc32(file.subarray(at + 4, end - 4)) !== view.getUint32(end - 4)) throw broken();
    if (PNG_KEPT.has(kind)) {
      kept.push(file.subarray(at, end));
      kinds.push(kind);
    }
    at = end;
  }
  if (kinds[0] !== "IHDR" || kinds.lastIndexOf("IHDR") !== 0 || !kinds.includes("IDAT")) throw broken();
  const head = PNG_SIGNATURE.length + 8;
  const bytes = joined(kept);
  return { type: "image/png", width: viewOf(bytes).getUint32(head), height: viewOf(bytes).getUint32(head + 4), bytes };
}

/** @source ITU-T T.81, annex B: markers are 0xff and a code; the length counts itself and what follows */
const SOI = 0xd8;
const EOI = 0xd9;
const SOS = 0xda;
const SOF = [0xc0, 0xc1, 0xc2];
/** Tables, restart interval, frame; of the application's own segments only Adobe's, which says how colours are kept. */
const JPEG_KEPT = new Set([...SOF, 0xc4, 0xdb, 0xdd]);
const ADOBE = 0xee;

const isJpeg = (file: Uint8Array) => file[0] === 0xff && file[1] === SOI && file[2] === 0xff;

function cleanJpeg(file: Uint8Array): CleanImage {
  const view = viewOf(file);
  const kept: Uint8Array[] = [file.subarray(0, 2)];
  let size: { width: number; height: number } | null = null;
  let scans = 0;
  let shownSide = 1;
  let at = 2;
  for (;;) {
    if (at + 2 > file.length || file[at] !== 0xff) throw broken();
    const code = file[at + 1]!;
    if (code === EOI) break;
    if (at + 4 > file.length) throw broken();
    const length = view.getUint16(at + 2);
    const end = at + 2 + length;
    if (length < 2 || end > file.length) throw broken();
    if (SOF.includes(code)) {
      if (size !== null || length < 8) throw broken();
      size = { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    }
    const side: number = shownSide === 1 && scans === 0 ? sideUp(file.subarray(at, end)) : 1;
    if (side > 1) kept.push(sayingSideUp(side));
    shownSide = Math.max(shownSide, side);
    const next = code === SOS ? endOfScan(file, end) : end;
    if (code === SOS) scans++;
    if (code === SOS || JPEG_KEPT.has(code) || isAdobe(file, at, code)) kept.push(file.subarray(at, next));
    at = next;
  }
  if (size === null || scans === 0) throw broken();
  if (shownSide >= LYING) size = { width: size.height, height: size.width };
  return { type: "image/jpeg", ...size, bytes: joined([...kept, Uint8Array.of(0xff, EOI)]) };
}

/** @source CIPA DC-008 (Exif 2.32), 4.5.4 and 4.6: a TIFF behind "Exif", its entries twelve bytes each */
const APP1 = 0xe1;
const EXIF = Buffer.from("Exif\0\0", "latin1");
const ORIENTATION = 0x0112;
const SHORT = 3;
const ENTRY_BYTES = 12;
/** Eight ways to lie, of which the first is upright. */
const SIDES = 8;
/** From here on width and height change places. */
const LYING = 5;

/** @returns 1, upright, also where the segment says nothing that can be read */
function sideUp(segment: Uint8Array): number {
  const bytes = Buffer.from(segment.buffer, segment.byteOffset, segment.byteLength);
  if (bytes[1] !== APP1 || !bytes.subarray(4, 10).equals(EXIF)) return 1;
  const tiff = bytes.subarray(10);
  if (tiff.length < 8) return 1;
  const little = tiff.toString("latin1", 0, 2) === "II";
  const short = (at: number) => (at + 2 > tiff.length ? 0 : little ? tiff.readUInt16LE(at) : tiff.readUInt16BE(at));
  const first = little ? tiff.readUInt32LE(4) : tiff.readUInt32BE(4);
  for (
    let at = first + 2, left = short(first);
    left > 0 && at + ENTRY_BYTES <= tiff.length;
    at += ENTRY_BYTES, left--
  ) {
    if (short(at) !== ORIENTATION || short(at + 2) !== SHORT) continue;
    const side = short(at + 8);
    return side >= 1 && side <= SIDES ? side : 1;
  }
  return 1;
}

/** A segment that says this and nothing else: a picture lies on its side without it. */
function sayingSideUp(side: number): Uint8Array {
  const tiff = Buffer.alloc(8 + 2 + ENTRY_BYTES + 4);
  tiff.write("MM\0*", "latin1");
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(1, 8);
  tiff.writeUInt16BE(ORIENTATION, 10);
  tiff.writeUInt16BE(SHORT, 12);
  tiff.writeUInt32BE(1, 14);
  tiff.writeUInt16BE(side, 18);
  return joined([Uint8Array.of(0xff, APP1, 0, 2 + EXIF.length + tiff.length), EXIF, tiff]);
}

function isAdobe(file: Uint8Array, at: number, code: number): boolean {
  // Adobe's segment has 12 bytes and no room for anything else.
  return (
    code === ADOBE &&
    viewOf(file).getUint16(at + 2) === 14 &&
    String.fromCharCode(...file.subarray(at + 4, at + 9)) === "Adobe"
  );
}

/** A scan's data end at the next marker; 0xff00 and the restart marks 0xffd0 to 0xffd7 belong to them. */
function endOfScan(file: Uint8Array, from: number): number {
  for (let at = from; at + 1 < file.length; at++) {
    if (file[at] !== 0xff) continue;
    const code = file[at + 1]!;
    if (code === 0x00 || code === 0xff || (code >= 0xd0 && code <= 0xd7)) continue;
    return at;
  }
  throw broken();
}

function joined(parts: readonly Uint8Array[]): Uint8Array {
  const all = new Uint8Array(parts.reduce((sum, part) => sum + part.length, 0));
  let at = 0;
  for (const part of parts) {
    all.set(part, at);
    at += part.length;
  }
  return all;
}
