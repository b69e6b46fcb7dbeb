/** The closed set of things that can go wrong for a reader; the doors translate the code, nobody else does. */

export type ErrorCode = "not-found" | "invalid" | "conflict" | "unauthorized" | "forbidden" | "too-many" | "upstream";

/**
 * An expected failure, with a sentence for the person who caused it.
 * Anything that is not a `DomainError` is a bug or a broken machine and is shown as such.
 */
export class DomainError extends Error {
  readonly code: ErrorCode;

  constructor(code: ErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "DomainError";
    this.code = code;
  }
}

/** The thing is known under another name now: a paper that was merged into another. Doors lead on to it. */
export class Moved extends DomainError {
  /** As it was asked for. */
  readonly asked: string;
  readonly to: string;

  constructor(asked: string, to: string) {
    super("not-found", `This paper is ${to} now.`);
    this.name = "Moved";
    this.asked = asked;
    this.to = to;
  }
}

export const notFound = (message: string, cause?: unknown) => new DomainError("not-found", message, { cause });
export const invalid = (message: string, cause?: unknown) => new DomainError("invalid", message, { cause });
export const conflict = (message: string, cause?: unknown) => new DomainError("conflict", message, { cause });
export const unauthorized = (message: string, cause?: unknown) => new DomainError("unauthorized", message, { cause });
export const forbidden = (message: string, cause?: unknown) => new DomainError("forbidden", message, { cause });
export const tooMany = (message: string, cause?: unknown) => new DomainError("too-many", message, { cause });
export const upstream = (message: string, cause?: unknown) => new DomainError("upstream", message, { cause });
