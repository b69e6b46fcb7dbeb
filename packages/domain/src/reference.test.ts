import { expect, it } from "vitest";
import { parseReference } from "./reference.ts";

const arxiv = (value: string) => ({ scheme: "arxiv", value });

it.each([
  ["2503.21776", arxiv("2503.21776")],
  [" arXiv:2503.21776v3 ", arxiv("2503.21776")],
  ["https://arxiv.org/pdf/2503.21776v2.pdf", arxiv("2503.21776")],
  ["https://huggingface.co/papers/2503.21776", arxiv("2503.21776")],
  ["https://www.alphaxiv.org/abs/2503.21776v1", arxiv("2503.21776")],
  ["https://ar5iv.labs.arxiv.org/html/2503.21776", arxiv("2503.21776")],
  ["https://papers.example.org/papers/hep-th/9901001", arxiv("hep-th/9901001")],
  ["https://doi.org/10.48550/arXiv.2503.21776", arxiv("2503.21776")],
  ["https://doi.org/10.1145/1234.5678.", { scheme: "doi", value: "10.1145/1234.5678" }],
  ["doi: 10.1162/TACL_a_00349", { scheme: "doi", value: "10.1162/tacl_a_00349" }],
  ["https://openreview.net/forum?id=AbC-_dEf12&noteId=x", { scheme: "openreview", value: "AbC-_dEf12" }],
  ["https://openreview.net/pdf?id=AbC-_dEf12", { scheme: "openreview", value: "AbC-_dEf12" }],
  ["https://aclanthology.org/2024.acl-long.1/", { scheme: "acl", value: "2024.acl-long.1" }],
  ["https://aclanthology.org/P19-1001.pdf", { scheme: "acl", value: "P19-1001" }],
])("%s names a paper", (text, expected) => {
  expect(parseReference(text, "papers.example.org")).toEqual(expected);
});

it.each([
  "",
  "attention is all you need",
  "https://example.org/2503.21776",
  "https://papers.example.org/date/2025-03-28",
  "https://openreview.net/forum?id=<script>",
  "https://openreview.net/group?id=ICLR.cc",
  "10.1/x",
  "1".repeat(600),
  "javascript:2503.21776",
])("%s names none", (text) => {
  expect(parseReference(text, "papers.example.org")).toBeNull();
});
