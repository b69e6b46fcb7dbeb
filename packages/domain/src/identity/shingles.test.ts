import fc from "fast-check";
import { expect, it } from "vitest";
import { bandKeys } from "./min-hash.ts";
import { containment, likeness, sharedValues, sketchText } from "./shingles.ts";

const words = fc.array(fc.constantFrom("we", "rank", "papers", "quietly", "über", "große", "graphs"), {
  maxLength: 40,
});

it("shares what two slow sets share", () => {
  const values = fc.uniqueArray(fc.integer({ min: 0, max: 50 })).map((all) => Uint32Array.from(all).sort());
  fc.assert(
    fc.property(values, values, (a, b) => {
      const shared = [...a].filter((value) => b.includes(value)).length;
      const all = new Set([...a, ...b]).size;
      expect(sharedValues(a, b)).toBe(shared);
      expect(likeness(a, b)).toBe(all === 0 ? 0 : shared / all);
      const least = Math.min(a.length, b.length);
      expect(containment(a, b)).toBe(least === 0 ? 0 : shared / least);
    }),
  );
});

it("sees runs of three words and nothing of signs, case and spaces", () => {
  fc.assert(
    fc.property(words, (all) => {
      const runs = new Set(all.slice(2).map((_, at) => all.slice(at, at + 3).join(" ")));
      const plain = sketchText(all.join(" "));
      expect(plain.shingles.length).toBe(runs.size);
      expect(sketchText(` ${all.join(",\n ").toUpperCase().replaceAll("SS", "ß")} `).words.length).toBe(
        plain.words.length,
      );
      expect([...plain.shingles]).toEqual([...plain.shingles].sort((a, b) => a - b));
    }),
  );
  expect(sketchText("We rank-papers, $quietly$.")).toEqual(sketchText("we RANK papers quietly"));
  expect(sketchText("Schrödinger")).toEqual(sketchText("Schro\u0308dinger"));
});

it("gives sets that share most values a common key, and unrelated ones none", () => {
  const numbers = (from: number) =>
    Uint32Array.from({ length: 150 }, (_, at) => Math.imul(from + at, 2_654_435_761) >>> 0);
  const common = (a: Uint32Array, b: Uint32Array) => [...bandKeys(a)].filter((key) => bandKeys(b).includes(key)).length;
  let met = 0;
  // 113 of 187 shared: a likeness of 0.6.
  for (let trial = 0; trial < 200; trial++)
    met += common(numbers(trial * 1_000), numbers(trial * 1_000 + 37)) > 0 ? 1 : 0;
  expect(met).toBeGreaterThan(180);
  expect(common(numbers(0), numbers(1_000_000))).toBe(0);
  expect(bandKeys(new Uint32Array(3))).toHaveLength(0);
});
