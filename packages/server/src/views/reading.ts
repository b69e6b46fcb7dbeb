/** What a page knows of the one who reads it, handed down to every card without passing through every view. */
import type { PaperId } from "@paperwire/domain";
import { createContext } from "preact";

export type Reading = {
  /** Path and query of the page: where a form leads back to. */
  here: string;
  /** Visitors share one page, which says nothing of anybody. */
  signedIn: boolean;
  /** Notifications that the reader has not seen. */
  unread: number;
  /** Papers that the reader has upvoted, among those shown. */
  voted: ReadonlySet<PaperId>;
  /** Views note here whose votes they show; the page is made again where the answer matters. */
  shown: Set<PaperId>;
};

export const ReadingContext = createContext<Reading | null>(null);
