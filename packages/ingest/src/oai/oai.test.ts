import { expect, test } from "vitest";
import { papersOf, type ReplayPaper } from "../replay/model.ts";
import { answerOai, recordXml } from "../replay/oai-answers.ts";
import { adaptOaiRecord } from "./adapter.ts";
import { beginAt, nextList, noteDatestamp, readMark, startOver } from "./mark.ts";
import { checkSet, isPrimaryIn, oaiSetOf } from "./sets.ts";
import { createOaiPageReader, type OaiRecord } from "./shape.ts";

const PAPER: ReplayPaper = {
  id: "2611.00001",
  title: "On  A & B:\n  Schr\\\"odinger's <cat>",
  authors: ["Ada A. Author", 'J\\"urgen Bauer'],
  abstract: "We show $a < b$.",
  categories: ["cs.CL", "stat.ML"],
  comments: "12 pages",
  versions: [{ date: "2026-11-23T15:00:07.000Z" }],
  datestamp: "2026-11-24",
  announcedOn: "2026-11-24",
};

const page = (...records: string[]) =>
  `<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-24T12:00:00Z</responseDate><ListRecords>${records.join("")}<resumptionToken expires='2026-11-25T00:00:00Z'>a%26b</resumptionToken></ListRecords></OAI-PMH>`;

function readAll(xml: string, piece = 7) {
  const reader = createOaiPageReader("arXiv");
  const records: OaiRecord[] = [];
  for (let at = 0; at < xml.length; at += piece) records.push(...reader.write(xml.slice(at, at + piece)));
  return { records, end: reader.end() };
}
const one = (paper: ReplayPaper, format = "arXivRaw") =>
  adaptOaiRecord(readAll(page(recordXml(paper, format))).records[0]!);

test("a page is read in whatever pieces it comes", () => {
  const xml = page(recordXml(PAPER, "arXiv"), recordXml({ ...PAPER, id: "2611.00002" }, "arXivRaw"));
  const whole = readAll(xml, xml.length);
  for (const piece of [1, 2, 13, 1_000]) expect(readAll(xml, piece)).toEqual(whole);
  expect(whole.records.map(({ identifier }) => identifier)).toEqual([
    "oai:arXiv.org:2611.00001",
    "oai:arXiv.org:2611.00002",
  ]);
  expect(whole.end).toEqual({
    responseDate: "2026-11-24T12:00:00Z",
    token: "a%26b",
    tokenEndsAt: "2026-11-25T00:00:00Z",
    listSize: null,
    error: null,
  });
});

test("both formats become the same paper, one to the second and one to the day", () => {
  const facts = {
    title: "On A & B: Schrödinger's <cat>",
    abstract: "We show $a < b$.",
    authors: [{ name: "Ada A. Author" }, { name: "Jürgen Bauer" }],
    primaryCategory: "cs.CL",
    categories: ["cs.CL", "stat.ML"],
    note: "12 pages",
  };
  const identifiers = [{ scheme: "arxiv", value: "2611.00001" }];
  const asOf = "2026-11-24T23:59:59.000Z";
  expect(one(PAPER)).toEqual({
    id: "2611.00001",
    record: {
      identifiers,
      asOf,
      speaksFor: "arXiv",
      facts: { ...facts, publishedAt: "2026-11-23T15:00:07.000Z", publishedPrecision: "instant", version: 1 },
    },
    isWithdrawn: false,
    mayBeNewOn: "2026-11-24",
  });
  expect(one(PAPER, "arXiv").record).toEqual({
    identifiers,
    asOf,
    speaksFor: "arXiv",
    facts: { ...facts, publishedAt: "2026-11-23T00:00:00.000Z", publishedPrecision: "day" },
  });
});

test("a day of creation after the month of the number is that of a later version, and doubted", () => {
  const later = { ...PAPER, versions: [{ date: "2027-02-01T00:00:00.000Z" }] };
  expect(one(later, "arXiv").record!.facts.unverified).toEqual(["published"]);
});

