/** What a server said about a mail, fit for a log: servers repeat addresses, and spam filters the links that we sent. */

/** More than this is no reason, and would take time to look through. */
const CHARS_MAX = 500;

/** @returns the first words without mail addresses, and without what follows the host of a link, which may be a secret */
export function loggable(said: string): string {
  return said
    .slice(0, CHARS_MAX)
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/@]*@)?([^\s/?#<>"']+)[^\s<>"']*/gi, "$1$2/…")
    .replace(/[^\s<>"'(),:;=]+@[^\s<>"'(),:;]+/g, "(an address)");
}
