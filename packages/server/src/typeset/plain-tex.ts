/** The little TeX that stands in running text: emphasis, links, escaped signs, quotes, a few symbols. */

export type TextRun = {
  text: string;
  style: "plain" | "em" | "strong" | "code";
  /** http or https. */
  href?: string;
};

const STYLES: Record<string, TextRun["style"]> = {
  emph: "em",
  em: "em",
  it: "em",
  sl: "em",
  textit: "em",
  textsl: "em",
  bf: "strong",
  textbf: "strong",
  tt: "code",
  texttt: "code",
};

/** Symbols that authors write without dollar signs. */
const SYMBOLS: Record<string, string> = {
  times: "×",
  pm: "±",
  sim: "∼",
  approx: "≈",
  deg: "°",
  leq: "≤",
  geq: "≥",
  to: "→",
  rightarrow: "→",
  alpha: "α",
  beta: "β",
  mu: "μ",
  ldots: "…",
  dots: "…",
};

const RUN = new RegExp(
  [
    // A style or link around text that holds no braces of its own.
    String.raw`\\(?<command>emph|textit|textsl|textbf|texttt|textsc|textrm|textsf|textsuperscript|underline|text|mbox|url)\{(?<inner>[^{}]*)\}`,
    String.raw`\{\\(?<old>em|it|sl|bf|tt|sc)\s+(?<oldInner>[^{}]*)\}`,
    String.raw`\$?\\href\{(?<href>https?:[^{}\s]*)\}\{(?<label>[^{}]*)\}\$?`,
  ].join("|"),
  "g",
);

/** Cuts a text into runs of one style; unknown commands stay as they were written. */
export function readPlainTex(text: string): TextRun[] {
  const runs: TextRun[] = [];
  let from = 0;
  for (const found of text.matchAll(RUN)) {
    if (found.index > from) runs.push({ text: unescape(text.slice(from, found.index)), style: "plain" });
    runs.push(runOf(found.groups ?? {}));
    from = found.index + found[0].length;
  }
  if (from < text.length) runs.push({ text: unescape(text.slice(from)), style: "plain" });
  return runs;
}

function runOf({ command, inner, old, oldInner, href, label }: Record<string, string | undefined>): TextRun {
  if (href !== undefined)
    return { text: unescape(label ?? href), style: "plain", href: href.replace(/\\([%#_&])/g, "$1") };
  return { text: unescape(inner ?? oldInner ?? ""), style: STYLES[command ?? old ?? ""] ?? "plain" };
}

/** `$\unicode{x2013}$`: some feeds write dashes and signs so. */
export function readUnicodeCommands(text: string): string {
  return text.replace(/\$?\\unicode\{x([0-9a-fA-F]{2,5})\}\$?/g, (_, code: string) =>
    String.fromCodePoint(Number.parseInt(code, 16)),
  );
}

function unescape(text: string): string {
  return text
    .replace(/\\([a-z]+)(?![a-zA-Z])/g, (whole, name: string) => SYMBOLS[name] ?? whole)
    .replace(/\\([$%&_#{}])/g, "$1")
    .replace(/``/g, "“")
    .replace(/''/g, "”")
    .replace(/(?<=\S)~(?=\S)/g, "\u00a0")
    .replace(/---/g, "—")
    .replace(/(?<=\d)--(?=\d)/g, "–");
}
