/** The BEIR layout as text: lines of `corpus.jsonl` and `queries.jsonl`, judgements of `qrels/<split>.tsv`. */
import { contentLines } from "./content-lines.ts";
import { EvalFormatError } from "./format-error.ts";
import { addJudgement, parseRelevance, type Qrels } from "./qrels.ts";

/** A document of a test collection. */
export interface CorpusDocument {
  readonly id: string;
  /** Empty where the collection gives none. */
  readonly title: string;
  readonly text: string;
}

export interface CorpusQuery {
  readonly id: string;
  readonly text: string;
}

/** What is searched and what is asked; the judgements come beside it. */
export interface Collection {
  readonly corpus: readonly CorpusDocument[];
  readonly queries: readonly CorpusQuery[];
  readonly qrels: Qrels;
}

const QRELS_HEADER = "query-id\tcorpus-id\tscore";

/**
 * One line of `corpus.jsonl`. A missing title or text is empty; other fields are ignored.
 * @throws EvalFormatError no JSON object, no `_id` or one beyond whole numbers, or a title or text that is not a string
 */
export function parseCorpusLine(line: string, place: { file: string; line: number }): CorpusDocument {
  const record = parseRecord(line, place);
  return { id: readId(record, place), title: readText(record, "title", place), text: readText(record, "text", place) };
}

/**
 * One line of `queries.jsonl`.
 * @throws EvalFormatError as {@link parseCorpusLine}
 */
export function parseQueryLine(line: string, place: { file: string; line: number }): CorpusQuery {
  const record = parseRecord(line, place);
  return { id: readId(record, place), text: readText(record, "text", place) };
}

export function formatCorpusLine(document: CorpusDocument): string {
  return `${JSON.stringify({ _id: document.id, title: document.title, text: document.text })}\n`;
}

export function formatQueryLine(query: CorpusQuery): string {
  return `${JSON.stringify({ _id: query.id, text: query.text })}\n`;
}

/**
 * Judgements of `qrels/<split>.tsv`: a header line if there is one, then query, document, relevance, parted by tabs.
 * Files with TREC's four columns are read too. A pair that is judged twice keeps its last value, as in BEIR's loader.
 * @throws EvalFormatError another number of columns, an empty id, a relevance that is no whole number
 */
export function parseBeirQrels(text: string, file = "qrels.tsv"): Qrels {
  const qrels: Qrels = new Map();
  let first = true;
  for (const line of contentLines(text)) {
    const fields = splitColumns(line.text);
    const isHeader = first && fields.length > 2 && !Number.isFinite(Number(fields.at(-1)));
    first = false;
    if (isHeader) continue;
    const place = { file, line: line.number };
    if (fields.length !== 3 && fields.length !== 4) {
      const reason = `three columns wanted (query, document, score), ${fields.length} found`;
      throw new EvalFormatError({ ...place, reason });
    }
    const query = fields[0];
    const [document, grade] = fields.slice(-2);
    if (query === "" || document === "") throw new EvalFormatError({ ...place, reason: "an id is empty" });
    addJudgement(qrels, { query, document, relevance: parseRelevance(grade, place) });
  }
  return qrels;
}

export function formatBeirQrels(qrels: Qrels): string {
  const lines = [`${QRELS_HEADER}\n`];
  for (const [query, judged] of qrels) {
    for (const [document, relevance] of judged) lines.push(`${query}\t${document}\t${relevance}\n`);
  }
  return lines.join("");
}

/**
 * Tabs part the columns, since ids may hold spaces; a file without tabs is taken to be parted by spaces. White space at
 * the end of a line is no column.
 */
function splitColumns(line: string): string[] {
  const byTab = line
    .trimEnd()
    .split("\t")
    .map((field) => field.trim());
  return byTab.length > 1 ? byTab : line.trim().split(/\s+/);
}

function parseRecord(line: string, place: { file: string; line: number }): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new EvalFormatError({ ...place, reason: "not valid JSON", cause });
  }
  if (typeof value === "object" && value !== null && !Array.isArray(value)) return value as Record<string, unknown>;
  throw new EvalFormatError({ ...place, reason: "not a JSON object" });
}

function readId(record: Record<string, unknown>, place: { file: string; line: number }): string {
  const id = record["_id"] ?? record["id"];
  if (typeof id === "number" && Math.abs(id) > Number.MAX_SAFE_INTEGER)
    throw new EvalFormatError({
      ...place,
      reason: `"_id" is a number too large to be told from others; write a string`,
    });
  if (typeof id === "number") return String(id);
  if (typeof id === "string" && id !== "") return id;
  throw new EvalFormatError({ ...place, reason: `"_id" is missing or not a string` });
}

function readText(record: Record<string, unknown>, name: string, place: { file: string; line: number }): string {
  const value = record[name] ?? "";
  if (typeof value === "string") return value;
  throw new EvalFormatError({ ...place, reason: `"${name}" is not a string` });
}
