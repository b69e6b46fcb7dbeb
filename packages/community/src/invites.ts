/** Making invitations, taking them back, and putting back what was taken back. */
import {
  type Account,
  type Clock,
  conflict,
  forbidden,
  INVITE_LIMITS,
  invitesAllowed,
  notFound,
  parseInviteWish,
} from "@paperwire/domain";
import type { FormUse, Made, Store } from "@paperwire/store";

export type InviteParts = { store: Pick<Store, "invites">; clock: Clock };

export type Invites = {
  /** How many links the account may still make; 0 where it may not invite. */
  left(by: Account): Promise<number>;
  /**
   * @param hash of the new link's token
   * @param use the form that asks for it
   * @throws DomainError `invalid`; `forbidden`: may not invite; `conflict`: as many as it may are open or were used
   */
  make(by: Account, wish: { note: string; days: string; hash: string; use?: FormUse }): Promise<Made>;
  /** @throws DomainError `not-found`: no open link of this account */
  revoke(by: Account, id: string): Promise<void>;
  /** Undoes `revoke`. @throws DomainError `conflict`: its time is over, or too many others are open */
  reopen(by: Account, id: string): Promise<void>;
};

const DAY_MS = 86_400_000;

export function createInvites({ store: { invites }, clock }: InviteParts): Invites {
  const since = () => clock() - INVITE_LIMITS.windowDays * DAY_MS;
  const refuse = (by: Account) => {
    const most = invitesAllowed(by, clock());
    if (most > 0) return most;
    throw forbidden(
      by.invitesStopped
        ? "A moderator ended your right to invite. You can appeal."
        : "Invitations are made by accounts that are known here: take part for a while first.",
    );
  };
  return {
    left: async (by) => {
      const most = invitesAllowed(by, clock());
      return most === 0 ? 0 : Math.max(0, most - (await invites.countMade(by.id, since())));
    },
    make: async (by, { hash, use, ...typed }) => {
      const most = refuse(by);
      const { note, days } = parseInviteWish(typed);
      const expiresMs = clock() + days * DAY_MS;
      const wish = { accountId: by.id, hash, note, expiresMs, most, sinceMs: since(), ...(use && { use }) };
      const made = await invites.make(wish);
      if (!made) throw conflict(`You have made as many as you may: ${most} in ${INVITE_LIMITS.windowDays} days.`);
      return made;
    },
    revoke: async (by, id) => {
      if (!(await invites.revoke(by.id, id))) throw notFound("There is no such open invitation of yours.");
    },
    reopen: async (by, id) => {
      const most = refuse(by);
      if (!(await invites.reopen(by.id, id, { most, sinceMs: since() }))) {
        throw conflict("It cannot be put back: its time is over, or as many others are open as you may have.");
      }
    },
  };
}
