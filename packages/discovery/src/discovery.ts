/** What a reader can ask for; pages, API and feeds all call these same functions. */
import type {
  DateRange,
  Dials,
  EditionDate,
  EditionEntry,
  ListedPaper,
  Paper,
  PaperId,
  TermName,
  WordChange,
} from "@paperwire/domain";

export type EditionKind = "day" | "week" | "month";

/** One day's edition, or the editions of a week or month in one list. */
export type EditionView = {
  kind: EditionKind;
  /** `2025-03-28`, `2025-W13` or `2025-03`: the last part of its address. */
  name: string;
  range: DateRange;
  /** By place within a day; by upvotes over a week or month. */
  items: ListedPaper[];
  /** Papers in the whole view; `items` holds one page of it. */
  total: number;
  /** Names of the nearest views of the same kind that hold papers. */
  previous: string | null;
  next: string | null;
  /** The month around the view's first day, only days that have papers. */
  calendar: { date: EditionDate; papers: number }[];
};

export type PaperView = {
  paper: Paper;
  entries: EditionEntry[];
  /** Upvotes by accounts of this site. */
  upvotesHere: number;
  /** How its title and abstract changed from version to version, newest first. */
  changes: WordChange[];
};

/** A piece of text, marked where the query's words are. */
export type Part = { text: string; highlight: boolean };

export type SearchRequest = {
  q: string;
  /** 1-based. */
  page: number;
  /** 1..500 */
  perPage: number;
  /** First and last day of publication, both included. */
  from?: EditionDate;
  to?: EditionDate;
  hasCode?: boolean;
  /** As `topicKey` gives it. */
  topic?: string;
  /** By score unless told; `newest` puts the best `NEWEST_OF` hits by date. */
  order?: "best" | "newest";
  /** A hit to explain, by the paper's id. */
  explain?: PaperId;
};

/** What may be meant by a search that is still being typed. */
export type Suggested =
  | { kind: "words"; text: string }
  | { kind: "author"; text: string; papers: number }
  | { kind: "paper"; text: string; id: PaperId };

/** One summand of a score; all of a hit's add up to it within 1e-6. */
export type Reason = {
  /** `term` a word of the query, `phrase` words side by side, `feedback` a word that the best hits share, … */
  kind: "term" | "field" | "variant" | "feedback" | "exact";
  text: string;
  value: number;
  /** How often it stands in each field, where it is a word. */
  occurrences: { field: string; count: number }[];
};

export type SearchHit = {
  listed: ListedPaper;
  /** The title, marked. */
  title: Part[];
  /** The passage of the abstract or summary that shows why, marked; empty where the paper has neither. */
  snippet: Part[];
  score: number;
  /** Largest first; only for the hit that was asked about. */
  reasons?: Reason[];
};

export type SearchView = {
  hits: SearchHit[];
  total: number;
  /** Hits that can be paged to, from the first on: the best of them where there are more. */
  reachable: number;
  /** The author whose whole name the query is, as their papers write it. */
  author?: string;
  /** Sentences about what was ignored or understood: never an error. */
  notes: string[];
  /** Topics among the best hits, most frequent first. */
  topics: { value: string; count: number }[];
  /** Present while papers are still being indexed. */
  indexing?: IndexingState;
};

/** How many of the store's papers the index has learnt, and the last revision that search results reflect. */
export type IndexingState = { done: number; total: number; revision: number };

export type ListView = { name: string; items: ListedPaper[]; total: number };

export type TrendingRequest = {
  window: EditionKind;
  dials: Dials;
  /** 1-based. */
  page: number;
  /** 1..500 */
  perPage: number;
  /** The edition that is open now: later ones are not shown. */
  today: EditionDate;
  nowMs: number;
};

export type TrendingPaper = {
  listed: ListedPaper;
  /** The sum of its parts. */
  score: number;
  reasons: TrendingReason[];
};

/** A part of a score, in words. */
export type TrendingReason = { term: TermName; value: number; text: string; detail: string };

export type TrendingView = {
  /** Null while there is no edition. */
  range: DateRange | null;
  items: TrendingPaper[];
  total: number;
  /** Fields asked for that no paper of these days is of. */
  unmet: readonly string[];
};

/** What is left out of a list, and how much of it is on one page. */
export type Narrowing = {
  /** 1..500; by default `PER_PAGE`, and a whole day. */
  perPage?: number;
  upvotesMin?: number;
  /** As `topicKey` gives them; a paper is listed under one of them at least. Empty means all. */
  topics?: readonly string[];
};

/** Pages count from 1. Wrong dates throw DomainError `invalid`, unknown things `not-found`. */
export type Discovery = {
  latestEdition(narrowing?: Narrowing): Promise<EditionView | null>;
  editionOf(date: string, narrowing?: Narrowing): Promise<EditionView>;
  weekOf(name: string, page?: number, narrowing?: Narrowing): Promise<EditionView>;
  monthOf(name: string, page?: number, narrowing?: Narrowing): Promise<EditionView>;
  /** The papers of all editions, the newest edition first, each by place. */
  newest(page?: number, narrowing?: Narrowing): Promise<{ items: ListedPaper[]; total: number }>;
  /** Ranked by the rules of `domain/ranking`; an empty view while there is no edition. */
  trending(request: TrendingRequest): Promise<TrendingView>;
  paperPage(id: string): Promise<PaperView>;
  search(request: SearchRequest): Promise<SearchView>;
  /** Best first, eight at most, for a search box. */
  suggest(typed: string): Promise<Suggested[]>;
  author(name: string, page?: number, narrowing?: Pick<Narrowing, "perPage">): Promise<ListView>;
  topic(word: string, page?: number, narrowing?: Pick<Narrowing, "perPage">): Promise<ListView>;
  indexing(): IndexingState;
};

/** Papers on one page of a week, month, author or topic. A day's edition is never cut below `MOST_PER_DAY`. */
export const PER_PAGE = 50;

/** The newest of a search are the newest of so many best hits: behind them stands what hardly has to do with the words. */
export const NEWEST_OF = 200;
export const MOST_PER_DAY = 500;
