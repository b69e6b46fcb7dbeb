/** How an account comes to be trusted: by time and by what it left behind, never by votes alone. Pure. */
import type { TrustLevel } from "./account.ts";

/** What is known of an account's conduct. */
export type Conduct = {
  /** Since it was made. */
  ageDays: number;
  /** Comments that show and submissions that were taken. */
  kept: number;
  /** Flags against it, or against what it wrote, that a moderator upheld in the last 60 days. */
  upheld: number;
};

/** @source after Discourse's trust levels: time and accepted work, lost again by upheld flags */
const KNOWN = { ageDays: 3, kept: 3 };
const TRUSTED = { ageDays: 60, kept: 30 };

/**
 * The trust that conduct earns. It never takes away what a moderator gave: flags that were upheld keep an account where
 * it is, a moderator's word moves it down.
 */
export function earnedTrust(now: TrustLevel, { ageDays, kept, upheld }: Conduct): TrustLevel {
  if (upheld > 0) return now;
  if (ageDays >= TRUSTED.ageDays && kept >= TRUSTED.kept) return 2;
  if (ageDays >= KNOWN.ageDays && kept >= KNOWN.kept) return now > 1 ? now : 1;
  return now;
}
