/** RIS records, read back by a parser that is not ours. */
import { Cite } from "@citation-js/core";
import { expect, test } from "vitest";
import "@citation-js/plugin-ris";
import { listToRis, toRis } from "./ris.ts";
import { ATTENTION, paperWith } from "./testing.ts";

test("a preprint is unpublished work of arXiv, with CRLF line ends", () => {
  expect(toRis(ATTENTION).split("\r\n")).toEqual([
    "TY  - UNPB",
    "ID  - vaswani2017attention",
    "TI  - Attention Is All You Need",
    "AU  - Vaswani, Ashish",
    "AU  - Kaiser, Łukasz",
    "AU  - Polosukhin, Illia",
    "PY  - 2017",
    "DA  - 2017/06/12",
    "PB  - arXiv",
    "M1  - arXiv:1706.03762",
    "DO  - 10.48550/arXiv.1706.03762",
    "UR  - https://arxiv.org/abs/1706.03762",
    "KW  - attention",
    "KW  - sequence models",
    "ER  - ",
    "",
  ]);
});

test("a foreign parser finds title, names, date and address again", () => {
  const paper = paperWith({
    title: "DART$^3$ & friends: 100% naïve — ein sehr langer Titel, der in einer Zeile bleiben muss, 中文 inbegriffen",
    authors: [{ name: "Wil van der Aalst" }, { name: "Kimi Team" }],
    venue: "ICCV 2023",
  });
  const [item] = new Cite(toRis(paper)).data;
  expect(item).toMatchObject({
    type: "paper-conference",
    title: paper.title,
    author: [{ given: "Wil", family: "van der Aalst" }, { literal: "Kimi Team" }],
    "container-title": "ICCV 2023",
    DOI: "10.48550/arXiv.1706.03762",
  });
});

test("a line break in a value starts no tag", () => {
  const ris = toRis(paperWith({ title: "One\r\nER  - \r\nTY  - BOOK", abstract: "a\n\nb\u0000c" }));
  expect(ris.match(/^TY/gm)).toHaveLength(1);
  expect(ris).toContain("AB  - a b c\r\n");
});

test("a list is one record after the other", () => {
  expect(new Cite(listToRis([ATTENTION, paperWith({ id: "1706.99999" })])).data).toHaveLength(2);
});
