/** JSON-LD and Highwire tags. */
import { expect, test } from "vitest";
import { toHighwire, toSchemaOrg } from "./schema-org.ts";
import { ATTENTION, paperWith } from "./testing.ts";

const PAGE = { paperUrl: "https://papers.example.org/papers/1706.03762" };

test("JSON-LD names people, teams, date and identifiers, and leaves out what is not known", () => {
  const object = toSchemaOrg(
    paperWith({ authors: [{ name: "Ada Lovelace" }, { name: "Kimi Team" }, { name: "Supryadi" }] }),
    PAGE,
  );
  expect(object).toMatchObject({
    "@type": "ScholarlyArticle",
    author: [
      { "@type": "Person", name: "Ada Lovelace" },
      { "@type": "Organization", name: "Kimi Team" },
      { "@type": "Person", name: "Supryadi" },
    ],
    datePublished: "2017-06-12",
    identifier: [{ propertyID: "arXiv", value: "1706.03762" }, { propertyID: "DOI" }],
  });
  expect(Object.keys(object)).not.toContain("abstract");
  expect(Object.keys(object)).not.toContain("mentions");
});

test("Highwire tags repeat the author and announce a preprint as a report of arXiv", () => {
  const tags = toHighwire(ATTENTION, PAGE);
  expect(tags.filter(([name]) => name === "citation_author").map(([, name]) => name)).toEqual([
    "Vaswani, Ashish",
    "Kaiser, Łukasz",
    "Polosukhin, Illia",
  ]);
  expect(Object.fromEntries(tags)).toMatchObject({
    citation_title: "Attention Is All You Need",
    citation_publication_date: "2017/06/12",
    citation_technical_report_institution: "arXiv",
    citation_pdf_url: "https://arxiv.org/pdf/1706.03762",
  });
  expect(Object.fromEntries(toHighwire(paperWith({ venue: "ICCV 2023" }), PAGE))).toMatchObject({
    citation_conference_title: "ICCV 2023",
    citation_publication_date: "2023",
  });
});
