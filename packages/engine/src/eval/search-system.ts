/** What a search system must offer to be evaluated or compared. */
import type { CorpusDocument } from "./beir.ts";
import type { RunHit } from "./rank-order.ts";

export interface SearchSystem {
  /** The word after `--system`. */
  readonly name: string;
  /** One sentence for `--help` and tables. */
  readonly description: string;
  /**
   * Indexes a whole corpus; timed as indexing.
   * @param onIndexed  told now and then how many documents are in
   */
  build(corpus: readonly CorpusDocument[], onIndexed?: (documents: number) => void): BuiltSystem | Promise<BuiltSystem>;
}

export interface BuiltSystem {
  /**
   * @param query any text, as a reader typed it
   * @param limit hits wanted, 1..1000
   * @returns at most `limit` hits, scores higher for better
   */
  search(query: string, limit: number): readonly RunHit[] | Promise<readonly RunHit[]>;
}
