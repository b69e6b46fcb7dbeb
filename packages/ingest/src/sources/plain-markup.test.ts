import fc from "fast-check";
import { expect, test } from "vitest";
import { plainJats } from "./plain-markup.ts";

test.each([
  [
    "<jats:title>Abstract</jats:title><jats:p>One.</jats:p><jats:p>Two &amp; <jats:italic>three</jats:italic>.</jats:p>",
    "Abstract One. Two & three.",
  ],
  ["a &lt; b &#8211; c &#x2013; d &unknown; e", "a < b – c – d &unknown; e"],
  ["<mml:math><mml:mi>x</mml:mi></mml:math><jats:tex-math>x_1</jats:tex-math>", "xx_1"],
  ["if a <b and c> d", "if a d"],
  ["3 < 4 and 5 > 4", "3 < 4 and 5 > 4"],
  ["&#0;&#99999999;", "&#0;&#99999999;"],
])("%j is %j", (text, plain) => {
  expect(plainJats(text)).toBe(plain);
});

test("whatever comes, it ends soon and holds no element", () => {
  fc.assert(
    fc.property(
      fc.string({ unit: fc.constantFrom("<", ">", "p", "/", " ", "&", "#", "1", ";", "a"), maxLength: 300 }),
      (text) => {
        expect(plainJats(text)).not.toMatch(/<\/?p>/);
      },
    ),
  );
  const begun = performance.now();
  plainJats("<a ".repeat(50_000));
  expect(performance.now() - begun).toBeLessThan(5_000);
});
