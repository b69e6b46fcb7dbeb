/** arXiv identifiers, new (`2303.12345`) and old (`hep-th/9901001`), with or without a version. */

/** @source https://info.arxiv.org/help/arxiv_identifier.html */
const NEW_FORM = /^(\d{2}(?:0[1-9]|1[0-2])\.\d{4,5})(?:v(\d{1,3}))?$/;
const OLD_FORM = /^([a-z]+(?:-[a-z]+)?)(?:\.[A-Z]{2})?\/(\d{2}(?:0[1-9]|1[0-2])\d{3})(?:v(\d{1,3}))?$/;
const PREFIX =
  /^(?:arxiv:|https?:\/\/(?:www\.|export\.)?arxiv\.org\/(?:abs|pdf|html)\/|https?:\/\/(?:www\.)?huggingface\.co\/papers\/)/i;

export type ArxivId = {
  /** Without the version: names the work. */
  id: string;
  /** 1, 2, …; null where none was given. */
  version: number | null;
};

/**
 * Reads an id, an `arXiv:` reference or an arXiv or HF paper address.
 * @returns null where the text is none of these
 */
export function parseArxivId(text: string): ArxivId | null {
  const bare = text
    .trim()
    .replace(PREFIX, "")
    .replace(/\.pdf$/i, "")
    .replace(/[?#].*$/, "");
  const found = NEW_FORM.exec(bare);
  if (found) return { id: found[1]!, version: found[2] ? Number(found[2]) : null };
  const old = OLD_FORM.exec(bare);
  if (old) return { id: `${old[1]}/${old[2]}`, version: old[3] ? Number(old[3]) : null };
  return null;
}

export function formatArxivId({ id, version }: ArxivId): string {
  return version === null ? id : `${id}v${version}`;
}

export function isArxivId(text: string): boolean {
  const parsed = parseArxivId(text);
  return parsed !== null && parsed.id === text;
}

export const arxivPageUrl = (id: string) => `https://arxiv.org/abs/${id}`;
export const arxivPdfUrl = (id: string) => `https://arxiv.org/pdf/${id}`;
