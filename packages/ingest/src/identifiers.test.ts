import { expect, test } from "vitest";
import { doiIn, identifiersIn } from "./identifiers.ts";

test.each([
  ["10.1234/ABC.def", "10.1234/abc.def"],
  ["doi:10.1234/x", "10.1234/x"],
  ["https://doi.org/10.1234/X(1)", "10.1234/x(1)"],
  ["http://dx.doi.org/10.1234/x", "10.1234/x"],
  ["11.1234/x", undefined],
  ["10.1234/", undefined],
  ["10.1234/a b", undefined],
  ["", undefined],
  [null, undefined],
])("the DOI in %j is %j", (text, doi) => {
  expect(doiIn(text)).toBe(doi);
});

test.each([
  [{ doi: "10.48550/arXiv.2503.00001" }, ["arxiv:2503.00001"]],
  [{ doi: "10.18653/v1/2024.acl-long.1" }, ["doi:10.18653/v1/2024.acl-long.1", "acl:2024.acl-long.1"]],
  [{ doi: "10.18653/v1/P18-1001" }, ["doi:10.18653/v1/p18-1001", "acl:P18-1001"]],
  [{ arxiv: "arXiv:2503.00001v2", doi: "10.48550/arxiv.2503.00001" }, ["arxiv:2503.00001"]],
  [{ urls: ["https://openreview.net/forum?id=aB3_x-y9"] }, ["openreview:aB3_x-y9"]],
  [
    { urls: ["https://aclanthology.org/2024.acl-long.1.pdf", "https://www.arxiv.org/abs/hep-th/9901001"] },
    ["arxiv:hep-th/9901001", "acl:2024.acl-long.1"],
  ],
  [{ urls: ["https://doi.org/10.1234%2Fx", "https://example.org/10.1234/y", "no address", null] }, ["doi:10.1234/x"]],
  [{ openreview: "../../x", acl: "2024.acl" }, []],
])("%j names %j", (names, expected) => {
  expect(identifiersIn(names).map(({ scheme, value }) => `${scheme}:${value}`)).toEqual(expected);
});
