/** Who may invite others, how many, and for how long a link works. Pure. */
import { type Account, atLeast } from "./account.ts";
import { invalid } from "./errors.ts";

/**
 * `off`: there are no invitations. `open`: everybody may sign up, and who came by an invitation stands in the tree.
 * `required`: new accounts need one.
 */
export const INVITE_MODES = ["off", "open", "required"] as const;
export type InviteMode = (typeof INVITE_MODES)[number];

export const INVITE_LIMITS = {
  noteChars: 200,
  /** Links that are open or were used count for so long; what was taken back or ran out does not. */
  windowDays: 30,
  /** For how long a link can be made to work. */
  days: [1, 7, 30],
  /** Kept and shown of one account, the newest. */
  shown: 100,
} as const;

/** Within `windowDays`. A newcomer has to be known first: nobody may bring a ring of their own on the first day. */
const MOST = { known: 5, trusted: 20, curator: 100 } as const;

/** How many links the account may have made within `windowDays`; 0 where it may not invite. */
export function invitesAllowed({ role, trust, suspendedUntil, invitesStopped }: Account, nowMs: number): number {
  if (invitesStopped || (suspendedUntil && suspendedUntil.getTime() > nowMs)) return 0;
  if (atLeast(role, "curator")) return MOST.curator;
  return trust === 2 ? MOST.trusted : trust === 1 ? MOST.known : 0;
}

/** @throws DomainError `invalid` */
export function parseInviteWish(wish: { note: string; days: string }): { note: string; days: number } {
  const note = parseInviteNote(wish.note);
  const days = INVITE_LIMITS.days.find((one) => String(one) === wish.days);
  if (days === undefined) throw invalid("Choose one of the offered lengths.");
  return { note, days };
}

/** @throws DomainError `invalid`: too long */
export function parseInviteNote(typed: string): string {
  const note = typed.replace(/\s+/g, " ").trim();
  if ([...note].length <= INVITE_LIMITS.noteChars) return note;
  throw invalid(`A note has at most ${INVITE_LIMITS.noteChars} characters; this one has ${[...note].length}.`);
}

/** A place in the tree. */
export type InviteNode = {
  id: string;
  parent: string | null;
  /** Null once the account is deleted. */
  handle: string | null;
  suspended: boolean;
  /** When it came, ISO 8601, UTC. */
  at: string;
};

export type InviteBranch = InviteNode & { invited: InviteBranch[] };

/** Puts places under those they came by; what has no known parent stands on top. Each level oldest first. */
export function growTree(nodes: readonly InviteNode[]): InviteBranch[] {
  const branches = new Map(nodes.map((node) => [node.id, { ...node, invited: [] as InviteBranch[] }]));
  const tops: InviteBranch[] = [];
  for (const branch of [...branches.values()].sort((a, b) => (a.id < b.id ? -1 : 1))) {
    const above = branch.parent === null ? undefined : branches.get(branch.parent);
    (above?.invited ?? tops).push(branch);
  }
  return tops;
}
