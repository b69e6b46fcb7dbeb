/** Versions of a paper: arXiv's v1, v2, …, and words of it that later ones took the place of. */
import { titleKey } from "./keys.ts";

/** A version that is known to exist; its words may not be. */
export type VersionDate = {
  /** 1, 2, … */
  number: number;
  /** ISO 8601, UTC. */
  at: string;
};

/** Words that a paper had before. */
export type EarlierWords = {
  /** Null where the source did not number them. */
  number: number | null;
  /** When the source said them, ISO 8601; null where it is not known. */
  saidAt: string | null;
  title: string;
  abstract: string;
  note?: string;
};

/** arXiv allows more; nobody reads them. */
export const VERSIONS_MAX = 100;

/** Sources differ in spaces, case and signs without anybody having changed a word. */
export function sameWords(a: string, b: string): boolean {
  return a === b || titleKey(a) === titleKey(b);
}

/** By number, the dates of the winner first. */
export function mergeVersionDates(winner: readonly VersionDate[], other: readonly VersionDate[]): VersionDate[] {
  const byNumber = new Map([...other, ...winner].map((version) => [version.number, version]));
  return [...byNumber.values()].sort((a, b) => a.number - b.number).slice(-VERSIONS_MAX);
}

export type TextPart = { text: string; change: "same" | "added" | "removed" };

/** How the words of one version became those of the next. */
export type WordChange = {
  from: Pick<EarlierWords, "number" | "saidAt">;
  to: Pick<EarlierWords, "number" | "saidAt">;
  /** Null where the title stayed. */
  title: readonly TextPart[] | null;
  /** Null where the abstract stayed. */
  abstract: readonly TextPart[] | null;
};

/** `v2`, or the day on which unnumbered words were said. */
export function versionName({ number, saidAt }: Pick<EarlierWords, "number" | "saidAt">): string {
  return number === null ? (saidAt?.slice(0, 10) ?? "an earlier state") : `v${number}`;
}
