/** The two errors of the engine; a query string never causes either. */

/** A schema, document or option that cannot be accepted. Nothing was changed. */
export class InvalidInputError extends Error {
  readonly code = "Invalid";
  constructor(message: string) {
    super(`engine: ${message}`);
    this.name = "InvalidInputError";
  }
}

/** Bytes of a stored index are missing or changed. The index has to be built again from the caller's documents. */
export class DamagedIndexError extends Error {
  readonly code = "Damaged";
  /** What was found, without the name of the engine in front. */
  readonly found: string;
  constructor(found: string, options?: { cause?: unknown }) {
    super(`engine: ${found}`, options);
    this.name = "DamagedIndexError";
    this.found = found;
  }
}
