import { expect, it } from "vitest";
import { waitInWords } from "./wait.ts";

it.each([
  [0, "in a second"],
  [40, "in 40 seconds"],
  [121, "in 3 minutes"],
  [3_540, "in an hour"],
  [3_601, "in 2 hours"],
])("%d seconds are said as %s", (seconds, words) => {
  expect(waitInWords(seconds)).toBe(words);
});
