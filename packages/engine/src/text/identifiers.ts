/** Identifiers as people paste them: bare, with a prefix, as an address, with or without a version. */

const ADDRESS =
  /^(?:https?:\/\/)?(?:www\.|dx\.|export\.)?(?:(?:arxiv|alphaxiv)\.org\/(?:abs|pdf|html)\/|huggingface\.co\/papers\/|doi\.org\/|openreview\.net\/forum\?id=|orcid\.org\/|arxiv:\s*|doi:\s*)/;
const ARXIV_VERSION = /^(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})v\d{1,3}$/;

/** The DOI that arXiv gives to each of its papers. */
const ARXIV_DOI = /^10\.48550\/arxiv\.(?=.)/;

/**
 * @returns the identifier without address and prefix, and also without its version or as the arXiv id that a DOI of
 * arXiv holds; nothing for empty text
 */
export function identifierForms(text: string): string[] {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(ADDRESS, "")
    .replace(/\.pdf$/, "");
  if (bare === "") return [];
  const unversioned = bare.replace(ARXIV_DOI, "").replace(ARXIV_VERSION, "$1");
  return unversioned === bare ? [bare] : [bare, unversioned];
}
