/** Somebody else's words made safe to stand in Markdown: nothing in them becomes a heading, a link or HTML. */

/** Formulas are left alone, unless something in them would mean more than a formula to a reader without one. */
const MATH = /(?<!\\)\$(?!\s)[^$\n]+?(?<!\s)\$(?!\d)/gu;
const RISKY_IN_MATH = /[<`]|\]\(|!\[/;
/** `_` between letters is only a letter; `&` matters only where it begins an entity, `~` only when doubled. */
const INLINE = /[\\`*[\]<]|(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])|&(?=#?\w+;)|~(?=~)|(?<=~)~/gu;
/** What would open a heading, list, quote, rule or code block at the start of a line. */
const BLOCK = /^(?:#{1,6}(?=\s|$)|[-+](?=\s|$)|>|={3,}|-{3,}|~{3,}|\|)/;
const ORDERED = /^(\d{1,9})([.)])(?=\s|$)/;

/** One line: breaks and control characters become single spaces. */
export function escapeLine(text: string): string {
  const line = text.replace(/[\s\p{Cc}]+/gu, " ").trim();
  let out = "";
  let from = 0;
  for (const found of line.matchAll(MATH)) {
    if (RISKY_IN_MATH.test(found[0])) continue;
    out += escapeInline(line.slice(from, found.index)) + found[0];
    from = found.index + found[0].length;
  }
  return atLineStart(out + escapeInline(line.slice(from)));
}

/** Paragraphs as they were, each on one line. */
export function escapeParagraphs(text: string): string {
  return text
    .split(/\n[ \t\r]*\n/)
    .map(escapeLine)
    .filter((paragraph) => paragraph !== "")
    .join("\n\n");
}

/** `[words](address)`; the address must be http, https or a path of this site, else only the words remain. */
export function link(words: string, url: string): string {
  const text = escapeLine(words);
  if (!/^(?:https?:\/\/|\/(?!\/))/i.test(url)) return text;
  return `[${text}](${encodeAddress(url)})`;
}

/** An address on its own. */
export function autolink(url: string): string {
  return /^https?:\/\//i.test(url) ? `<${encodeAddress(url)}>` : escapeLine(url);
}

function encodeAddress(url: string): string {
  return url.replace(/[\s<>()[\]\\`"*_\p{Cc}]/gu, (char) =>
    char === "_" ? char : `%${char.charCodeAt(0).toString(16).toUpperCase().padStart(2, "0")}`,
  );
}

function escapeInline(text: string): string {
  return text.replace(INLINE, "\\$&");
}

function atLineStart(line: string): string {
  return line.replace(BLOCK, "\\$&").replace(ORDERED, "$1\\$2");
}