test("withdrawn by its flag, by its remark, and deleted", () => {
  const flagged = { ...PAPER, versions: [...PAPER.versions, { date: "2026-12-01T00:00:00.000Z", sourceType: "AI" }] };
  expect(one(flagged)).toMatchObject({ isWithdrawn: true, mayBeNewOn: null });
  expect(one(flagged).record!.facts).toMatchObject({
    note: "Withdrawn on arXiv. 12 pages",
    notices: [{ kind: "withdrawn", source: "arXiv", date: "2026-12-01" }],
    version: 2,
    versions: [
      { number: 1, at: "2026-11-23T15:00:07.000Z" },
      { number: 2, at: "2026-12-01T00:00:00.000Z" },
    ],
  });
  expect(one({ ...PAPER, comments: "Withdrawn by the authors" }, "arXiv").isWithdrawn).toBe(true);
  expect(one({ ...PAPER, isDeleted: true })).toEqual({
    id: "2611.00001",
    record: undefined,
    isWithdrawn: true,
    mayBeNewOn: null,
  });
});

test.each([
  ["<html><body>busy</body></html>", 'arXiv answers with "html".'],
  ["Rate exceeded.", "arXiv's answer is damaged or cut short."],
  ["", "arXiv's answer is damaged or cut short."],
  [page(recordXml(PAPER, "arXiv")).slice(0, -30), "arXiv's answer is damaged or cut short."],
  [`<!DOCTYPE OAI-PMH [<!ENTITY a "aa">]>${page().slice(21)}`, "declares a document type"],
  [page(recordXml(PAPER, "arXiv")).replace("We show", "We &b; show"), "damaged"],
  [`<OAI-PMH>${"<a>".repeat(200)}`, "elements 100 deep"],
])("%s is not a page", (xml, reason) => {
  expect(() => readAll(xml)).toThrow(reason);
});

test("a record without what a paper needs is refused, the ones beside it are not", () => {
  const broken = recordXml(PAPER, "arXiv").replace(/<title>.*<\/title>/s, "");
  const { records } = readAll(page(broken, recordXml(PAPER, "arXiv")));
  expect(() => adaptOaiRecord(records[0]!)).toThrow('"title" is missing.');
  expect(() => adaptOaiRecord({ ...records[1]!, datestamp: "24 Nov" })).toThrow("is not a datestamp");
  expect(adaptOaiRecord(records[1]!).id).toBe("2611.00001");
});

test("the replay server's own words pass through the reader", () => {
  const papers = papersOf("2026-11-24", 5);
  const serving = { papers, pageSize: 3, address: "http://x/oai", now: () => new Date(0), isExpired: () => false };
  const first = readAll(answerOai(new URLSearchParams("verb=ListRecords&metadataPrefix=arXiv&set=cs"), serving));
  expect(first.records).toHaveLength(3);
  expect(first.end.listSize).toBe(5);
  const query = new URLSearchParams({ verb: "ListRecords", resumptionToken: first.end.token });
  expect(readAll(answerOai(query, serving))).toMatchObject({ records: { length: 2 }, end: { token: "" } });
});

test("sets have two names", () => {
  expect(["cs", "cs.CL", "stat.ML", "hep-th", "astro-ph.CO", "q-bio.NC"].map(oaiSetOf)).toEqual([
    "cs:cs",
    "cs:cs:CL",
    "stat:stat:ML",
    "physics:hep-th",
    "physics:astro-ph:CO",
    "q-bio:q-bio:NC",
  ]);
  expect(isPrimaryIn("cs", "cs.CL")).toBe(true);
  expect(isPrimaryIn("cs.CL", "cs.CV")).toBe(false);
  expect(() => checkSet("cs&set=math")).toThrow("no archive or category");
});

test("a mark goes on a day early, and never backwards", () => {
  const mark = beginAt("2026-11-01");
  for (const day of ["2026-11-02", "2026-11-05", "nonsense", "2026-11-05"]) noteDatestamp(mark, day);
  expect(nextList(mark)).toEqual({ from: "2026-11-04", isSorted: true });
  expect(startOver(mark)).toEqual({ from: "2026-11-05", isSorted: true });
  noteDatestamp(mark, "2026-11-03");
  expect(startOver(mark)).toEqual({ from: "2026-11-01", isSorted: true });
  expect(nextList(beginAt("2026-11-01"))).toEqual({ from: "2026-11-01", isSorted: true });
  expect(readMark({ from: "yesterday", isSorted: true })).toBeUndefined();
  expect(readMark(null)).toBeUndefined();
});
