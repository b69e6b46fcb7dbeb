/** Relevance judgements in TREC form: `query 0 document relevance`, one judgement a line. */
import { contentLines } from "./content-lines.ts";
import { EvalFormatError } from "./format-error.ts";

/** Query id → document id → relevance: 1 and above is relevant, 0 judged and not relevant, below 0 unjudged. */
export type Qrels = Map<string, Map<string, number>>;

const QRELS_FIELDS = 4;

/**
 * Reads a TREC qrels file. Blank lines and lines that start with `#` are skipped, as `trec_eval` does.
 * @param file name for messages
 * @throws EvalFormatError a line without four fields, a relevance that is no whole number, a pair judged twice
 */
export function parseQrels(text: string, file = "qrels"): Qrels {
  const qrels: Qrels = new Map();
  for (const line of contentLines(text)) {
    const fields = line.text.trim().split(/\s+/);
    if (fields[0].startsWith("#")) continue;
    if (fields.length !== QRELS_FIELDS) {
      const reason = `${QRELS_FIELDS} fields wanted (query 0 document relevance), ${fields.length} found`;
      throw new EvalFormatError({ file, line: line.number, reason });
    }
    const [query, , document, grade] = fields;
    const place = { file, line: line.number };
    const relevance = parseRelevance(grade, place);
    if (qrels.get(query)?.has(document)) {
      throw new EvalFormatError({ ...place, reason: `document "${document}" is judged twice for query "${query}"` });
    }
    addJudgement(qrels, { query, document, relevance });
  }
  return qrels;
}

/** Writes what {@link parseQrels} reads, in the order of the maps. */
export function formatQrels(qrels: Qrels): string {
  const lines: string[] = [];
  for (const [query, judged] of qrels) {
    for (const [document, relevance] of judged) lines.push(`${query} 0 ${document} ${relevance}\n`);
  }
  return lines.join("");
}

/** A relevance as a whole number; `1.0` is taken as 1, anything else that is not whole is refused. */
export function parseRelevance(field: string, place: { file: string; line: number }): number {
  const value = Number(field);
  if (field.trim() !== "" && Number.isSafeInteger(value)) return value;
  throw new EvalFormatError({ ...place, reason: `relevance "${field}" is not a whole number` });
}

/** A second judgement of the same pair replaces the first; who must refuse it looks before. */
export function addJudgement(qrels: Qrels, judgement: { query: string; document: string; relevance: number }): void {
  const judged = qrels.get(judgement.query);
  if (judged) judged.set(judgement.document, judgement.relevance);
  else qrels.set(judgement.query, new Map([[judgement.document, judgement.relevance]]));
}
