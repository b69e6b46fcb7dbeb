/** How printed names are taken apart. */
import { expect, test } from "vitest";
import { parsePersonName, sortName } from "./person-name.ts";

test.each([
  ["Ashish Vaswani", { given: "Ashish", family: "Vaswani" }],
  ["Wil M. P. van der Aalst", { given: "Wil M. P.", particle: "van der", family: "Aalst" }],
  ["José G. C. de Souza", { given: "José G. C.", particle: "de", family: "Souza" }],
  ["Gabriel Poesia Reis e Silva", { given: "Gabriel Poesia Reis", particle: "e", family: "Silva" }],
  ["Martin Luther King Jr.", { given: "Martin Luther", family: "King", suffix: "Jr." }],
  ["Martin Luther King, Jr.", { given: "Martin Luther", family: "King", suffix: "Jr." }],
  ["van Beethoven, Ludwig", { given: "Ludwig", particle: "van", family: "Beethoven" }],
  ["Xin Ai", { given: "Xin", family: "Ai" }],
  // A slip of the source, seen in real editions.
  ["and Lei Bai", { given: "Lei", family: "Bai" }],
  ["De  Xu", { given: "De", family: "Xu" }],
])("%s has a given name and a family", (text, parts) => {
  expect(parsePersonName(text)).toEqual(parts);
});

test.each([
  "Kimi Team",
  "DeepSeek-AI",
  "Foundation AI Team",
  "Supryadi",
  "The IntFold Team",
  "GLM-4. 5 Team",
  "",
  "van",
])("%j is left whole", (text) => {
  expect(parsePersonName(text)).toEqual({ literal: text });
});

test("names sort by family with the particle in front", () => {
  expect(sortName(parsePersonName("Wil van der Aalst"))).toBe("van der Aalst, Wil");
  expect(sortName(parsePersonName("Kimi Team"))).toBe("Kimi Team");
});
