/** Somebody else's text made safe to stand in somebody's TeX run: formulas kept, everything else escaped. */

/**
 * Commands a formula may use; any other one makes it words. TeX can read files and run programs, and these are the
 * commands that can do neither (all that occur in the formulas of 150,000 real titles are among them).
 */
const ALLOWED = new Set(
  (
    "alpha beta gamma delta epsilon varepsilon zeta eta theta vartheta iota kappa lambda mu nu xi pi varpi rho varrho " +
    "sigma varsigma tau upsilon phi varphi chi psi omega Gamma Delta Theta Lambda Xi Pi Sigma Upsilon Phi Psi Omega " +
    "mathcal mathbb mathbf mathrm mathit mathsf mathtt mathfrak mathscr boldsymbol bm bf rm it sf tt cal text textit " +
    "textbf textsc textrm texttt textsf emph operatorname hat widehat tilde widetilde bar overline underline vec dot " +
    "ddot check breve acute grave frac tfrac dfrac sqrt binom sum prod int oint lim limsup liminf sup inf max min " +
    "arg argmax argmin log ln exp sin cos tan cot sinh cosh tanh det dim ker deg gcd Pr mod bmod pmod infty partial " +
    "nabla ell hbar imath jmath Re Im aleph emptyset varnothing forall exists neg lnot land lor in notin ni subset " +
    "subseteq supset supseteq cup cap setminus times div cdot cdots ldots dots vdots ast star circ bullet oplus " +
    "otimes ominus odot dagger ddagger pm mp leq le geq ge neq ne equiv sim simeq approx cong propto ll gg prec succ " +
    "mid parallel perp to mapsto rightarrow leftarrow Rightarrow Leftarrow leftrightarrow Leftrightarrow " +
    "longrightarrow longleftarrow uparrow downarrow iff implies langle rangle lfloor rfloor lceil rceil lVert rVert " +
    "vert Vert left right big Big bigl bigr quad qquad angle triangle square diamond prime surd top bot mathop limits " +
    "not checkmark sharp flat natural mho wedge vee bigcup bigcap bigoplus bigotimes stackrel overset underset"
  ).split(" "),
);
const MATH = /(?<!\\)\$(?!\s)(?:[^$\\]|\\.)+?(?<!\s)\$(?!\d)/gu;
/** `\&` in a title already is an escaped ampersand. */
const ESCAPED = /^\\[&%$#_{}]/;
const SPECIAL: Record<string, string> = {
  "&": "\\&",
  "%": "\\%",
  $: "\\$",
  "#": "\\#",
  _: "\\_",
  // A lone brace would end the field for BibTeX even when escaped.
  "{": "\\textbraceleft{}",
  "}": "\\textbraceright{}",
  "~": "\\textasciitilde{}",
  "^": "\\textasciicircum{}",
  "\\": "\\textbackslash{}",
};
/** Letters that a plain LaTeX run stops at; accented Latin ones it knows since 2018. */
const GREEK = "αβγδεζηθικλμνξ-πρ-στυφχψω";
const GREEK_NAMES =
  "alpha beta gamma delta varepsilon zeta eta theta iota kappa lambda mu nu xi - pi rho - sigma tau upsilon varphi chi psi omega".split(
    " ",
  );
const GREEK_CAPITALS: Record<string, string> = {
  Γ: "Gamma",
  Δ: "Delta",
  Θ: "Theta",
  Λ: "Lambda",
  Ξ: "Xi",
  Π: "Pi",
  Σ: "Sigma",
  Φ: "Phi",
  Ψ: "Psi",
  Ω: "Omega",
};
const SIGNS: Record<string, string> = {
  "→": "rightarrow",
  "←": "leftarrow",
  "↔": "leftrightarrow",
  "×": "times",
  "∞": "infty",
  "≤": "leq",
  "≥": "geq",
  "≈": "approx",
  "≠": "neq",
  "∈": "in",
  "√": "surd",
  "∇": "nabla",
  "∂": "partial",
  "∼": "sim",
  "⊕": "oplus",
  "⊗": "otimes",
};
const SIGN_NAMES = new Map<string, string>([
  ...[...GREEK].map((letter, at): [string, string] => [letter, GREEK_NAMES[at]!]).filter(([letter]) => letter !== "-"),
  ...Object.entries(GREEK_CAPITALS),
  ...Object.entries(SIGNS),
]);

/** A word is language, not a row of variables: it stays as it is, and programs find it again. */
const GREEK_WORD = /[\p{Script=Greek}\p{M}]{2,}/uy;

/** One piece of a text: a formula in dollars, or words already escaped. */
export type TexPiece = { math: boolean; tex: string };

/** Escapes a plain value: names, venues, notes. */
export function escapeTex(text: string): string {
  return texPieces(text)
    .map((piece) => piece.tex)
    .join("");
}

/**
 * Splits at formulas. `$200k` is money; a formula with unbalanced braces or a command that could reach out of the
 * text is words, and its backslashes are printed instead of obeyed.
 */
export function texPieces(text: string): TexPiece[] {
  const pieces: TexPiece[] = [];
  let from = 0;
  for (const found of text.matchAll(MATH)) {
    if (!isHarmless(found[0])) continue;
    if (found.index > from) pieces.push({ math: false, tex: escapeWords(text.slice(from, found.index)) });
    pieces.push({ math: true, tex: [...found[0]].map((char) => mathSign(char)).join("") });
    from = found.index + found[0].length;
  }
  if (from < text.length) pieces.push({ math: false, tex: escapeWords(text.slice(from)) });
  return pieces;
}

function isHarmless(formula: string): boolean {
  if (/\^\^|%|~~/.test(formula) || !hasBalancedBraces(formula)) return false;
  const commands = formula.matchAll(/\\([a-zA-Z]+|.)/gu);
  return commands.every(([, name]) => ALLOWED.has(name!) || /^[,;:! {}|&#_$-]$/.test(name!));
}

/** BibTeX counts escaped braces too, so they must balance as well. */
function hasBalancedBraces(text: string): boolean {
  let depth = 0;
  for (const char of text) {
    if (char === "{") depth++;
    if (char === "}") depth--;
    if (depth < 0) return false;
  }
  return depth === 0;
}

function escapeWords(text: string): string {
  let out = "";
  for (let at = 0; at < text.length; ) {
    const rest = text.slice(at, at + 2);
    if (ESCAPED.test(rest)) {
      out += escapeChar(rest[1]!);
      at += 2;
      continue;
    }
    GREEK_WORD.lastIndex = at;
    const [word] = GREEK_WORD.exec(text) ?? [];
    if (word !== undefined) {
      out += word;
      at += word.length;
      continue;
    }
    const char = String.fromCodePoint(text.codePointAt(at)!);
    out += escapeChar(char);
    at += char.length;
  }
  return out;
}

function escapeChar(char: string): string {
  const sign = SIGN_NAMES.get(char);
  if (sign !== undefined) return `$\\${sign}$`;
  return SPECIAL[char] ?? char;
}

function mathSign(char: string): string {
  const sign = SIGN_NAMES.get(char);
  return sign === undefined ? char : `\\${sign} `;
}
