import fc from "fast-check";
import { expect, it } from "vitest";
import { backPath } from "./back-path.ts";

it("keeps a path of this site, with query and anchor", () => {
  expect(backPath("/date/2025-03-28?page=2#paper-2503.00001", "/")).toBe("/date/2025-03-28?page=2#paper-2503.00001");
});

it.each([
  "//evil.example",
  "/\\evil.example",
  "https://evil.example/",
  "/\t/evil.example",
  "/a/..//evil.example",
  "/.//evil.example",
  "javascript:alert(1)",
  "",
  "date",
  " /date",
  "/a\r\nSet-Cookie: x=1",
  `/${"a".repeat(2_000)}`,
  undefined,
])("leads nowhere else: %j", (text) => {
  expect(backPath(text, "/safe")).toBe("/safe");
});

it("never leaves the site, whatever is said", () => {
  const sign = fc.constantFrom("/", "\\", ".", "\t", "\n", "@", ":", "?", "#", "%2f", "a", "evil.example");
  fc.assert(
    fc.property(fc.array(sign, { maxLength: 9 }), (signs) => {
      const path = backPath(signs.join(""), "/");
      expect(new URL(path, "https://papers.example.org").host).toBe("papers.example.org");
    }),
  );
});
