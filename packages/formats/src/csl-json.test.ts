/** CSL-JSON items. */
import { expect, test } from "vitest";
import { listToCslJson, toCslJson } from "./csl-json.ts";
import { ATTENTION, paperWith } from "./testing.ts";

test("a preprint is CSL's plain article, with the archive's id as its number", () => {
  expect(toCslJson(ATTENTION)).toEqual({
    id: "vaswani2017attention",
    "citation-key": "vaswani2017attention",
    type: "article",
    title: "Attention Is All You Need",
    author: [
      { given: "Ashish", family: "Vaswani" },
      { given: "Łukasz", family: "Kaiser" },
      { given: "Illia", family: "Polosukhin" },
    ],
    issued: { "date-parts": [[2017, 6, 12]] },
    number: "arXiv:1706.03762",
    genre: "preprint",
    publisher: "arXiv",
    DOI: "10.48550/arXiv.1706.03762",
    URL: "https://arxiv.org/abs/1706.03762",
    keyword: "attention, sequence models",
  });
});

test("a date is only as exact as it is known", () => {
  const year = paperWith({ publishedAt: "2017-01-01T00:00:00.000Z", publishedPrecision: "year" });
  expect(toCslJson(year).issued).toEqual({ "date-parts": [[2017]] });
  const { publishedAt: _, ...undated } = ATTENTION;
  expect(toCslJson(undated).issued).toBeUndefined();
});

test("a paper without arXiv id, authors or date still has a key", () => {
  const item = toCslJson({ id: "01JQ", revision: 1, title: "???" });
  expect(item).toEqual({
    id: "paper01jq",
    "citation-key": "paper01jq",
    type: "article",
    title: "???",
    genre: "preprint",
  });
});

test("items of a list never share an id", () => {
  const ids = listToCslJson([ATTENTION, paperWith({ id: "1" }), paperWith({ id: "2" })]).map((item) => item.id);
  expect(new Set(ids).size).toBe(3);
});
