import fc from "fast-check";
import { expect, it } from "vitest";
import { closeRefusal, curationRefusal, moved } from "./curation.ts";

it("closes an edition that has begun and holds something, once", () => {
  const edition = { date: "2025-03-31", closed: false, entries: 3 };
  expect(closeRefusal(edition, "2025-03-31")).toBeNull();
  expect(closeRefusal(edition, "2025-04-02")).toBeNull();
  expect(closeRefusal(edition, "2025-03-30")).toContain("not begun");
  expect(closeRefusal({ ...edition, closed: true }, "2025-03-31")).toContain("closed already");
  expect(closeRefusal({ ...edition, entries: 0 }, "2025-03-31")).toContain("without papers");
  expect(curationRefusal(edition)).toBeNull();
  expect(curationRefusal({ ...edition, closed: true })).toContain("stay as they are");
});

it("moves one and keeps the others in order", () => {
  expect(moved(["a", "b", "c"], "c", 1)).toEqual(["c", "a", "b"]);
  expect(moved(["a", "b", "c"], "a", 99)).toEqual(["b", "c", "a"]);
  expect(moved(["a", "b", "c"], "x", 1)).toEqual(["a", "b", "c"]);
  fc.assert(
    fc.property(
      fc.uniqueArray(fc.nat(), { minLength: 1, maxLength: 12 }),
      fc.nat(),
      fc.integer(),
      (items, pick, to) => {
        const item = items[pick % items.length]!;
        const after = moved(items, item, to);
        expect(after.filter((one) => one !== item)).toEqual(items.filter((one) => one !== item));
        expect(after.indexOf(item)).toBe(Math.min(Math.max(to, 1), items.length) - 1);
      },
    ),
  );
});
