/** What the store offers for accounts: who they are, where they are signed in, their tokens. */
import type { Account, AccountId, Role, TrustLevel } from "@paperwire/domain";
import type { FormUse, Made } from "./form-uses.ts";
import type { Page, PageRequest } from "./paging.ts";

/** With what only the account itself and the operator may see. */
export type StoredAccount = Account & {
  email: string;
  /** False for an address that another site only claims: nothing is mailed to it. */
  emailVerified: boolean;
};

export type NewAccount = {
  id: AccountId;
  handle: string;
  name: string;
  /** Lower case. */
  email: string;
  /** Whether somebody proved to read mail at this address. */
  emailVerified?: boolean;
  role?: Role;
  trust?: TrustLevel;
};

export type AccountStore = {
  /** For tests and imports; people's accounts are made by signing in. @throws where id, handle or address is taken */
  add(account: NewAccount): Promise<void>;
  find(id: AccountId): Promise<Account | null>;
  /** @param handle with or without `@`, in any case */
  findByHandle(handle: string): Promise<Account | null>;
  /** Who went by this handle before and is still here; links elsewhere name people by what they were called then. */
  findByFormerHandle(handle: string): Promise<Account | null>;
  findStored(id: AccountId): Promise<StoredAccount | null>;
  findByEmail(email: string): Promise<StoredAccount | null>;
  /** Which of some handles, lower case, lead to somebody: by what they are called, or were before. At most 1000. */
  knownAmong(handles: readonly string[]): Promise<Set<string>>;
  /** Newest first. @param search a part of handle, name or address; empty means all */
  list(page: PageRequest & { search: string }): Promise<Page<StoredAccount>>;
  countAdmins(): Promise<number>;
  /**
   * The handle before stays kept for this account.
   * @returns `taken` where somebody else has the handle, or ever had it; `often`: it changed `HANDLE_CHANGES_MAX` times lately
   */
  rename(id: AccountId, names: { handle: string; name: string }): Promise<"done" | "taken" | "often">;
  /** Ends all its sessions where the role changes. @returns `last-admin` where nobody else could administer the site afterwards */
  setRole(id: AccountId, role: Role): Promise<"done" | "last-admin" | "unknown">;
  /**
   * Notes an open wish for another address; the one before is void.
   * @param wish hash of the link to the new address, oldHash of the one to the address before, where that has a say
   */
  askEmailChange(wish: {
    id: AccountId;
    email: string;
    hash: string;
    oldHash?: string | null;
    untilMs: number;
  }): Promise<void>;
  /** Whose open wish this is, and from which end the link comes; null once used or expired. */
  findEmailChange(hash: string): Promise<{ account: StoredAccount; email: string; side: "new" | "old" } | null>;
  /**
   * One end agrees; with the last of them the address changes and the wish is used up.
   * @returns `waits` for the other end; `taken` where another account has the address by now; null where there is no such wish
   */
  changeEmail(hash: string): Promise<"done" | "waits" | "taken" | null>;
  /** For the operator, where somebody lost their mailbox. */
  setEmail(id: AccountId, email: string): Promise<"done" | "taken" | "unknown">;
  /**
   * Deletes an account with all that only belongs to it; what it wrote for everybody stays without a name.
   * @returns `last-admin`: nothing was deleted
   */
  erase(id: AccountId): Promise<"done" | "last-admin" | "unknown">;
  /** Everything that is kept about an account in its own tables; secrets are left out. */
  exportData(id: AccountId): Promise<object>;
};

/** One browser in which an account is signed in. */
export type StoredSession = { id: string; userAgent: string; createdAt: string; usedAt: string };
export type Passkey = { id: string; name: string; createdAt: string };
export type Login = { provider: string; subject: string; createdAt: string };

export type SessionStore = {
  /** The account of a live session, in one statement. @param tokenHash as `sessions.token` holds it */
  findAccount(tokenHash: string): Promise<{ account: Account; sessionId: string } | null>;
  /** Live ones, the last used first; at most 100. */
  list(id: AccountId): Promise<StoredSession[]>;
  /** @returns whether the account had such a session */
  end(id: AccountId, sessionId: string): Promise<boolean>;
  /** @param except the one that stays, if any @returns how many were ended */
  endAll(id: AccountId, except?: string): Promise<number>;
  listPasskeys(id: AccountId): Promise<Passkey[]>;
  removePasskey(id: AccountId, passkeyId: string): Promise<boolean>;
  listLogins(id: AccountId): Promise<Login[]>;
  /** Forgets another site's account; an ORCID that it confirmed goes with it. */
  removeLogin(id: AccountId, provider: string): Promise<boolean>;
  /** Notes an ORCID as ORCID confirmed it. */
  setOrcid(id: AccountId, orcid: string): Promise<void>;
  /** Forgets what has expired. */
  sweep(): Promise<void>;
};

/** What a program may do with a token, least first. */
export type TokenScope = "read" | "vote" | "write";

export type ApiToken = {
  id: string;
  name: string;
  scopes: TokenScope[];
  createdAt: string;
  lastUsedAt: string | null;
  expiresAt: string | null;
};

export type ApiTokenStore = {
  /** @returns null where the account has as many as it may have */
  add(token: {
    accountId: AccountId;
    name: string;
    hash: string;
    scopes: readonly TokenScope[];
    expiresMs: number | null;
    /** The form that asks for it. */
    use?: FormUse;
  }): Promise<Made | null>;
  list(id: AccountId): Promise<ApiToken[]>;
  revoke(id: AccountId, tokenId: string): Promise<boolean>;
  /** Whose token this is, and notes that it was used. */
  use(hash: string): Promise<{ account: Account; scopes: TokenScope[] } | null>;
};

/** The database as better-auth takes it: an instance of Kysely, whose type stays in this package. */
export type AuthDatabase = { kysely: unknown; newId(): string };
