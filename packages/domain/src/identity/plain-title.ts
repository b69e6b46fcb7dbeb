/** A title as it is compared: LaTeX, Unicode and punctuation fold into words of letters and digits. */

const GREEK: Record<string, string> = {
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  ε: "epsilon",
  ϵ: "epsilon",
  ζ: "zeta",
  η: "eta",
  θ: "theta",
  ϑ: "theta",
  ι: "iota",
  κ: "kappa",
  λ: "lambda",
  μ: "mu",
  ν: "nu",
  ξ: "xi",
  π: "pi",
  ρ: "rho",
  σ: "sigma",
  ς: "sigma",
  τ: "tau",
  υ: "upsilon",
  φ: "phi",
  ϕ: "phi",
  χ: "chi",
  ψ: "psi",
  ω: "omega",
  "∞": "infty",
  ℓ: "ell",
  "×": "times",
  "≤": "leq",
  "≥": "geq",
  "→": "to",
  "&": " and ",
  ł: "l",
  ø: "o",
  đ: "d",
  ı: "i",
  ß: "ss",
  æ: "ae",
  œ: "oe",
};
const GREEK_PATTERN = new RegExp(`[${Object.keys(GREEK).join("")}]`, "gu");
/** Signs that LaTeX names, with the word that their Unicode form gets above. */
const SAME_SIGN: Record<string, string> = {
  infty: "infty",
  rightarrow: "to",
  varepsilon: "epsilon",
  vartheta: "theta",
  varphi: "phi",
  le: "leq",
  ge: "geq",
  o: "o",
  l: "l",
  ss: "ss",
  ae: "ae",
  oe: "oe",
};
/** Commands that say how their argument looks; only the argument is a part of the title. */
const LOOKS =
  /\\(?:text[a-z]*|math[a-z]*|emph|operatorname|boldsymbol|bm|rm|bf|it|tt|sc|mbox|ensuremath|left|right)\b\*?/g;
const ACCENT = /\\(?:["'`^~=.]|[uvHckbdr](?![a-z]))\s*\{?\\?([A-Za-z])\}?/g;
const COMMAND = /\\([A-Za-z]+)\s*/g;

/** Lower case, no accents, words of letters and digits with one space between. */
export function plainTitle(title: string): string {
  const plain = title.includes("\\") || title.includes("$") ? withoutTex(title) : title;
  return (
    plain
      .normalize("NFKD")
      .replace(/\p{M}+/gu, "")
      .toLowerCase()
      .replace(GREEK_PATTERN, (sign) => GREEK[sign]!)
      .replace(/['’‘`´]/g, "")
      // "NeRF++" is another work than "NeRF".
      .replace(/(?<=[\p{L}\p{N}])\++/gu, " plus")
      .replace(/[^\p{L}\p{N}]+/gu, " ")
      .trim()
  );
}

function withoutTex(title: string): string {
  return title
    .replace(LOOKS, " ")
    .replace(ACCENT, "$1")
    .replace(COMMAND, (_, name: string) => ` ${SAME_SIGN[name] ?? name} `)
    .replace(/\\[&%#_$]/g, (escaped) => escaped[1]!)
    .replace(/[${}^_\\]/g, "");
}

/** Where a subtitle begins. */
const SUBTITLE = /[:：]|\s[-–—]+\s|—|[?!]\s/gu;
const SUBTITLES_MAX = 3;

/** What is left of a title when its last subtitle, or several, fall away: shortest first; empty where there is none. */
export function mainTitles(title: string): string[] {
  const whole = plainTitle(title);
  const parts = [...title.matchAll(SUBTITLE)]
    .slice(0, SUBTITLES_MAX)
    .map(({ index }) => plainTitle(title.slice(0, index)));
  return [...new Set(parts)].filter((main) => main !== "" && main !== whole);
}

/** What a copy says of itself, not of the work. */
const COPY =
  /\s*[([{]?\b(?:(?:extended|full|long|longer|journal|conference|complete|revised|updated|preprint|preliminary|camera[- ]ready|arxiv|final) version|technical report|preprint|camera[- ]ready)\b[)\]}]?\s*$/i;

/** Without "(Extended Version)" and the like at its end. */
export function withoutCopyMark(title: string): string {
  const bare = title.replace(COPY, "").replace(/[\s:,;–—-]+$/u, "");
  return bare === "" ? title : bare;
}

/** A paper about another paper bears its title, too. */
const ABOUT =
  /^\W*(?:(?:author )?(?:erratum|errata|corrigendum|corrigenda|correction|corrections|addendum|retraction|retracted|reply|response|comments?|commentary|discussion|rejoinder|remarks?|notes?|supplement(?:ary|al)?(?: materials?| information| notes?)?|supporting information|appendix|replication|reproducibility|reproduction|reproducing|re|revisiting|review|summary|tutorial|slides|poster|demo|abstract|talk|video|dataset|data|code)(?: article| note| report| study| paper)?(?: (?:to|on|for|of|about|from)\b|\s*:)|\[re\])/i;
const ABOUT_AT_END =
  /[\s:([–—-](?:erratum|errata|corrigendum|addendum|supplement(?:ary|al)?(?: materials?| information)?|supporting information|appendix|a reply|a response|a comment|rejoinder|retracted|a reproducibility study|a replication study|reproducibility report|extended abstract|student abstract|doctoral consortium|abstract|poster|demo(?:nstration)?)[)\]]?\s*$/i;

/** The word that makes it a paper about another one ("erratum", "comment", …); empty for an ordinary title. */
export function aboutWord(title: string): string {
  const found = ABOUT.exec(title)?.[0] ?? ABOUT_AT_END.exec(title)?.[0] ?? "";
  return found === "" ? "" : plainTitle(found);
}

const ROMAN: Record<string, string> = {
  i: "1",
  ii: "2",
  iii: "3",
  iv: "4",
  v: "5",
  vi: "6",
  vii: "7",
  viii: "8",
  ix: "9",
  x: "10",
};
const NUMBER_WORDS: Record<string, string> = {
  two: "2",
  three: "3",
  four: "4",
  five: "5",
  six: "6",
  seven: "7",
  eight: "8",
  nine: "9",
  ten: "10",
  plus: "+",
};
/** Elsewhere these count nothing ("one model", "a first look"). */
const COUNTED_WORDS: Record<string, string> = { one: "1", first: "1", second: "2", third: "3" };
const COUNTED = new Set(["part", "volume", "vol", "chapter", "paper", "episode", "lecture", "phase", "stage"]);

/**
 * The numbers of a plain title, sorted: "Part II", "GPT-4" and "three robots" are other works than "Part I", "GPT-3" and
 * "two robots". Roman numerals count after "part" and its like, and at the end.
 */
export function numbersIn(plain: string): string {
  const words = plain.split(" ");
  const numbers = words.flatMap((word, at) => {
    const isCounted = COUNTED.has(words[at - 1] ?? "");
    const said = NUMBER_WORDS[word] ?? (isCounted ? COUNTED_WORDS[word] : undefined);
    if (said !== undefined) return [said];
    // A lone "i", "v" or "x" at the end is as often a letter.
    if (ROMAN[word] && (isCounted || (at === words.length - 1 && at > 0 && word.length > 1))) return [ROMAN[word]];
    return word.match(/\d+/g) ?? [];
  });
  return numbers.sort().join(" ");
}
