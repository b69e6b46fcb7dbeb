/** Text on its way into HTML, and into lines of a text part. */

const ENTITIES: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"]/g, (sign) => ENTITIES[sign]!);
}

/** Shortened at a word where it is longer. */
export function clip(text: string, charsMax: number): string {
  if (text.length <= charsMax) return text;
  const cut = text.slice(0, charsMax - 1).replace(/[\uD800-\uDBFF]$/, "");
  return `${cut.replace(/\s+\S{0,40}$/, "").replace(/[,;:(]$/, "")}…`;
}

/** Characters on a line of the text part. @source RFC 3676 4.2: 78 at most; quoted replies need room */
const LINE_CHARS = 72;

/** Breaks at spaces; a word longer than the line, such as an address, stays whole. */
export function wrap(text: string, indent = ""): string {
  const lines: string[] = [];
  let line = indent;
  for (const word of text.split(/\s+/).filter((one) => one !== "")) {
    if (line.length > indent.length && line.length + 1 + word.length > LINE_CHARS) {
      lines.push(line);
      line = indent;
    }
    line += line.length > indent.length ? ` ${word}` : word;
  }
  return [...lines, line].join("\n");
}
