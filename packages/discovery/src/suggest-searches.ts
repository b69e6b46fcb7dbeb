/** What somebody who is typing may be about to type: the word's end, an author, a paper. */
import type { Store } from "@paperwire/store";
import type { Suggested } from "./discovery.ts";
import type { Library } from "./library.ts";

const MOST_SUGGESTED = 8;
/** Nobody completes a longer text. */
const TYPED_CHARS_MAX = 100;

type Sources = { store: Pick<Store, "papers">; library: Pick<Library, "index"> };

/** @returns nothing behind quotes and operators: whoever types those knows what they want */
export async function suggestSearches({ store, library }: Sources, typed: string): Promise<Suggested[]> {
  if (typed.length > TYPED_CHARS_MAX || /["“”«»:]/.test(typed)) return [];
  const found = library.index().suggest(typed, { limit: MOST_SUGGESTED });
  const ids = found.flatMap((one) => (one.kind === "document" ? [one.id] : []));
  const isName = found.some(({ kind }) => kind === "name");
  const papers = new Map((await store.papers.listByIds(ids)).map(({ paper }) => [paper.id, paper]));
  return found.flatMap((one): Suggested[] => {
    // "yann le" is a name that goes on, and not "yann learning".
    if (one.kind === "word") return isName && /\s/.test(one.text) ? [] : [{ kind: "words", text: one.text }];
    if (one.kind === "name") return [{ kind: "author", text: one.text, papers: one.count }];
    const paper = papers.get(one.id);
    return paper === undefined ? [] : [{ kind: "paper", text: paper.title, id: paper.id }];
  });
}
