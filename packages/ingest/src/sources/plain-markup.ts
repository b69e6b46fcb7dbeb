/** Text with a little markup in it, as publishers send it → plain text. */

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'", nbsp: " " };

/** Elements that begin a new paragraph or heading: a blank stands in their place. */
const BLOCKS = /<\/?(?:jats:)?(?:p|title|sec|list|list-item|br)\b[^>]{0,200}>/gi;

/** JATS or HTML without its elements; formulas keep their TeX where it is there. */
export function plainJats(text: string): string {
  return text
    .replace(/<(?:jats:)?tex-math[^>]{0,200}>([^<]{0,5000})<\/(?:jats:)?tex-math>/gi, "$1")
    .replace(BLOCKS, " ")
    .replace(/<\/?[a-z][\w:-]{0,40}(?:\s[^<>]{0,1000})?\/?>/gi, "")
    .replace(/&(?:#(\d{1,7})|#x([0-9a-f]{1,6})|(\w{2,6}));/gi, (whole, decimal, hex, name) =>
      signOf(whole, { decimal, hex, name }),
    )
    .replace(/\s+/g, " ")
    .trim();
}

function signOf(whole: string, { decimal, hex, name }: { decimal?: string; hex?: string; name?: string }): string {
  if (name) return NAMED[name.toLowerCase()] ?? whole;
  const code = decimal ? Number(decimal) : Number.parseInt(hex ?? "", 16);
  return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
}
