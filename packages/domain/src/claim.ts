/** “This is me”: a reader claims to be one of a paper's authors. Pure. */
import type { Account, AccountId } from "./account.ts";
import { conflict, invalid } from "./errors.ts";
import { nameKey } from "./keys.ts";
import type { Author, Paper, PaperId } from "./paper.ts";

export const CLAIM_STATES = ["pending", "verified", "refused", "withdrawn"] as const;
export type ClaimState = (typeof CLAIM_STATES)[number];

/** What showed that a claim is true. */
export type ClaimEvidence = "orcid" | "email" | "moderator";

export type Claim = {
  id: string;
  paperId: PaperId;
  /** As it stood on the paper. */
  authorName: string;
  accountId: AccountId;
  state: ClaimState;
  evidence: ClaimEvidence | null;
  /** To the moderators alone. */
  statement: string;
  /** A moderator's words to the claimant. */
  reason: string | null;
  askedAt: string;
};

export const CLAIM_LIMITS = {
  statementChars: 1_000,
  summaryChars: 500,
  addressChars: 1_000,
  openPerAccount: 20,
} as const;

/**
 * The author meant by a name.
 * @throws DomainError `invalid`: the paper names nobody like that
 */
export function authorNamed(paper: Paper, name: string): Author {
  const key = nameKey(name);
  const author = key === "" ? undefined : paper.authors?.find((one) => nameKey(one.name) === key);
  if (!author) throw invalid("The paper does not name an author like that. Choose one from its list.");
  return author;
}

/**
 * What proves a claim without a moderator: the ORCID that ORCID itself confirmed for the account, or the mail address
 * that the account confirmed, against those that the paper's source gave for this author. Of namesakes on one paper
 * neither can be told apart by a name, but by these.
 * @param emailHash of the account's confirmed address, as `Author.emailHash`; undefined where it is not confirmed
 */
export function evidenceFor(
  author: Author,
  { orcid }: Pick<Account, "orcid">,
  emailHash: string | undefined,
): Exclude<ClaimEvidence, "moderator"> | null {
  if (orcid !== undefined && author.orcid === orcid) return "orcid";
  if (emailHash !== undefined && author.emailHash === emailHash) return "email";
  return null;
}

/** What a verified author may set on the paper. */
export const AUTHOR_WORD_KINDS = ["code", "project", "summary"] as const;
export type AuthorWordKind = (typeof AUTHOR_WORD_KINDS)[number];

/**
 * @throws DomainError `invalid`: not an address, or too long; `conflict`: nothing to set
 */
export function readAuthorWord(kind: AuthorWordKind, typed: string): string {
  const value = typed.trim().replace(/\s+/g, " ");
  if (value === "") throw conflict("Write something first.");
  if (kind === "summary") {
    if (value.length <= CLAIM_LIMITS.summaryChars) return value;
    throw invalid(`A summary has at most ${CLAIM_LIMITS.summaryChars} characters; this one has ${value.length}.`);
  }
  if (/^https?:\/\/[^\s/?#@"<>\\]+\.[^\s"<>\\]+$/i.test(value) && value.length <= CLAIM_LIMITS.addressChars)
    return value;
  throw invalid("An address such as https://github.com/owner/name is wanted.");
}
