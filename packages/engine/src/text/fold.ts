/** One written form per word: compatibility forms, case, accents and Greek letters folded away. */

const GREEK: Readonly<Record<string, string>> = {
  α: "alpha",
  β: "beta",
  γ: "gamma",
  δ: "delta",
  ε: "epsilon",
  ζ: "zeta",
  η: "eta",
  θ: "theta",
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
  χ: "chi",
  ψ: "psi",
  ω: "omega",
};

/** Letters that carry a stroke or are ligatures: no decomposition splits them. */
const STROKES: Readonly<Record<string, string>> = {
  ø: "o",
  đ: "d",
  ł: "l",
  ħ: "h",
  ŧ: "t",
  ı: "i",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
  ð: "d",
  ŋ: "n",
  ſ: "s",
};

const BEYOND_ASCII = /\P{ASCII}/u;
const GREEK_LETTER = /[α-ω]/;
/** Accents of Latin, Greek and Cyrillic letters; the vowel signs of other scripts are letters to their readers. */
const MARKS = /[\u0300-\u036f\u00ad\u200b-\u200f\u2060\ufeff]/gu;
const SPECIAL = /[øđłħŧıßæœþðŋſ]/g;

/** Lower case, NFKC, no accents, no soft hyphens; Greek letters become their names ("TNFα" → "tnfalpha"). */
export function fold(raw: string): string {
  if (!BEYOND_ASCII.test(raw)) return raw.toLowerCase();
  let text = raw.normalize("NFKC").toLowerCase().normalize("NFD").replace(MARKS, "");
  if (GREEK_LETTER.test(text) && greekIsNotation(text))
    text = text.replace(/[α-ως]/g, (letter) => GREEK[letter] ?? letter);
  return text.replace(SPECIAL, (letter) => STROKES[letter]).normalize("NFC");
}

/** Two Greek letters side by side are a Greek word, not a symbol. */
function greekIsNotation(text: string): boolean {
  return !/[α-ω]{3}/.test(text);
}
