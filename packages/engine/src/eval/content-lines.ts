/** Cuts a text into its lines: one in memory into those that say something, one that is being read into all. */

export interface ContentLine {
  /** Counted from 1 over all lines of the file, blank ones included. */
  readonly number: number;
  /** Without the line break (`\n` or `\r\n`) and, on line 1, without a byte order mark. */
  readonly text: string;
}

/** Blank lines are skipped, numbers are kept for messages. */
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

/**
 * The lines of a text that comes in pieces, blank ones included, without line breaks and byte order mark. Node's
 * `readline` would not do: to it U+2028 ends a line, and JSON may hold one inside a string.
 */
export async function* linesOf(pieces: AsyncIterable<string>): AsyncGenerator<string> {
  let begun = "";
  let isFirst = true;
  const whole = (line: string): string => {
    const text = isFirst ? line.replace(/^\uFEFF/, "") : line;
    isFirst = false;
    return text.endsWith("\r") ? text.slice(0, -1) : text;
  };
  for await (const piece of pieces) {
    let start = 0;
    for (let end = piece.indexOf("\n"); end >= 0; end = piece.indexOf("\n", start)) {
      yield whole(begun + piece.slice(start, end));
      begun = "";
      start = end + 1;
    }
    begun += piece.slice(start);
  }
  if (begun !== "") yield whole(begun);
}
