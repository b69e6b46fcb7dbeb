/** A segment gives back what was put into it, and refuses bytes that are not its own. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DamagedIndexError } from "../errors.ts";
import { endOfGaps, GAP_MAX, packGaps, READ_BEYOND_BYTES, unpackAscending } from "./bit-packing.ts";
import { allocatePlain, ByteReader, ByteWriter, decodeUtf8, encodeUtf8 } from "./bytes.ts";
import { endOfCodes, packCodes, unpackCodes } from "./code-packing.ts";
import { capsFor, fromCode, toCode } from "./codes.ts";
import { Dictionary, DictionaryWriter, readDictionary } from "./dictionary.ts";
import { readSizes, writeSizes } from "./document-sizes.ts";
import { layoutOf } from "./layout.ts";
import { openSegment } from "./open-segment.ts";
import { viewOf } from "./segment.ts";
import { SegmentBuilder } from "./segment-builder.ts";
import { sortKeys, wholeNameKey } from "./term-keys.ts";
import { WordOrder } from "./word-order.ts";

const uint = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 });

describe("numbers in bits and bytes", () => {
  it("come back as ascending numbers at every width, with some far apart", () => {
    const run = fc.tuple(
      fc.integer({ min: 0, max: 25 }),
      fc.array(fc.nat({ max: GAP_MAX }), { maxLength: 128 }),
      uint(4),
    );
    fc.assert(
      fc.property(run, ([width, raw, rarity]) => {
        const gaps = Int32Array.from(raw, (value, at) => (at % (rarity + 1) === 3 ? value >>> 4 : value % 2 ** width));
        const out = new ByteWriter();
        packGaps(gaps, gaps.length, out);
        const end = out.length;
        for (let at = 0; at < READ_BEYOND_BYTES; at += 1) out.byte(255);
        const bytes = out.finish();
        const back = new Int32Array(gaps.length);
        unpackAscending(bytes, viewOf(bytes), 0, gaps.length, 6, back);
        let number = 6;
        expect([...back]).toEqual([...gaps].map((gap) => (number = (number + gap + 1) | 0)));
        expect(endOfGaps(bytes, 0, gaps.length)).toBe(end);
      }),
    );
  });
  it("come back as codes, and tell where they end", () => {
    const code = fc.oneof({ weight: 6, arbitrary: fc.constant(0) }, uint(3), uint(8));
    fc.assert(
      fc.property(fc.array(code, { minLength: 1, maxLength: 128 }), (codes) => {
        const out = new ByteWriter();
        out.byte(77);
        packCodes(Uint8Array.from(codes), 0, codes.length, out);
        const bytes = out.finish();
        const back = new Uint8Array(128);
        expect(unpackCodes(bytes, 1, codes.length, back)).toBe(bytes.length);
        expect(endOfCodes(bytes, 1, codes.length)).toBe(bytes.length);
        expect([...back.subarray(0, codes.length)]).toEqual(codes);
      }),
    );
  });
  it("come back as the order of words, with counts beyond what a code can say", () => {
    const field = fc.array(fc.nat({ max: 30 }), { maxLength: 200 });
    fc.assert(
      fc.property(field, field, (title, text) => {
        const caps = capsFor(2);
        const words = [...new Set([...title, ...text])].sort((a, b) => a - b);
        const count = (list: readonly number[], word: number): number => list.filter((other) => other === word).length;
        const codes = words.map((word) =>
          toCode(Math.min(255, count(title, word)) | (Math.min(255, count(text, word)) << 8), caps),
        );
        const rawOf = [...new Set(codes)];
        const FIRST_WORD = 3;
        const entries = Uint32Array.from(words, (word, at) => (word + FIRST_WORD) | (rawOf.indexOf(codes[at]) << 24));
        const order = new WordOrder({ codes: rawOf, caps, firstWord: FIRST_WORD, breakTerm: -1 });
        const bag = { entries, from: 0, to: entries.length };
        const line = Int32Array.from([...title, ...text], (word) => words.indexOf(word));
        const out = new ByteWriter();
        order.write(bag, line, [title.length, text.length], out);
        for (let at = 0; at < 4; at += 1) out.byte(255);
        const view = viewOf(out.finish());
        const back = new Int32Array(line.length);
        order.read(bag, view, 0, [title.length, text.length], back);
        expect([...back]).toEqual([...title, ...text].map((word) => word + FIRST_WORD));
      }),
    );
  });
  it("come back as the sizes of documents", () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(uint(16), uint(16), uint(16), uint(16)), { maxLength: 20 }), (rows) => {
        const starts = (column: number): Uint32Array => {
          let sum = 0;
          return Uint32Array.from([0, ...rows.map((row) => (sum += row[column]))]);
        };
        const sizes = {
          fieldLengths: Uint16Array.from(rows.flatMap((row) => [row[0], row[1]])),
          bagStarts: starts(2),
          tokenStarts: starts(3),
        };
        expect(readSizes(writeSizes(sizes, 2), rows.length, 2, allocatePlain)).toEqual(sizes);
      }),
    );
  });
  it("come back as variable-length bytes and as UTF-8", () => {
    fc.assert(
      fc.property(fc.array(uint(32)), fc.string({ unit: "grapheme" }), (numbers, text) => {
        const out = new ByteWriter();
        for (const number of numbers) out.varint(number);
        const reader = new ByteReader(out.finish());
        expect(numbers.map(() => reader.varint())).toEqual(numbers);
        const bytes = encodeUtf8(text);
        expect(decodeUtf8(bytes, 0, bytes.length)).toBe(text);
      }),
    );
  });
  it("tell occurrences apart up to the caps of each field", () => {
    for (const fields of [1, 2, 3, 4]) {
      const caps = capsFor(fields);
      expect(caps.reduce((product, cap) => product * (cap + 1), 1)).toBeLessThanOrEqual(256);
      const packed = caps.reduce((sum, cap, field) => sum | (cap << (8 * field)), 0);
      expect(fromCode(toCode(packed, caps), caps)).toEqual(caps);
    }
  });
});

describe("the dictionary", () => {
  it("finds every term, no other, and walks them in order", () => {
    const term = fc.oneof(
      fc.string({ minLength: 1, maxLength: 12 }),
      fc.string({ unit: "grapheme", minLength: 1, maxLength: 6 }),
    );
    fc.assert(
      fc.property(fc.uniqueArray(term, { maxLength: 120 }), term, (terms, other) => {
        const wellFormed = terms.filter((one) => one.isWellFormed());
        const sorted = sortKeys([...wellFormed]);
        const writer = new DictionaryWriter();
        sorted.forEach((key, at) => writer.add(key, at + 1, at % 3 === 0 ? key : `${[...key][0]}!`));
        const bytes = writer.finish();
        const dictionary = new Dictionary(bytes, readDictionary(bytes, sorted.length, allocatePlain));
        sorted.forEach((key, at) => {
          expect([dictionary.find(key), dictionary.key(at), dictionary.documents(at)]).toEqual([at, key, at + 1]);
          expect(dictionary.shown(at)).toBe(at % 3 === 0 ? key : `${[...key][0]}!`);
        });
        if (!sorted.includes(other)) expect(dictionary.find(other)).toBe(-1);
        const walked: string[] = [];
        dictionary.walk(0, (key) => walked.push(key) > 0);
        expect(walked).toEqual(sorted);
      }),
    );
  });
  it("keeps names with capitals in no extra bytes", () => {
    const writer = new DictionaryWriter();
    writer.add(wholeNameKey(0, ["ada", "lund"]), 2, "Ada Lund");
    writer.add(wholeNameKey(0, ["bo", "van", "dijk"]), 1, "Bo van Dijk");
    const bytes = writer.finish();
    const dictionary = new Dictionary(bytes, readDictionary(bytes, 2, allocatePlain));
    expect([dictionary.shown(1), dictionary.shown(0)].sort()).toEqual(["Ada Lund", "Bo van Dijk"]);
  });
});

describe("a segment", () => {
  const layout = layoutOf({
    fields: { title: { weight: 2.5 }, abstract: { weight: 1 } },
    facets: { day: "number", topics: "keyword" },
  });
  const build = () => {
    const builder = new SegmentBuilder(layout);
    builder.add({
      id: "a",
      fields: { title: "Sparse retrieval", abstract: "Sparse words" },
      facets: { day: 20240101, topics: ["x", "y"] },
    });
    builder.add({ id: "ü", fields: {}, facets: { day: 0.5 } });
    return builder.finish(allocatePlain).bytes;
  };
  it("gives back ids, words and facets", () => {
    const segment = openSegment(build(), layout, allocatePlain);
    expect([segment.id(0), segment.id(1), segment.find("ü"), segment.find("b")]).toEqual(["a", "ü", 1, -1]);
    const words = [...segment.readLine(0, 2)].map((term) => segment.dictionary.key(term));
    expect(words).toEqual(["spars", "retriev", "spars", "word"]);
    const topics: string[] = [];
    segment.facets[1].keywords(0, (value) => topics.push((segment.facets[1].meta.values ?? [])[value]));
    segment.facets[1].keywords(1, () => topics.push("none"));
    expect([segment.facets[0].number(0), segment.facets[0].number(1), topics]).toEqual([20240101, 0.5, ["x", "y"]]);
  });
  it("refuses other bytes and other schemas", () => {
    const bytes = build();
    expect(() => openSegment(bytes.slice(0, 40), layout, allocatePlain)).toThrow(DamagedIndexError);
    expect(() => openSegment(new Uint8Array(64), layout, allocatePlain)).toThrow(DamagedIndexError);
    const other = layoutOf({ fields: { title: { weight: 3 }, abstract: { weight: 1 } } });
    expect(() => openSegment(bytes, other, allocatePlain)).toThrow(DamagedIndexError);
  });
});
