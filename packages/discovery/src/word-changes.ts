/** What changed in a paper's title and abstract from version to version, word by word. */
import { type EarlierWords, type Paper, sameWords, type TextPart, type WordChange } from "@paperwire/domain";
import { diffWords } from "diff";

/** Words that may differ before a text counts as written anew; the time of a comparison grows with it. */
const EDITS_MAX = 2_000;
/** Of a paper that was rewritten again and again, the newest changes are told. */
const CHANGES_SHOWN = 10;

/** Newest first. */
export function wordChanges(paper: Paper, earlier: readonly EarlierWords[]): WordChange[] {
  if (earlier.length === 0 || paper.abstract === undefined) return [];
  const now: EarlierWords = { ...currentVersion(paper), title: paper.title, abstract: paper.abstract };
  const all = [...earlier.toSorted(byTime), now];
  const changes = all.slice(1).map((to, at): WordChange => {
    const from = all[at]!;
    return {
      from: { number: from.number, saidAt: from.saidAt },
      to: { number: to.number, saidAt: to.saidAt },
      title: partsOf(from.title, to.title),
      abstract: partsOf(from.abstract, to.abstract),
    };
  });
  return changes
    .filter(({ title, abstract }) => title !== null || abstract !== null)
    .reverse()
    .slice(0, CHANGES_SHOWN);
}

function currentVersion({ version, versions = [] }: Paper): Pick<EarlierWords, "number" | "saidAt"> {
  const saidAt = versions.find(({ number }) => number === version)?.at ?? null;
  return { number: version ?? null, saidAt };
}

const byTime = (a: EarlierWords, b: EarlierWords) =>
  a.number !== null && b.number !== null ? a.number - b.number : (a.saidAt ?? "") < (b.saidAt ?? "") ? -1 : 1;

function partsOf(from: string, to: string): TextPart[] | null {
  if (sameWords(from, to)) return null;
  const parts = diffWords(from, to, { maxEditLength: EDITS_MAX });
  if (!parts)
    return [
      { text: from, change: "removed" },
      { text: to, change: "added" },
    ];
  return parts.map(({ value, added, removed }) => ({
    text: value,
    change: added ? "added" : removed ? "removed" : "same",
  }));
}
