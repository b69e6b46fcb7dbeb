/** Claiming to be an author, and what verified authors may set on their papers. */
import { createHash } from "node:crypto";
import {
  type Account,
  AUTHOR_WORD_KINDS,
  type AuthorWordKind,
  authorNamed,
  CLAIM_LIMITS,
  type Claim,
  conflict,
  evidenceFor,
  forbidden,
  invalid,
  type Link,
  notFound,
  type PaperId,
  readAuthorWord,
  type Summary,
  tooMany,
} from "@paperwire/domain";
import type { AuthorWord } from "@paperwire/store";
import { paperNamed } from "./named-paper.ts";
import type { CommunityParts } from "./parts.ts";

export type Claims = {
  /**
   * Verified at once where the paper's source gave this account's ORCID or confirmed address for the author; else a
   * moderator decides.
   * @throws DomainError `invalid`, `not-found`, `conflict`: claimed already; `too-many`
   */
  claim(by: Account, wish: { paperId: PaperId; authorName: string; statement: string }): Promise<Claim>;
  withdraw(by: Account, claimId: string): Promise<void>;
  /** @throws DomainError `forbidden`: not a verified author of the paper */
  setWord(by: Account, wish: { paperId: PaperId; kind: string; typed: string }): Promise<AuthorWord>;
  /** By the one who set it; moderators have an act of their own, which stands in the log. */
  revertWord(by: Account, wordId: string): Promise<void>;
};

export function createClaims({ store }: Pick<CommunityParts, "store">): Claims {
  return {
    claim: async (account, { paperId, authorName, statement }) => {
      const paper = await paperNamed({ store }, paperId);
      const author = authorNamed(paper, authorName);
      const words = statement.trim();
      if (words.length > CLAIM_LIMITS.statementChars) {
        throw invalid(`What you say has at most ${CLAIM_LIMITS.statementChars} characters.`);
      }
      const email = await store.claims.confirmedEmail(account.id);
      const evidence = evidenceFor(author, account, email === undefined ? undefined : hashOf(email));
      if (evidence === null && (await store.claims.countOpen(account.id)) >= CLAIM_LIMITS.openPerAccount) {
        throw tooMany("You have many claims that wait. Let a moderator answer those first.");
      }
      const made = await store.claims.add({
        paperId: paper.id,
        authorName: author.name,
        accountId: account.id,
        evidence,
        statement: words,
      });
      if (made === "open") throw conflict("You have a claim on this paper already. Withdraw it to make another.");
      if (made === "taken")
        throw conflict("Another account is this author here. Write to a moderator if that is wrong.");
      return made;
    },
    withdraw: async (by, claimId) => {
      if (!(await store.claims.withdraw(claimId, by.id))) throw notFound("You have no such claim.");
    },
    setWord: async (by, { paperId, kind, typed }) => {
      if (!isWordKind(kind)) throw invalid("An author sets the code, the project page or the summary.");
      const paper = await paperNamed({ store }, paperId);
      await refuseOthers(by, paper.id);
      const value = readAuthorWord(kind, typed);
      const word = { paperId: paper.id, accountId: by.id, kind, value, shown: shownAs(kind, value, by) };
      const set = await store.claims.setWord(word);
      if (!set) throw notFound("There is no such paper.");
      return set;
    },
    revertWord: async (by, wordId) => {
      const word = await store.claims.findWord(wordId);
      if (word?.accountId !== by.id) throw notFound("You set nothing like that.");
      if (!(await store.claims.revertWord(wordId))) throw conflict("That is put back already.");
    },
  };

  async function refuseOthers(by: Account, paperId: PaperId): Promise<void> {
    const verified = await store.claims.verifiedOf(paperId);
    if (!verified.some(({ accountId }) => accountId === by.id)) {
      throw forbidden("Only a verified author of the paper may set this. Claim authorship first.");
    }
  }
}

const isWordKind = (kind: string): kind is AuthorWordKind => AUTHOR_WORD_KINDS.some((one) => one === kind);

function shownAs(kind: AuthorWordKind, value: string, { name }: Account): Link | Summary {
  if (kind !== "summary") return { kind, url: value, byAuthor: true };
  return { text: value, source: name, generated: false, byAuthor: true };
}

/** As `Author.emailHash`. */
const hashOf = (email: string) => createHash("sha256").update(email.trim().toLowerCase()).digest("hex");
