/** The little TeX that stands in running text: emphasis, escaped signs, quotes. */

export type TextRun = { text: string; style: "plain" | "em" | "strong" | "code" };

const STYLES: Record<string, TextRun["style"]> = {
  emph: "em",
  textit: "em",
  textsl: "em",
  textbf: "strong",
  texttt: "code",
  textsc: "plain",
  textrm: "plain",
  text: "plain",
  url: "plain",
};

const STYLED = /\\(emph|textit|textsl|textbf|texttt|textsc|textrm|text|url)\{([^{}]*)\}/g;

/** Cuts a text into runs of one style; unknown commands stay as they were written. */
export function readPlainTex(text: string): TextRun[] {
  const runs: TextRun[] = [];
  let from = 0;
  for (const found of text.matchAll(STYLED)) {
    if (found.index > from) runs.push({ text: unescape(text.slice(from, found.index)), style: "plain" });
    runs.push({ text: unescape(found[2]!), style: STYLES[found[1]!]! });
    from = found.index + found[0].length;
  }
  if (from < text.length) runs.push({ text: unescape(text.slice(from)), style: "plain" });
  return runs;
}

function unescape(text: string): string {
  return text
    .replace(/\\([$%&_#{}])/g, "$1")
    .replace(/``/g, "“")
    .replace(/''/g, "”")
    .replace(/(?<=\S)~(?=\S)/g, "\u00a0")
    .replace(/(?<=[\p{L}\d\s])---(?=[\p{L}\d\s])/gu, "—")
    .replace(/(?<=\d)--(?=\d)/g, "–");
}
