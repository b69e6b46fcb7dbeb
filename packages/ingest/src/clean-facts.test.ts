import fc from "fast-check";
import { describe, expect, test } from "vitest";
import {
  arxivIdOf,
  cleanAuthors,
  cleanText,
  cleanUrl,
  cleanWords,
  isInstant,
  toInstant,
  withoutGaps,
} from "./clean-facts.ts";

describe("text", () => {
  test("is folded to single spaces, without control characters and direction overrides", () => {
    expect(cleanText("  A\n  title\t of\u00a0two\u0007lines ")).toBe("A title of two lines");
    expect(cleanText("safe\u202etxt.exe")).toBe("safe txt.exe");
  });

  test("cleaned twice is cleaned once, and has no half surrogates", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const clean = cleanText(text.replaceAll("\0", "\ud800"));
        expect(cleanText(clean)).toBe(clean);
        expect(clean.isWellFormed()).toBe(true);
        expect(clean).not.toMatch(/^ | $| {2}|[\p{Cc}]/u);
      }),
    );
  });
});

describe("addresses", () => {
  test.each([
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    "java\nscript:alert(1)",
    "data:text/html,<script>",
    "vbscript:x",
    "file:///etc/passwd",
    "ftp://example.org/",
    "//example.org/x",
    "github.com/a/b",
    "https://",
    "http:example.org",
    "https://trusted.example@evil.example/",
    "https://example.org/a b",
    "https://example.org/\u0000",
    "https://example.org/\u202etxt",
    `https://example.org/${"x".repeat(2_000)}`,
    "",
    "   ",
  ])("%j is dropped", (hostile) => {
    expect(cleanUrl(hostile)).toBeUndefined();
  });

  test("http and https pass, in their normal form", () => {
    expect(cleanUrl(" HTTPS://GitHub.com/a/b ")).toBe("https://github.com/a/b");
    expect(cleanUrl('http://example.org/"><script>')).toBe("http://example.org/%22%3E%3Cscript%3E");
  });

  test("whatever passes is http or https, and passes again unchanged", () => {
    fc.assert(
      fc.property(fc.oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string()), (text) => {
        const url = cleanUrl(text);
        if (url === undefined) return;
        expect(url).toMatch(/^https?:\/\/[^\s]+$/);
        expect(cleanUrl(url)).toBe(url);
      }),
    );
  });
});

describe("instants", () => {
  test("any offset becomes UTC", () => {
    expect(toInstant("2025-03-28T02:00:00+02:00")).toBe("2025-03-28T00:00:00.000Z");
  });

  test.each(["2025-02-30T00:00:00Z", "2025-13-01T00:00:00Z", "2025-03-28T25:00:00Z", "2025-03-28", "soon"])(
    "%s is none",
    (text) => {
      expect(isInstant(text)).toBe(false);
    },
  );

  test("what is one is read as itself", () => {
    const bounds = { min: new Date("1900-01-02"), max: new Date("2999-12-30"), noInvalidDate: true };
    fc.assert(
      fc.property(fc.date(bounds), (date) => {
        expect(isInstant(date.toISOString())).toBe(true);
        expect(toInstant(date.toISOString())).toBe(date.toISOString());
      }),
    );
  });
});

test("an arXiv id loses its version", () => {
  expect(arxivIdOf("2503.00001v3")).toBe("2503.00001");
  expect(() => arxivIdOf("25030.0001")).toThrow("is not an arXiv identifier");
});

test("words lose repeats and blanks; too many or too long ones are refused", () => {
  const bounds = { field: "keywords", max: 3 };
  expect(cleanWords(["a", " a ", "", "b"].slice(0, 3), bounds)).toEqual(["a"]);
  expect(() => cleanWords(["a", "b", "c", "d"], bounds)).toThrow("There are 4 keywords; at most 3 are taken.");
  expect(() => cleanWords(["x".repeat(201)], bounds)).toThrow("The entry among the keywords has 201 characters");
});

test("silence is left out, zero and false are not", () => {
  expect(withoutGaps({ a: undefined, b: [], c: 0, d: false, e: "" })).toEqual({ c: 0, d: false, e: "" });
});

test("authors keep a true ORCID and the hash of an address, never the address", () => {
  const authors = cleanAuthors([
    { name: "Ada", orcid: "https://orcid.org/0000-0002-1825-0097", email: "Ada@Example.org" },
    { name: "Béla", orcid: "0000-0002-1825-0098", email: "~Bela_Example1" },
    { name: " " },
  ]);
  expect(authors).toEqual([
    { name: "Ada", orcid: "0000-0002-1825-0097", emailHash: expect.stringMatching(/^[0-9a-f]{64}$/) },
    { name: "Béla" },
  ]);
  expect(cleanAuthors([{ name: "Ada", email: "ada@example.org" }])[0]?.emailHash).toBe(authors[0]?.emailHash);
});
