/** A segment gives back what was put into it, and refuses bytes that are not its own. */
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { DamagedIndexError } from "../errors.ts";
import { pack, unpack, unpackOne, widthOf, wordsFor } from "./bit-packing.ts";
import { allocatePlain, ByteReader, ByteWriter, decodeUtf8, encodeUtf8 } from "./bytes.ts";
import { capsFor, fromCode, toCode } from "./codes.ts";
import { Dictionary, DictionaryWriter, readDictionary } from "./dictionary.ts";
import { layoutOf } from "./layout.ts";
import { openSegment } from "./open-segment.ts";
import { SegmentBuilder } from "./segment-builder.ts";
import { sortKeys, wholeNameKey } from "./term-keys.ts";

const uint = (bits: number) => fc.integer({ min: 0, max: 2 ** bits - 1 });

describe("numbers in bits and bytes", () => {
  it("come back at every width", () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 31 }), fc.array(fc.nat(), { maxLength: 300 }), (width, raw) => {
        const values = raw.map((value) => (width === 0 ? 0 : value % 2 ** width));
        const words = new Uint32Array(wordsFor(values.length, width) + 2);
        pack(values, 0, values.length, width, words, 0);
        const view = new DataView(words.buffer);
        const out = new Int32Array(values.length);
        unpack(view, 0, width, values.length, out);
        expect([...out]).toEqual(values);
        values.forEach((value, at) => expect(unpackOne(view, 0, at * width, width)).toBe(value));
        expect(values.every((value) => widthOf(value) <= width)).toBe(true);
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
    return builder.finish(allocatePlain);
  };
  it("gives back ids, words and facets", () => {
    const segment = openSegment(build(), layout, allocatePlain);
    expect([segment.id(0), segment.id(1), segment.find("ü"), segment.find("b")]).toEqual(["a", "ü", 1, -1]);
    const { bags, bagStarts } = segment.parts.tables;
    const words = [...segment.tokens(0, 2)].map((token) =>
      segment.dictionary.key(bags[bagStarts[0] + token] & 0xffffff),
    );
    expect(words).toEqual(["spars", "retriev", "spars", "word"]);
    expect([
      segment.facets[0].value(0),
      segment.facets[0].value(1),
      segment.facets[1].value(0),
      segment.facets[1].value(1),
    ]).toEqual([20240101, 0.5, ["x", "y"], undefined]);
  });
  it("refuses other bytes and other schemas", () => {
    const bytes = build();
    expect(() => openSegment(bytes.slice(0, 40), layout, allocatePlain)).toThrow(DamagedIndexError);
    expect(() => openSegment(new Uint8Array(64), layout, allocatePlain)).toThrow(DamagedIndexError);
    const other = layoutOf({ fields: { title: { weight: 3 }, abstract: { weight: 1 } } });
    expect(() => openSegment(bytes, other, allocatePlain)).toThrow(DamagedIndexError);
  });
});
