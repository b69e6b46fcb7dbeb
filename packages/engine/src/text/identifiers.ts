/** Identifiers as people paste them: bare, with a prefix, as an address, with or without a version. */

const ADDRESS =
  /^(?:https?:\/\/)?(?:www\.|dx\.)?(?:arxiv\.org\/(?:abs|pdf|html)\/|doi\.org\/|openreview\.net\/forum\?id=|orcid\.org\/|arxiv:\s*|doi:\s*)/;
const ARXIV_VERSION = /^(\d{4}\.\d{4,5}|[a-z-]+(?:\.[a-z]{2})?\/\d{7})v\d{1,3}$/;

/** @returns the identifier without address and prefix, and without its version if it has one; nothing for empty text */
export function identifierForms(text: string): string[] {
  const bare = text
    .trim()
    .toLowerCase()
    .replace(ADDRESS, "")
    .replace(/\.pdf$/, "");
  if (bare === "") return [];
  const unversioned = bare.replace(ARXIV_VERSION, "$1");
  return unversioned === bare ? [bare] : [bare, unversioned];
}
