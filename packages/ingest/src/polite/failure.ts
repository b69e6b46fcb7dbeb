/** What went wrong with a request, and whether another try may help. */
export class Failure extends Error {
  readonly retryAfterMs: number | null;

  /** @param retryAfterMs null where a repetition would fail in the same way; 0 where nothing was asked for */
  constructor(reason: string, retryAfterMs: number | null, options?: ErrorOptions) {
    super(reason, options);
    this.retryAfterMs = retryAfterMs;
  }
}
