/** The trip of `evaluate search`: a BEIR directory and a system's name in, one object of figures out. */
import type { Collection } from "./beir.ts";
import { readCollection, readRunFile, writeRunFile } from "./collection-files.ts";
import { type EvaluationProgress, evaluateSearch, SEARCH_MEASURES, type SearchSummary } from "./evaluate-search.ts";
import { EvalFormatError } from "./format-error.ts";
import { measureRun } from "./measure-run.ts";
import { refuseSpaces } from "./run.ts";
import { getSystem } from "./systems.ts";

export interface EvaluateCollectionOptions {
  /** BEIR directory: `corpus.jsonl[.gz]`, `queries.jsonl[.gz]`, `qrels/<split>.tsv`. */
  readonly directory: string;
  /** `test`, or the only split there is, unless told. */
  readonly split?: string;
  /** Name of a system, see systems.ts; `paperwire` unless told. */
  readonly system?: string;
  /** File that gets the hits in TREC form, so that another program can check the figures. */
  readonly runFile?: string;
  /** Measure names; {@link SEARCH_MEASURES} unless told. */
  readonly measures?: readonly string[];
  /** Milliseconds with fractions, never backwards: `performance.now`. */
  readonly clock: () => number;
  /** Told how far it is, often. */
  readonly onProgress?: (progress: EvaluationProgress) => void;
}

/**
 * Indexes the corpus with the system's defaults, asks every judged query, and scores the answers.
 * @returns the object that `--json` prints
 * @throws EvalFormatError the directory is no BEIR directory, a file is broken, a name is unknown, nothing can be asked
 */
export async function evaluateCollection(options: EvaluateCollectionOptions): Promise<SearchSummary> {
  const { directory, split, measures, clock, onProgress } = options;
  const system = getSystem(options.system ?? "paperwire");
  const onDocument = onProgress && ((done: number) => onProgress({ step: "read", done, total: null }));
  const collection = await readCollection(directory, { split, onDocument });
  if (!collection.queries.some(({ id }) => collection.qrels.has(id)))
    throw new EvalFormatError({ file: directory, line: 0, reason: "none of the judged queries is in queries.jsonl" });
  if (options.runFile !== undefined) await openRunFile(options.runFile, collection, system.name);
  const { summary, run } = await evaluateSearch({ ...collection, system, clock, measures, onProgress });
  if (options.runFile !== undefined) await writeRunFile(options.runFile, run, system.name);
  return summary;
}

/** An id that the form cannot say and a place that cannot be written to show before the work and not behind it. */
async function openRunFile(file: string, { corpus, queries, qrels }: Collection, system: string): Promise<void> {
  refuseSpaces(
    queries.filter(({ id }) => qrels.has(id)).map(({ id }) => id),
    file,
  );
  refuseSpaces(
    corpus.values().map(({ id }) => id),
    file,
  );
  await writeRunFile(file, new Map(), system);
}

/**
 * Scores a run that another program wrote.
 * @returns every measure by name, and the number of queries averaged over: all judged ones
 * @throws EvalFormatError the directory or the run file is broken
 */
export async function evaluateRunFile(options: {
  directory: string;
  runFile: string;
  split?: string;
  measures?: readonly string[];
}): Promise<Record<string, number>> {
  const { qrels } = await readCollection(options.directory, { split: options.split });
  const run = await readRunFile(options.runFile);
  const { mean, queries } = measureRun(qrels, run, options.measures ?? SEARCH_MEASURES);
  return { ...mean, queries };
}
