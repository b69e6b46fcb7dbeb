/** Whether all papers that were announced are here, in a sentence for readers. */
import type { Completeness } from "@paperwire/discovery";
import type { BatchState } from "@paperwire/domain";
import { counted } from "./numbers.ts";

/** arXiv's name of a set: `cs`, `stat.ML`. */
const inWords = (sets: readonly string[]) =>
  sets.length < 2 ? sets.join("") : `${sets.slice(0, -1).join(", ")} and ${sets.at(-1)}`;

export function completenessLine({ state, announced, stored, sets }: Completeness): string {
  const where = inWords(sets);
  const papers = counted(announced, "new paper");
  if (state === "complete") return `arXiv announced ${papers} in ${where} for this day; all of them are here.`;
  if (state === "stale") return `arXiv has shown nothing new in ${where} for this day yet, although it is due.`;
  if (state === "missing") return `arXiv has said nothing of ${where} for this day yet, although it is due.`;
  const here = stored < announced ? `, ${counted(stored, "of them is", "of them are")} here` : "";
  return `arXiv announced ${papers} in ${where} for this day so far${here}; more may come.`;
}

export const STATE_WORDS: Record<BatchState, string> = {
  complete: "complete",
  provisional: "may not be complete",
  stale: "shows an earlier day",
  missing: "missing",
};

export function CompletenessLine({ of }: { of: Completeness }) {
  return (
    <p class="subline completeness">
      {completenessLine(of)} <a href="/sources">Sources</a>
    </p>
  );
}
