import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isProvisional, NAME_CHARS_MAX, parseHandle, parseName, provisionalHandle, suggestHandle } from "./handle.ts";

describe("a handle", () => {
  it("is read with or without @, in any case", () => {
    expect(parseHandle(" @Ada-99 ")).toBe("ada-99");
  });

  it.each(["a", "-ada", "ada-", "a--b", "a_b", "ädá", "a b", "a".repeat(31), "", "@", "<b>", "a/b", "ada\0"])(
    "is not %j",
    (typed) => {
      expect(() => parseHandle(typed)).toThrow(/letters a to z/);
    },
  );

  it("never speaks for the site, and is none that a new account starts with", () => {
    for (const typed of ["admin", "Moderator", "@sign-in", "paperwire", provisionalHandle("abcd2345")]) {
      expect(() => parseHandle(typed)).toThrow(/kept back/);
    }
    expect(isProvisional(provisionalHandle("abcd2345"))).toBe(true);
    expect(isProvisional("reader-ada")).toBe(false);
  });

  it("is suggested from a name, and is then one or nothing", () => {
    expect(suggestHandle("José Müller-Lüdenscheidt")).toBe("jose-muller-ludenscheidt");
    expect(suggestHandle("ada.lovelace+papers")).toBe("ada-lovelace");
    expect(suggestHandle("Admin")).toBe("");
    expect(suggestHandle("李")).toBe("");
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), (text) => {
        const handle = suggestHandle(text);
        if (handle !== "") expect(parseHandle(handle)).toBe(handle);
      }),
    );
  });
});

describe("a name", () => {
  it("is one visible line", () => {
    expect(parseName("  Ada\u202e\n  Lovelace\0 ")).toBe("Ada Lovelace");
    expect(() => parseName("x".repeat(NAME_CHARS_MAX + 1))).toThrow(/at most/);
  });
});
