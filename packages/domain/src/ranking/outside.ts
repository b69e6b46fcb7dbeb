/** Signals from outside: what changed, never what is; on a log scale, with a ceiling. */

/**
 * A hundred new stars, or ten new citations, reach the ceiling: bought stars soon buy nothing more.
 * @source six million suspected fake stars on GitHub: He et al., StarScout, ICSE 2026 (arXiv 2412.13459)
 */
const CEILING = { stars: 100, citations: 10 } as const;
/** What the ceiling is worth: as much as doing half again as well as usual among readers. */
const MOST_VALUE = { stars: Math.log(1.25), citations: Math.log(1.5) } as const;

/**
 * @param gained  within the window; null or less than one is worth nothing
 * @returns 0 up to the ceiling's worth
 */
export function outsideValue(kind: "stars" | "citations", gained: number | null): number {
  if (gained === null || gained <= 0) return 0;
  return (MOST_VALUE[kind] * Math.log1p(Math.min(gained, CEILING[kind]))) / Math.log1p(CEILING[kind]);
}
