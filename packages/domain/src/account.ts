/** Who a signed-in reader is and what they may do. */

/** A ULID. */
export type AccountId = string;

/** By what they may do, least first; each may do all that the ones before may. */
export const ROLES = ["reader", "curator", "moderator", "admin"] as const;
export type Role = (typeof ROLES)[number];

/** 0 new, 1 known, 2 trusted: how much of what an account writes is looked at first. */
export type TrustLevel = 0 | 1 | 2;

/** What the site knows of a person; the mail address is left out, because no page but their own may show it. */
export type Account = {
  id: AccountId;
  /** Lower case, unique; shown as `@handle`. */
  handle: string;
  name: string;
  role: Role;
  trust: TrustLevel;
  /** As ORCID itself confirmed it, `0000-0002-1825-0097`. */
  orcid?: string;
  createdAt: Date;
  /** Until then the account reads but does not write. */
  suspendedUntil?: Date;
  /** A moderator ended its right to invite. */
  invitesStopped?: boolean;
};

/** Whether an account of this role may do what `least` may. */
export function atLeast(role: Role, least: Role): boolean {
  return ROLES.indexOf(role) >= ROLES.indexOf(least);
}
