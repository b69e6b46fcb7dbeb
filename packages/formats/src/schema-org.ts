/** A paper as schema.org JSON-LD, for search engines and whoever else reads structured pages. */
import { type Paper, pageUrl, pdfUrl } from "@paperwire/domain";
import { sortName } from "./person-name.ts";
import { referenceOf } from "./reference.ts";

/**
 * An object to be printed as `application/ld+json` (escape `<` when it goes into a page).
 * @param paperUrl absolute address of the paper's page here
 * @source https://schema.org/ScholarlyArticle
 */
export function toSchemaOrg(paper: Paper, { paperUrl }: { paperUrl: string }): Record<string, unknown> {
  const reference = referenceOf(paper);
  const page = pageUrl(paper);
  const pdf = pdfUrl(paper);
  const code = (paper.links ?? []).filter(({ kind }) => kind === "code");
  const fields = {
    "@context": "https://schema.org",
    "@type": "ScholarlyArticle",
    "@id": paperUrl,
    url: paperUrl,
    name: reference.title,
    headline: reference.title,
    author: (paper.authors ?? []).map((author, at) => authorOf(author.name, "literal" in reference.authors[at]!)),
    datePublished: isoDate(reference.date),
    abstract: paper.abstract,
    keywords: paper.keywords,
    identifier: identifiersOf(reference),
    sameAs: page,
    encoding: pdf && { "@type": "MediaObject", contentUrl: pdf, encodingFormat: "application/pdf" },
    isPartOf: reference.container && { "@type": "PublicationVolume", name: reference.container },
    mentions: code.map(({ url }) => ({ "@type": "SoftwareSourceCode", codeRepository: url })),
  };
  return Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && !(Array.isArray(value) && value.length === 0)),
  );
}

/** A name of one word may be a person's or a company's: nothing is claimed of it unless it has a space. */
function authorOf(name: string, isLiteral: boolean) {
  return { "@type": isLiteral && name.includes(" ") ? "Organization" : "Person", name };
}

function identifiersOf({ arxivId, doi }: ReturnType<typeof referenceOf>) {
  const pairs = [
    ["arXiv", arxivId],
    ["DOI", doi],
  ];
  return pairs
    .filter(([, value]) => value !== undefined)
    .map(([propertyID, value]) => ({ "@type": "PropertyValue", propertyID, value }));
}

/** `2024`, `2024-05` or `2024-05-24`. */
function isoDate(date: readonly number[]): string | undefined {
  return date.length === 0 ? undefined : date.map((part) => String(part).padStart(2, "0")).join("-");
}

/**
 * `citation_*` meta tags, name and content, in order; authors repeat. Google Scholar and Zotero read them.
 * A preprint is announced as a technical report of arXiv: with a title alone Zotero takes it for a journal article.
 * @source https://scholar.google.com/intl/en/scholar/inclusion.html#indexing
 */
export function toHighwire(paper: Paper, { paperUrl }: { paperUrl: string }): [name: string, content: string][] {
  const reference = referenceOf(paper);
  const { kind, container, arxivId, doi, date } = reference;
  const day = date.map((part) => String(part).padStart(2, "0")).join("/");
  const tags: [string, string | undefined][] = [
    ["citation_title", reference.title],
    ...reference.authors.map((name): [string, string] => ["citation_author", sortName(name)]),
    ["citation_publication_date", day],
    ["citation_conference_title", kind === "conference" ? container : undefined],
    ["citation_journal_title", kind === "journal" ? container : undefined],
    ["citation_technical_report_institution", kind === "preprint" && arxivId !== undefined ? "arXiv" : undefined],
    ["citation_technical_report_number", kind === "preprint" && arxivId !== undefined ? `arXiv:${arxivId}` : undefined],
    ["citation_arxiv_id", arxivId],
    ["citation_doi", doi],
    ["citation_abstract", paper.abstract],
    ["citation_keywords", paper.keywords?.join("; ")],
    ["citation_pdf_url", pdfUrl(paper)],
    ["citation_abstract_html_url", paperUrl],
    ["citation_public_url", reference.url],
  ];
  return tags.filter((tag): tag is [string, string] => tag[1] !== undefined && tag[1] !== "");
}
