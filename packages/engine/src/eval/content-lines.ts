/** Cuts a text into its lines that say something: blank lines are skipped, numbers are kept for messages. */

export interface ContentLine {
  /** Counted from 1 over all lines of the file, blank ones included. */
  readonly number: number;
  /** Without the line break (`\n` or `\r\n`) and, on line 1, without a byte order mark. */
  readonly text: string;
}

export function* contentLines(text: string): Generator<ContentLine> {
  let number = 0;
  let start = text.charCodeAt(0) === 0xfeff ? 1 : 0;
  while (start < text.length) {
    const found = text.indexOf("\n", start);
    const end = found === -1 ? text.length : found;
    number += 1;
    const line = text.slice(start, text[end - 1] === "\r" ? end - 1 : end);
    if (line.trim() !== "") yield { number, text: line };
    start = end + 1;
  }
}
