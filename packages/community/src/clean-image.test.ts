import { crc32, deflateSync } from "node:zlib";
import fc from "fast-check";
import { expect, it } from "vitest";
import { cleanImage, IMAGE_LIMITS } from "./clean-image.ts";

function chunk(kind: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(kind, "latin1"), data]);
  const frame = Buffer.alloc(body.length + 8);
  frame.writeUInt32BE(data.length, 0);
  body.copy(frame, 4);
  frame.writeUInt32BE(crc32(body), body.length + 4);
  return frame;
}

function png(width: number, height: number, more: Buffer[] = []): Buffer {
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 0, 0, 0, 0], 8);
  return Buffer.concat([
    Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]),
    chunk("IHDR", head),
    ...more,
    chunk("IDAT", deflateSync(Buffer.alloc(Math.min(height, 10) * (Math.min(width, 10) + 1)))),
    chunk("IEND", Buffer.alloc(0)),
  ]);
}

const segment = (code: number, data: Buffer) =>
  Buffer.concat([Buffer.from([0xff, code, (data.length + 2) >> 8, (data.length + 2) & 0xff]), data]);

function jpeg(width: number, height: number, more: Buffer[] = []): Buffer {
  const frame = Buffer.from([8, height >> 8, height & 0xff, width >> 8, width & 0xff, 1, 1, 0x11, 0]);
  return Buffer.concat([
    Buffer.from([0xff, 0xd8]),
    segment(0xe0, Buffer.from("JFIF\0\x01\x01\0\0\x01\0\x01\0\0", "latin1")),
    ...more,
    segment(0xdb, Buffer.alloc(65)),
    segment(0xc0, frame),
    segment(0xc4, Buffer.alloc(20)),
    segment(0xda, Buffer.from([1, 1, 0, 0, 63, 0])),
    Buffer.from([0x12, 0xff, 0x00, 0x34, 0xff, 0xd0, 0x56]),
    Buffer.from([0xff, 0xd9]),
  ]);
}

const SECRET = Buffer.from("Exif\0\0 GPS 52.5200 N 13.4050 E, camera 4711", "latin1");

it("keeps a picture and leaves behind where it was taken", () => {
  const pictures = [
    cleanImage(png(3, 2, [chunk("eXIf", SECRET), chunk("tEXt", SECRET), chunk("iCCP", SECRET)])),
    cleanImage(
      jpeg(3, 2, [segment(0xe1, SECRET), segment(0xfe, SECRET), segment(0xe2, SECRET), segment(0xee, SECRET)]),
    ),
  ];
  expect(pictures.map(({ type, width, height }) => ({ type, width, height }))).toEqual([
    { type: "image/png", width: 3, height: 2 },
    { type: "image/jpeg", width: 3, height: 2 },
  ]);
  for (const { bytes } of pictures) expect(Buffer.from(bytes).includes("GPS")).toBe(false);
  expect(Buffer.from(pictures[0]!.bytes).equals(png(3, 2))).toBe(true);
});

/** As cameras write it: the side that is up among other things, some of which tell where it was taken. */
function camera(side: number, order: "II" | "MM"): Buffer {
  const tiff = Buffer.alloc(8 + 2 + 3 * 12 + 4);
  const [short, long] =
    order === "II"
      ? [tiff.writeUInt16LE.bind(tiff), tiff.writeUInt32LE.bind(tiff)]
      : [tiff.writeUInt16BE.bind(tiff), tiff.writeUInt32BE.bind(tiff)];
  tiff.write(order, "latin1");
  short(42, 2);
  long(8, 4);
  short(3, 8);
  for (const [at, [tag, value]] of [
    [0x0100, 640],
    [0x0112, side],
    [0x8825, 26],
  ].entries()) {
    short(tag!, 10 + at * 12);
    short(3, 12 + at * 12);
    long(1, 14 + at * 12);
    short(value!, 18 + at * 12);
  }
  return segment(0xe1, Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff, SECRET]));
}

