/** The steps in order: text → words with places, each with its stem and the extra spellings found there. */
import { analyzeChunk, type Chunk } from "./chunk.ts";
import { type ChunkKind, scan } from "./scan.ts";

export type { ChunkKind };

/** One word in line; `start` and `end` are code units of the text. */
export type Word = {
  form: string;
  stem: string;
  start: number;
  end: number;
  extras: readonly string[];
  kind: ChunkKind;
};

/** The same few words make up most of any text; beyond this many those not seen for longest are forgotten. */
const REMEMBERED_MAX = 100_000;
const REMEMBERED_CHARS_MAX = 40;
/** From so many characters on V8 keeps a piece of a text as a view of the whole text, which would be remembered, too. */
const SLICED_FROM = 13;

/** Analyses chunks, remembering those seen: a paper collection repeats each word form about a hundred times. */
export class Analyzer {
  /** Words seen of late, and those seen before them. */
  #recent = new Map<string, Chunk>();
  #earlier = new Map<string, Chunk>();
  readonly #recentMax: number;

  /** @param rememberedMax  word forms kept, about 200 bytes each */
  constructor(rememberedMax: number = REMEMBERED_MAX) {
    this.#recentMax = rememberedMax / 2;
  }

  /** Calls `visit` for each chunk in order with its analysis. */
  chunks(text: string, visit: (chunk: Chunk, start: number, kind: ChunkKind) => void): void {
    scan(text, (start, end, kind) => visit(this.chunk(text.slice(start, end), kind), start, kind));
  }

  /** The analysis of one chunk. */
  chunk(raw: string, kind: ChunkKind): Chunk {
    if (kind !== "word" || raw.length > REMEMBERED_CHARS_MAX) return analyzeChunk(raw, kind);
    const known = this.#recent.get(raw);
    if (known !== undefined) return known;
    if (this.#recent.size >= this.#recentMax) {
      this.#earlier = this.#recent;
      this.#recent = new Map();
    }
    const own = raw.length < SLICED_FROM ? raw : ` ${raw}`.slice(1);
    const chunk = this.#earlier.get(raw) ?? analyzeChunk(own, kind);
    this.#recent.set(own, chunk);
    return chunk;
  }
}

/** What people type repeats its words, too; one memory for all queries. */
const QUERY_WORDS_MAX = 10_000;
const queryAnalyzer = new Analyzer(QUERY_WORDS_MAX);

/** All words of a text. For building an index use {@link Analyzer}, which makes no list. */
export function analyze(text: string, analyzer: Analyzer = queryAnalyzer): Word[] {
  const words: Word[] = [];
  analyzer.chunks(text, (chunk, offset, kind) => {
    chunk.words.forEach((word, index) => {
      words.push({
        form: word.form,
        stem: word.stem,
        start: offset + word.start,
        end: offset + word.end,
        extras: index === 0 ? chunk.extras : [],
        kind,
      });
    });
  });
  return words;
}
