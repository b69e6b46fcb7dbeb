import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { PIECE_BYTES_MAX, type Piece, type Splitter } from "./piece.ts";
import { splitItems } from "./split-items.ts";
import { splitLines } from "./split-lines.ts";

const text = (piece: Piece) => ("bytes" in piece ? Buffer.from(piece.bytes).toString() : `refused: ${piece.refused}`);

function cut(splitter: Splitter, bytes: Uint8Array, cuts: readonly number[]): [number, string][] {
  const places = [0, ...cuts.map((place) => place % (bytes.length + 1)).sort((a, b) => a - b), bytes.length];
  const pieces = places.slice(1).flatMap((place, index) => splitter.push(bytes.slice(places[index]!, place)));
  return [...pieces, ...splitter.end()].map((piece) => [piece.line, text(piece)]);
}

const cuts = fc.array(fc.nat());

describe("lines", () => {
  test("are the same however the bytes were chunked, and as a plain split gives them", () => {
    const lines = fc.array(fc.stringMatching(/^[a-zä\u{1F600}"{}\\ ]{0,12}$/u));
    fc.assert(
      fc.property(lines, fc.constantFrom("\n", "\r\n"), cuts, (lines, ending, cuts) => {
        const wanted = lines.map((line, index) => [index + 1, line]).filter(([, line]) => line !== "");
        expect(cut(splitLines(), Buffer.from(lines.join(ending)), cuts)).toEqual(wanted);
      }),
    );
  });

  test("one of exactly the greatest length passes, one byte more is refused and the next is read", () => {
    const fits = Buffer.alloc(PIECE_BYTES_MAX, "x");
    for (const step of [PIECE_BYTES_MAX, 100_000]) {
      const pieces = cut(
        splitLines(),
        Buffer.concat([fits, Buffer.from("\nx"), fits, Buffer.from("\nend")]),
        Array.from({ length: Math.ceil((2 * PIECE_BYTES_MAX) / step) }, (_, index) => index * step),
      );
      expect(pieces.map(([line, text]) => [line, text.length > 100 ? text.length : text])).toEqual([
        [1, PIECE_BYTES_MAX],
        [2, "refused: The line has 1,048,577 bytes; at most 1,048,576 are taken."],
        [3, "end"],
      ]);
    }
  });
});

describe("items", () => {
  const item = fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 3 }), { minKeys: 1 });

  test("of any array come out whole with the line where they begin, however they were chunked and indented", () => {
    fc.assert(
      fc.property(fc.array(item), fc.constantFrom(undefined, 1, "\t"), cuts, (items, indent, cuts) => {
        const written = JSON.stringify(items, null, indent);
        const found = cut(splitItems(), Buffer.from(written), cuts);
        expect(found.map(([, text]) => JSON.parse(text))).toEqual(JSON.parse(written));
        for (const [line, text] of found) {
          expect(written.split("\n")[line - 1]).toContain(text.split("\n")[0]);
        }
      }),
    );
  });

  test("after a text that a line breaks, reading starts anew at the next line", () => {
    const found = cut(splitItems(), Buffer.from('[\n{"a": "x\n{"b": 2}\n{"c": 3}]'), []);
    expect(found).toEqual([
      [2, "refused: This is not valid JSON: a line ends inside a text."],
      [3, '{"b": 2}'],
      [4, '{"c": 3}'],
    ]);
  });

  test("what stands between them and is no object is refused by its line", () => {
    expect(cut(splitItems(), Buffer.from('[1,\n{"a": 1},\nnull\n]'), [])).toEqual([
      [1, "refused: This is not a JSON object."],
      [2, '{"a": 1}'],
      [3, "refused: This is not a JSON object."],
    ]);
  });

  test("one that is too large is passed over without being held", () => {
    const large = `{"a": "${"x".repeat(PIECE_BYTES_MAX)}"}`;
    expect(cut(splitItems(), Buffer.from(`[${large},\n{"b": 2}]`), [7, 500_000])).toEqual([
      [1, "refused: The item has 1,048,585 bytes; at most 1,048,576 are taken."],
      [2, '{"b": 2}'],
    ]);
  });

  test("one that the input cuts off is refused, those before it are kept", () => {
    expect(cut(splitItems(), Buffer.from('[{"a": 1},\n{"b": '), [])).toEqual([
      [1, '{"a": 1}'],
      [2, "refused: The input ends inside this item."],
    ]);
  });
});
