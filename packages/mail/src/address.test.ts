import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseMailAddress } from "./address.ts";

describe("an address", () => {
  it.each([
    ["reader@example.org", "reader@example.org"],
    [" Reader+digest@Example.ORG ", "Reader+digest@example.org"],
    ["o'brien@example.co.uk", "o'brien@example.co.uk"],
    ['"two words"@example.org', '"two words"@example.org'],
    ['"a\\"b@c"@example.org', '"a\\"b@c"@example.org'],
    ["jürgen@müller.example", "jürgen@xn--mller-kva.example"],
    ["用户@例子.广告", "用户@xn--fsqu00a.xn--4rr70v"],
    [`${"x".repeat(64)}@example.org`, `${"x".repeat(64)}@example.org`],
    ["reader@example.org.", "reader@example.org"],
  ])("%j is taken", (typed, address) => {
    expect(parseMailAddress(typed)).toMatchObject({ address, key: address.toLowerCase() });
  });

  it.each([
    ["", /missing/],
    ["nobody", /should look like/],
    ["@example.org", /should look like/],
    ["reader@", /should look like/],
    ["reader@localhost", /no domain/],
    ["reader@[127.0.0.1]", /no domain/],
    ["reader@127.0.0.1", /no domain/],
    ["reader@exa mple.org", /no domain/],
    ["reader@-example.org", /no domain/],
    ["reader@example.org/x", /no domain/],
    ["two words@example.org", /before the @/],
    ["a@b@example.org", /before the @/],
    [".a@example.org", /before the @/],
    ["a..b@example.org", /before the @/],
    ["a,b@example.org", /before the @/],
    ["<a@example.org", /before the @/],
    ['"a@example.org', /before the @/],
    ["a@example.org\r\nBcc: b@example.org", /one line/],
    ['"a\r\nBcc: b"@example.org', /one line/],
    ["a\0@example.org", /one line/],
    ["a\u2028@example.org", /one line/],
    ["a\u202e@example.org", /one line/],
    [`${"x".repeat(65)}@example.org`, /64 bytes/],
    [`${"ü".repeat(33)}@example.org`, /64 bytes/],
    [`${"x".repeat(64)}@${"y".repeat(63)}.${"y".repeat(63)}.${"y".repeat(63)}.org`, /254 bytes/],
    [`${"x".repeat(60)}@${"yy.".repeat(86)}org`, /no domain/],
  ])("%j is refused, and says why", (typed, reason) => {
    expect(() => parseMailAddress(typed)).toThrow(reason);
  });

  it("never holds what could begin another header or recipient, whatever was typed", () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.string({ unit: "binary" }), fc.emailAddress()),
        fc.constantFrom("", "\r\nBcc: x@y.z", ", x@y.z", "<x>"),
        (one, more) => {
          try {
            const { address } = parseMailAddress(one + more);
            expect(address).not.toMatch(/[\r\n\0]/);
            expect(parseMailAddress(address).address).toBe(address);
          } catch (error) {
            expect((error as { code?: string }).code).toBe("invalid");
          }
        },
      ),
    );
  });
});
