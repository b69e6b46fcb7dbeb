/**
 * Script, blackboard, Fraktur and bold letters as the Unicode characters made for them. MathML Core, which is what
 * browsers implement, ignores `mathvariant` except `normal`: without this, 𝒪(n) would come out as O(n).
 * @source https://www.w3.org/TR/mathml-core/#the-mathvariant-attribute, Unicode block 1D400–1D7FF
 */

/** First code points of capitals, small letters and digits. */
const ALPHABETS: Record<string, { upper: number; lower: number; digit?: number }> = {
  bold: { upper: 0x1d400, lower: 0x1d41a, digit: 0x1d7ce },
  italic: { upper: 0x1d434, lower: 0x1d44e },
  "bold-italic": { upper: 0x1d468, lower: 0x1d482 },
  script: { upper: 0x1d49c, lower: 0x1d4b6 },
  "bold-script": { upper: 0x1d4d0, lower: 0x1d4ea },
  fraktur: { upper: 0x1d504, lower: 0x1d51e },
  "bold-fraktur": { upper: 0x1d56c, lower: 0x1d586 },
  "double-struck": { upper: 0x1d538, lower: 0x1d552, digit: 0x1d7d8 },
  "sans-serif": { upper: 0x1d5a0, lower: 0x1d5ba, digit: 0x1d7e2 },
  "bold-sans-serif": { upper: 0x1d5d4, lower: 0x1d5ee, digit: 0x1d7ec },
  "sans-serif-bold-italic": { upper: 0x1d63c, lower: 0x1d656 },
  monospace: { upper: 0x1d670, lower: 0x1d68a, digit: 0x1d7f6 },
};

/** Letters that had a place in Unicode before the block was made; theirs in the block are empty. */
const OLDER: Record<string, string> = {
  "\u{1d455}": "ℎ",
  "\u{1d49d}": "ℬ",
  "\u{1d4a0}": "ℰ",
  "\u{1d4a1}": "ℱ",
  "\u{1d4a3}": "ℋ",
  "\u{1d4a4}": "ℐ",
  "\u{1d4a7}": "ℒ",
  "\u{1d4a8}": "ℳ",
  "\u{1d4ad}": "ℛ",
  "\u{1d4ba}": "ℯ",
  "\u{1d4bc}": "ℊ",
  "\u{1d4c4}": "ℴ",
  "\u{1d506}": "ℭ",
  "\u{1d50b}": "ℌ",
  "\u{1d50c}": "ℑ",
  "\u{1d515}": "ℜ",
  "\u{1d51d}": "ℨ",
  "\u{1d53a}": "ℂ",
  "\u{1d53f}": "ℍ",
  "\u{1d545}": "ℕ",
  "\u{1d547}": "ℙ",
  "\u{1d548}": "ℚ",
  "\u{1d549}": "ℝ",
  "\u{1d551}": "ℤ",
};

/** @returns null for variants without letters of their own, such as `normal` */
export function mathLetters(text: string, variant: string): string | null {
  const alphabet = ALPHABETS[variant];
  if (!alphabet) return null;
  return Array.from(text, (letter) => {
    const code = letter.codePointAt(0)!;
    let styled: string | undefined;
    if (code >= 65 && code <= 90) styled = String.fromCodePoint(alphabet.upper + code - 65);
    else if (code >= 97 && code <= 122) styled = String.fromCodePoint(alphabet.lower + code - 97);
    else if (code >= 48 && code <= 57 && alphabet.digit) styled = String.fromCodePoint(alphabet.digit + code - 48);
    return styled === undefined ? letter : (OLDER[styled] ?? styled);
  }).join("");
}
