/**
 * Signing up by an invitation. The link is held before the library makes an account, and used or let go of once that is
 * over: the library's own transaction may not wait for ours. What a sign-up rests on travels beside the calls, not
 * through them, so that no request can say it.
 */
import { AsyncLocalStorage } from "node:async_hooks";
import { forbidden, type InviteMode } from "@paperwire/domain";
import type { InviteStore } from "@paperwire/store";
import { hashSecret } from "./secrets.ts";

/** One sign-in, of which nobody knows yet whether it makes an account. */
type SignUp = { mayMake: boolean; madeId: string | null; refused: boolean };

export type InvitedSignUps = {
  /** Called as an account is about to be made. @returns false where it may not be */
  permits(): boolean;
  /** Called once an account was made. */
  made(accountId: string): void;
  /**
   * Lets `work` sign somebody in, and up where that is allowed.
   * @param invite token of an invitation, if any
   * @param exempt true for an account that needs none: the first administrator's
   */
  during<T>(
    sign: { invite?: string | undefined; exempt?: boolean },
    work: () => Promise<T>,
  ): Promise<{ result: T; refused: boolean }>;
};

/** A sign-up that takes longer has failed, and the link is open again. */
const HOLD_MS = 2 * 60_000;

export const INVITE_WANTED =
  "New accounts need an invitation here, and this sign-in came without one that works. Ask somebody who has an account " +
  "for a link, open it, and sign in from there. If you have an account, sign in the way you did before.";

export function openInvitedSignUps({
  mode,
  invites,
  clock,
}: {
  mode: InviteMode;
  invites: Pick<InviteStore, "hold" | "release" | "use">;
  clock: () => number;
}): InvitedSignUps {
  const current = new AsyncLocalStorage<SignUp>();
  return {
    permits: () => {
      const signUp = current.getStore();
      // Outside of `during` nothing makes accounts; if something did, it would need an invitation like everybody.
      if (signUp?.mayMake ?? mode !== "required") return true;
      if (signUp) signUp.refused = true;
      return false;
    },
    made: (accountId) => {
      const signUp = current.getStore();
      if (signUp) signUp.madeId = accountId;
    },
    during: async ({ invite, exempt = false }, work) => {
      const held = invite && mode !== "off" ? await invites.hold(hashSecret(invite), clock() + HOLD_MS) : null;
      const signUp: SignUp = { mayMake: mode !== "required" || exempt || held !== null, madeId: null, refused: false };
      try {
        const result = await current.run(signUp, work);
        return { result, refused: signUp.refused };
      } finally {
        if (held !== null) await (signUp.madeId === null ? invites.release(held) : invites.use(held, signUp.madeId));
      }
    },
  };
}

export const inviteWanted = () => forbidden(INVITE_WANTED);
