/** Pieces of text are found again by their characters, and nothing else is found. */
import fc from "fast-check";
import { expect, it } from "vitest";
import { ChunkTable } from "./chunk-table.ts";

it("finds what was added, like a map of texts", () => {
  const piece = fc.oneof(fc.string({ maxLength: 6 }), fc.constantFrom("a", "ab", "ba", "née", "γ"));
  fc.assert(
    fc.property(fc.array(piece, { maxLength: 300 }), (pieces) => {
      const table = new ChunkTable();
      const expected = new Map<string, number>();
      for (const word of pieces) {
        const text = `.${word}.`;
        const found = table.find(text, 1, text.length - 1);
        expect(found).toBe(expected.get(word) ?? -1);
        if (found >= 0) continue;
        expected.set(word, table.add(text, 1, text.length - 1));
      }
      expect(table.size).toBe(expected.size);
    }),
  );
});

it("keeps its entries while it grows", () => {
  const table = new ChunkTable();
  const COUNT = 20_000;
  for (let number = 0; number < COUNT; number += 1) {
    const word = `w${number}`;
    expect(table.find(word, 0, word.length)).toBe(-1);
    table.add(word, 0, word.length);
  }
  for (let number = 0; number < COUNT; number += 997)
    expect(table.find(`w${number}`, 0, `w${number}`.length)).toBe(number);
});
