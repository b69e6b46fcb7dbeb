/** Papers for the tests of this package. */
import type { Paper } from "@paperwire/domain";

export const ATTENTION: Paper = {
  id: "1706.03762",
  revision: 1,
  title: "Attention Is All You Need",
  authors: [{ name: "Ashish Vaswani" }, { name: "Łukasz Kaiser" }, { name: "Illia Polosukhin" }],
  publishedAt: "2017-06-12T17:57:34.000Z",
  primaryCategory: "cs.CL",
  keywords: ["attention", "sequence models"],
};

export function paperWith(facts: Partial<Paper>): Paper {
  return { ...ATTENTION, ...facts };
}
