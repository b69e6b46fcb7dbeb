/** Ranked lists under evaluation in TREC form: `query Q0 document rank score tag`, one hit a line. */
import { contentLines } from "./content-lines.ts";
import { EvalFormatError } from "./format-error.ts";
import { type RunHit, rankHits } from "./rank-order.ts";

/** Query id → hits. Their order carries no meaning: scores decide, see rank-order.ts. */
export type Run = Map<string, RunHit[]>;

const RUN_FIELDS = 6;

/**
 * Reads a TREC run file. The rank column is ignored, as `trec_eval` does; blank lines and `#` lines are skipped.
 * @param file name for messages
 * @throws EvalFormatError a line with fewer than six fields, a score that is no number, a document listed twice
 */
export function parseRun(text: string, file = "run"): Run {
  const run: Run = new Map();
  const seen = new Map<string, Set<string>>();
  for (const line of contentLines(text)) {
    const fields = line.text.trim().split(/\s+/);
    if (fields[0].startsWith("#")) continue;
    const place = { file, line: line.number };
    if (fields.length < RUN_FIELDS) {
      const reason = `${RUN_FIELDS} fields wanted (query Q0 document rank score tag), ${fields.length} found`;
      throw new EvalFormatError({ ...place, reason });
    }
    const [query, , id, , scoreField] = fields;
    const score = Number(scoreField);
    if (Number.isNaN(score)) throw new EvalFormatError({ ...place, reason: `score "${scoreField}" is not a number` });
    const listed = seen.get(query) ?? new Set<string>();
    if (listed.has(id)) {
      throw new EvalFormatError({ ...place, reason: `document "${id}" is listed twice for query "${query}"` });
    }
    seen.set(query, listed.add(id));
    const hits = run.get(query);
    if (hits) hits.push({ id, score });
    else run.set(query, [{ id, score }]);
  }
  return run;
}

/**
 * Writes what {@link parseRun} reads, best first, ranks from 1 in the order in which `trec_eval` will rank them.
 * Scores are written so that reading gives the same number back.
 * @param tag name of the run, one word
 * @throws EvalFormatError an id holds white space, which the form cannot say
 */
export function formatRun(run: Run, tag = "paperwire"): string {
  const lines: string[] = [];
  for (const [query, hits] of run) {
    let rank = 0;
    refuseSpaces([query, ...hits.map((hit) => hit.id)], "run");
    for (const hit of rankHits(hits)) lines.push(`${query} Q0 ${hit.id} ${++rank} ${hit.score} ${tag}\n`);
  }
  return lines.join("");
}

/**
 * @param file name for the message
 * @throws EvalFormatError an id is empty or holds white space: a run file has no way to say it
 */
export function refuseSpaces(ids: Iterable<string>, file: string): void {
  for (const id of ids) {
    if (!/\s/.test(id) && id !== "") continue;
    throw new EvalFormatError({ file, line: 0, reason: `the id "${id}" is empty or holds white space` });
  }
}
