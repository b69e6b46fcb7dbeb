import { expect, test } from "vitest";
import { adaptAclPaper } from "./adapter.ts";
import { createAclReader } from "./shape.ts";

function read(papers: string, volume = 'id="1" ingest-date="2020-01-01"') {
  const reader = createAclReader("The Anthology");
  const xml = `<?xml version='1.0' encoding='UTF-8'?><collection id="P18"><volume ${volume}><meta><booktitle>Proceedings of the 56th Meeting</booktitle><month>July–August</month><year>2018</year></meta>${papers}</volume></collection>`;
  // In pieces, as it comes over a connection.
  for (let at = 0; at < xml.length; at += 7) reader.write(xml.slice(at, at + 7));
  return reader.end();
}

test("titles keep the text of the elements inside them, formulas their TeX", () => {
  const [paper] = read(
    `<paper id="1"><title>An <fixed-case>A<b>B</b></fixed-case>C of <tex-math>x&lt;1</tex-math> &amp; more</title><author><first>Zoë</first><last>van Dijk</last><variant><first>Z.</first><last>Dijk</last></variant></author><author><last>Collective</last></author><abstract>See <url>https://example.org/x</url>.</abstract><url hash="1">P18-1001</url><doi>10.18653/v1/P18-1001</doi></paper>`,
  );
  const { identifiers, facts, asOf } = adaptAclPaper(paper!);
  expect(facts).toMatchObject({
    title: "An ABC of $x<1$ & more",
    abstract: "See https://example.org/x.",
    authors: [{ name: "Zoë van Dijk" }, { name: "Collective" }],
    venue: "56th Meeting",
    year: 2018,
    publishedAt: "2018-07-01T00:00:00.000Z",
    publishedPrecision: "year",
  });
  expect(identifiers).toEqual([
    { scheme: "doi", value: "10.18653/v1/p18-1001" },
    { scheme: "acl", value: "P18-1001" },
  ]);
  expect(asOf).toBe("2020-01-01T12:00:00.000Z");
});

test("an old paper whose address is that of another site keeps the name of its place", () => {
  const [paper] = read(`<paper id="12"><title>T</title><url>https://example.org/x.pdf</url></paper>`, 'id="1"');
  expect(paper!.id).toBe("P18-1.12");
  expect(() => adaptAclPaper(paper!)).toThrow("is not an id of the ACL Anthology");
});

test("front matter and editors are no papers and no authors", () => {
  expect(read(`<frontmatter><url>P18-1000</url><title>All</title></frontmatter>`)).toEqual([]);
});

test("a paper without a title is refused, one that was removed says so", () => {
  const [bare, removed] = read(
    `<paper id="1"><url>P18-1001</url></paper><paper id="2"><title>T</title><url>P18-1002</url><removed date="2019-02-03">Twice here.</removed></paper>`,
  );
  expect(() => adaptAclPaper(bare!)).toThrow("The title is empty.");
  expect(adaptAclPaper(removed!).facts).toMatchObject({
    note: "Twice here.",
    notices: [
      { kind: "retracted", source: "ACL Anthology", date: "2019-02-03", url: "https://aclanthology.org/P18-1002" },
    ],
  });
});