/** What is left of APP1: the bytes behind its length. */
function exifOf(file: Uint8Array): string[] {
  const text = Buffer.from(file).toString("hex");
  return [...text.matchAll(/ffe1(....)/g)].map((found) =>
    text.slice(found.index + 8, found.index + 4 + 2 * Number.parseInt(found[1]!, 16)),
  );
}

it.each(["II", "MM"] as const)("keeps which side of a photo is up, and nothing beside it (%s)", (order) => {
  for (const side of [2, 3, 6, 8]) {
    const { bytes, width, height } = cleanImage(jpeg(3, 2, [camera(side, order)]));
    expect([side, width, height]).toEqual(side < 5 ? [side, 3, 2] : [side, 2, 3]);
    expect(Buffer.from(bytes).includes("GPS")).toBe(false);
    const tiff = `4d4d002a0000000800010112000300000001000${side}000000000000`;
    expect(exifOf(bytes)).toEqual([`457869660000${tiff}`]);
    expect(Buffer.from(cleanImage(bytes).bytes).equals(Buffer.from(bytes))).toBe(true);
  }
  for (const side of [0, 1, 9, 65_535]) expect(exifOf(cleanImage(jpeg(3, 2, [camera(side, order)])).bytes)).toEqual([]);
  expect(exifOf(cleanImage(jpeg(3, 2, [camera(6, order), camera(3, order)])).bytes)).toHaveLength(1);
});

it("stops what moves, and what hangs behind the end", () => {
  const moving = png(3, 2, [chunk("acTL", Buffer.alloc(8)), chunk("fcTL", Buffer.alloc(26))]);
  expect(Buffer.from(cleanImage(Buffer.concat([moving, Buffer.from("<script>")])).bytes).equals(png(3, 2))).toBe(true);
  const tail = Buffer.from(cleanImage(Buffer.concat([jpeg(3, 2), Buffer.from("<script>")])).bytes);
  expect(tail.includes("<script>")).toBe(false);
});

it("cleans what is clean to the same bytes", () => {
  for (const file of [png(5, 7), jpeg(5, 7)]) {
    const once = cleanImage(file);
    expect(Buffer.from(cleanImage(once.bytes).bytes).equals(Buffer.from(once.bytes))).toBe(true);
  }
});

it.each([
  ["nothing", Buffer.alloc(0)],
  ["text", Buffer.from("<svg xmlns='http://www.w3.org/2000/svg' onload='alert(1)'/>")],
  ["GIF", Buffer.from("GIF89a\x01\0\x01\0")],
  ["a PNG's head alone", png(3, 2).subarray(0, 40)],
  ["a PNG with a wrong checksum", Buffer.from(png(3, 2).map((byte, at) => (at === 20 ? byte ^ 1 : byte)))],
  ["a PNG without width", png(0, 2)],
  ["a JPEG cut in its scan", jpeg(3, 2).subarray(0, -4)],
  ["a JPEG without a frame", Buffer.from([0xff, 0xd8, 0xff, 0xd9])],
  ["too many pixels", png(IMAGE_LIMITS.pixels + 1, 2)],
  ["too many bytes", Buffer.alloc(IMAGE_LIMITS.bytes + 1)],
])("refuses %s in words", (_, file) => {
  expect(() => cleanImage(file)).toThrow(/^The picture/);
});

it("never does anything but refuse or clean, however a file is damaged", () => {
  const files = fc.constantFrom(png(5, 7, [chunk("tEXt", SECRET)]), jpeg(5, 7, [segment(0xe1, SECRET)]));
  const damage = fc.array(fc.tuple(fc.nat(400), fc.nat(255)), { maxLength: 6 });
  fc.assert(
    fc.property(files, damage, fc.nat(400), (file, changes, cut) => {
      const damaged = Uint8Array.from(file.subarray(0, Math.max(4, file.length - (cut % 60))));
      for (const [at, byte] of changes) damaged[at % damaged.length] = byte;
      try {
        const { bytes, width, height } = cleanImage(damaged);
        expect(bytes.length).toBeLessThanOrEqual(damaged.length + 2);
        expect(Math.min(width, height)).toBeGreaterThan(0);
      } catch (error) {
        expect(String(error)).toContain("The picture");
      }
    }),
    { numRuns: 500 },
  );
});
