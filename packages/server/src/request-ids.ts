/** Names for requests, so that a reader can quote one and an operator can find it. */

export type RequestIds = { next(): string };

/** @param prefix differs between processes */
export function createRequestIds(prefix: string): RequestIds {
  let count = 0;
  return { next: () => `${prefix}-${(++count).toString(36)}` };
}
