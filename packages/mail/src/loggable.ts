/** What a server said about a mail, fit for a log: servers repeat addresses, and spam filters the links that we sent. */

/** @returns the words without mail addresses, and without what follows the host of a link, which may be a secret */
export function loggable(said: string): string {
  return said
    .replace(/\b([a-z][a-z0-9+.-]*:\/\/)(?:[^\s/@]*@)?([^\s/?#<>"']+)[^\s<>"']*/gi, "$1$2/…")
    .replace(/[^\s<>"'(),:;=]+@[^\s<>"'(),:;]+/g, "(an address)");
}
