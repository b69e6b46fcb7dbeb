/** From what a person types to a paper: an id, an address, or its title; asked for at its source where it is new. */
import { type Identifier, invalid, type ListedPaper, notFound, type PaperId, parseReference } from "@paperwire/domain";
import type { CommunityParts } from "./parts.ts";

export type PaperLookUp = {
  /** Whose names can be asked for. */
  schemes: readonly Identifier["scheme"][];
  /**
   * Asks the source and takes the paper in.
   * @returns whether the source knows it
   * @throws DomainError `upstream`: the source did not answer; `too-many`: its turn is taken by others
   */
  find(identifier: Identifier): Promise<boolean>;
};

export type FoundPaper = { kind: "paper"; id: PaperId } | { kind: "titles"; items: ListedPaper[] };

const NAMES: Record<Identifier["scheme"], string> = {
  arxiv: "arXiv",
  doi: "DOI",
  openreview: "OpenReview",
  acl: "ACL Anthology",
  paperlist: "list",
};

/**
 * @param mayAsk called before a source is asked: throws where the person asked for too many
 * @throws DomainError `invalid`: the text names nothing; `not-found`: nobody knows it; whatever the look-up throws
 */
export async function findPaper(
  { store, lookUp }: Pick<CommunityParts, "store"> & { lookUp?: PaperLookUp },
  { text, ownHost, mayAsk }: { text: string; ownHost: string; mayAsk(): void },
): Promise<FoundPaper> {
  const identifier = parseReference(text, ownHost);
  if (identifier === null) return findByTitle({ store }, text);
  const known = await store.papers.findByIdentifier(identifier);
  if (known !== null) return { kind: "paper", id: known };
  const name = `${NAMES[identifier.scheme]} ${identifier.value}`;
  if (!lookUp?.schemes.includes(identifier.scheme)) {
    throw notFound(`${name} is not here yet, and this site cannot ask for it.`);
  }
  mayAsk();
  const found = await lookUp.find(identifier);
  const id = found ? await store.papers.findByIdentifier(identifier) : null;
  if (id === null) throw notFound(`${name} is not known there. Check it for a slip of the pen.`);
  return { kind: "paper", id };
}

async function findByTitle({ store }: Pick<CommunityParts, "store">, text: string): Promise<FoundPaper> {
  const items = text.trim() === "" ? [] : await store.papers.listByTitle(text);
  if (items.length > 0) return { kind: "titles", items };
  throw invalid(
    "That names no paper. Give an arXiv id, an arXiv, Hugging Face, OpenReview or ACL address, a DOI, or the exact title of a paper that is here.",
  );
}
