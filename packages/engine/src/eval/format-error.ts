/** The one error of the evaluation files: it names the file, the line and what is wrong there. */

/** A qrels, run, corpus or queries file is broken. `line` counts from 1; 0 means the file as a whole. */
export class EvalFormatError extends Error {
  override readonly name = "EvalFormatError";
  readonly file: string;
  readonly line: number;
  readonly reason: string;

  constructor(where: { file: string; line: number; reason: string; cause?: unknown }) {
    const place = where.line > 0 ? `${where.file}:${where.line}` : where.file;
    super(`${place}: ${where.reason}`, { cause: where.cause });
    this.file = where.file;
    this.line = where.line;
    this.reason = where.reason;
  }
}
