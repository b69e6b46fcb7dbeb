import fc from "fast-check";
import { expect, test } from "vitest";
import { afterSight, type LinkSight, type LinkStanding, nextLookMs } from "./link-history.ts";
import { watchedUrl } from "./watched-url.ts";

function events(...sights: LinkSight[]): (string | null)[] {
  let standing: LinkStanding = { state: "unknown", misses: 0 };
  return sights.map((sight) => {
    const { event, ...next } = afterSight(standing, sight);
    standing = next;
    return event;
  });
}

test("what was promised appears; what is there at the first look is no event", () => {
  expect(events("missing", "missing", "there")).toEqual([null, null, "appeared"]);
  expect(events("there", "there")).toEqual([null, null]);
  expect(events("missing", "empty", "there")).toEqual([null, "empty", "filled"]);
});

test("gone is what was missed twice in a row; a host that is down says nothing", () => {
  expect(events("there", "missing", "there")).toEqual([null, null, null]);
  expect(events("there", "missing", "missing", "missing", "there")).toEqual([null, null, "gone", null, "back"]);
  expect(events("there", "unreachable", "unreachable", "unreachable")).toEqual([null, null, null, null]);
});

test("an event is told once for each change, however the looks come out", () => {
  const sight = fc.constantFrom<LinkSight>("there", "empty", "missing", "unreachable");
  fc.assert(
    fc.property(fc.array(sight, { maxLength: 40 }), (sights) => {
      const told = events(...sights).filter((event) => event === "gone" || event === "back");
      for (const [at, event] of told.entries()) expect(event).toBe(at % 2 === 0 ? "gone" : "back");
    }),
  );
});

test("it is looked at weekly, sooner what is promised or was missed once, later and later where nobody answers", () => {
  const days = (standing: LinkStanding, sight: LinkSight) => nextLookMs(standing, sight, 0) / 86_400_000;
  expect(days({ state: "there", misses: 0 }, "there")).toBe(7);
  expect(days({ state: "missing", misses: 1 }, "missing")).toBe(1);
  expect(days({ state: "missing", misses: 100 }, "missing")).toBe(7);
  expect(days({ state: "there", misses: 1 }, "missing")).toBe(1);
  expect(days({ state: "gone", misses: 2 }, "missing")).toBe(7);
  expect([1, 2, 3, 4, 9].map((misses) => days({ state: "there", misses }, "unreachable"))).toEqual([1, 2, 4, 7, 7]);
});

test.each([
  ["code", "https://www.GitHub.com/Owner/Name.git", "https://github.com/owner/name"],
  ["code", "https://github.com/Owner/Name/tree/main/x?tab=1#readme", "https://github.com/owner/name"],
  ["code", "https://gitlab.com/Owner/Name/-/tree/main", "https://gitlab.com/Owner/Name"],
  ["dataset", "https://huggingface.co/datasets/Org/Data/viewer", "https://huggingface.co/datasets/Org/Data"],
  ["model", "https://huggingface.co/Org/Model/tree/main", "https://huggingface.co/Org/Model"],
  ["project", "http://Example.org/x?y=1#z", "http://example.org/x?y=1"],
  ["project", "https://example.org", "https://example.org/"],
  ["pdf", "https://example.org/x.pdf", null],
  ["code", "ftp://example.org/x", null],
  ["code", "https://me@example.org/x", null],
] as const)("a %s link to %s is watched as %s", (kind, url, watched) => {
  expect(watchedUrl({ kind, url })).toBe(watched);
});
