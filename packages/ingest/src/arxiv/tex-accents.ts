/** TeX accents in names and titles → letters: arXiv's own format writes `J\"urgen` where its feeds write "Jürgen". */

/** Accent → combining mark, which normalization joins with the letter. */
const MARKS: Record<string, string> = {
  '"': "\u0308",
  "'": "\u0301",
  "`": "\u0300",
  "^": "\u0302",
  "~": "\u0303",
  "=": "\u0304",
  ".": "\u0307",
  u: "\u0306",
  v: "\u030C",
  H: "\u030B",
  c: "\u0327",
  k: "\u0328",
  r: "\u030A",
  d: "\u0323",
  b: "\u0331",
};
const LETTERS: Record<string, string> = {
  ss: "ß",
  o: "ø",
  O: "Ø",
  l: "ł",
  L: "Ł",
  ae: "æ",
  AE: "Æ",
  oe: "œ",
  OE: "Œ",
  aa: "å",
  AA: "Å",
  i: "ı",
  j: "ȷ",
  dh: "ð",
  DH: "Ð",
  th: "þ",
  TH: "Þ",
};
/** `{\"u}`, `\"{u}`, `\"u`, `\'{\i}`, `\v c`, `\c{c}`: letters as accents need a brace or a blank after them. */
const ACCENT =
  /\{?\\(?:(["'`^~=.])\s*|([uvHckrdb])(?=[{\s]))\s*(?:\{\s*(\\[ij]|[A-Za-z])\s*\}|(\\[ij](?![A-Za-z])|[A-Za-z]))\}?/g;
const LETTER = /\{?\\(ss|ae|AE|oe|OE|aa|AA|dh|DH|th|TH|o|O|l|L|i|j)(?![A-Za-z])(?:\{\}|\s+(?=[A-Za-z]))?\}?/g;
/** Formulas keep their backslashes. */
const FORMULA = /\$[^$]*\$/;

export function plainAccents(text: string): string {
  if (!text.includes("\\")) return text;
  const parts = text.split(new RegExp(`(${FORMULA.source})`));
  return parts.map((part, index) => (index % 2 === 1 ? part : decode(part))).join("");
}

function decode(text: string): string {
  return text
    .replace(ACCENT, (whole, sign: string | undefined, word: string | undefined, braced?: string, plain?: string) => {
      const mark = MARKS[sign ?? word ?? ""];
      // An accent stands above a dotless letter; joined with the plain one it is the same.
      const letter = (braced ?? plain ?? "").replace("\\", "");
      return mark && balanced(whole) ? (letter + mark).normalize("NFC") : rebalance(whole, letter, mark);
    })
    .replace(LETTER, (whole, name: string) => {
      const letter = LETTERS[name]!;
      return balanced(whole) ? letter : whole.startsWith("{") ? `{${letter}` : `${letter}}`;
    });
}

const balanced = (text: string) => text.split("{").length === text.split("}").length;

/** A brace that belongs to something around it stays where it was. */
function rebalance(whole: string, letter: string, mark: string | undefined): string {
  if (!mark) return whole;
  const joined = (letter + mark).normalize("NFC");
  return whole.startsWith("{") ? `{${joined}` : `${joined}}`;
}
