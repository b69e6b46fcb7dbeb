/** Time as an argument: whoever needs the hour is handed a clock. */

/** Milliseconds since 1970-01-01T00:00Z, as `Date.now` gives them. */
export type Clock = () => number;
