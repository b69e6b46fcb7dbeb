/** Our citations through other people's programs and back: titles, names and ids stay what they are. */
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { IncomingRecord, Paper } from "@paperwire/domain";
import { listToBibtex, listToCslJson, listToRis } from "@paperwire/formats";
import { importPapers } from "@paperwire/ingest";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { preparePython, runPythonTests } from "./python.ts";

const RUN_LIMIT_MS = 60_000;
const python = await preparePython("requirements-citations.txt");
if (python.kind === "absent") console.warn(`Skipped: pybtex, bibtexparser and rispy: ${python.reason}`);

type Name = { given: string; family: string; suffix: string };
const person = (given: string, family: string, suffix = ""): Name => ({ given, family, suffix });
const said = ({ given, family, suffix }: Name) => [given, family, suffix].filter(Boolean).join(" ");

/** What has broken somebody's import before. */
const TRICKY: [title: string, names: Name[]][] = [
  ["Attention Is All You Need", [person("Ashish", "Vaswani"), person("Łukasz", "Kaiser")]],
  ["Naïve Überlegungen: 100% of R&D costs $5_000 #1", [person("Jürgen", "Müller"), person("Zoë", "O’Brien")]],
  ["GPT-4 vs. BERT: Who Wins at 3D?", [person("Wil", "van der Aalst"), person("Martin Luther", "King", "Jr.")]],
  ["中文 titles, кириллица and ελληνικά", [person("Bjørn", "Ødegård"), person("Dvořák", "Škvorecký")]],
  ["“Quoted” – with dashes—and ‘more’", [person("José María", "de la Cruz"), person("Nguyễn", "Văn")]],
  ["What's in a Name? (A Study of [Brackets])", [person("Anne-Marie", "Saint-Exupéry"), person("J. R. R.", "Tolkien")]],
  ["A ~tilde~ and a slash/, back\\slash", [person("Ada", "Lovelace")]],
  ["Semicolons; commas, and: colons", [person("A. B.", "C"), person("Ming-Wei", "Chang")]],
];
const papers: Paper[] = TRICKY.map(([title, names], at) => ({
  id: `2503.0000${at + 1}`,
  revision: at + 1,
  title,
  authors: names.map((name) => ({ name: said(name) })),
  publishedAt: "2025-03-27T17:59:51.000Z",
  primaryCategory: "cs.CL",
}));

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperwire-citations-"));
  const expected = TRICKY.map(([title, names], at) => ({ id: papers[at]!.id, title, names }));
  await writeFile(join(folder, "expected.json"), JSON.stringify(expected));
  await writeFile(join(folder, "ours.bib"), listToBibtex(papers));
  await writeFile(join(folder, "ours.ris"), listToRis(papers));
  await writeFile(join(folder, "ours.json"), JSON.stringify(listToCslJson(papers)));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function readIn(file: string) {
  const records: IncomingRecord[] = [];
  const bytes = await readFile(join(folder, file));
  const summary = await importPapers({
    input: (async function* () {
      yield bytes;
    })(),
    format: "auto",
    options: { today: "2026-11-24" },
    papers: {
      takeIn: async (taken) => {
        records.push(...taken);
        return taken.map(() => "added" as const);
      },
    },
  });
  expect(summary.refusals).toEqual([]);
  return records.map(({ identifiers, facts }) => ({
    id: identifiers.find(({ scheme }) => scheme === "arxiv")?.value,
    title: facts.title,
    authors: facts.authors?.map(({ name }) => name),
  }));
}
const ours = papers.map(({ id, title, authors }) => ({ id, title, authors: authors!.map(({ name }) => name) }));

test.each(["ours.bib", "ours.ris", "ours.json"])("what we write in %s we read back", async (file) => {
  expect(await readIn(file)).toEqual(ours);
});

describe.skipIf(python.kind === "absent")("pybtex, bibtexparser and rispy of PyPI", () => {
  test(
    "read what we write, and write what we read",
    async () => {
      const report = await runPythonTests(python as { folder: string }, "test_citations.py", folder);
      expect(report).toContain("Ran 6 tests");
      for (const file of ["bibtexparser.bib", "rispy.ris"]) expect([file, await readIn(file)]).toEqual([file, ours]);
      // Its writer escapes what is escaped already, so titles with TeX's own signs come out as something else.
      const plain = <T extends { title: string }>(list: readonly T[]) =>
        list.filter(({ title }) => !/[%&$#_\\~]/.test(title));
      expect(plain(await readIn("pybtex.bib"))).toEqual(plain(ours));
    },
    RUN_LIMIT_MS,
  );
});
