/** Formulas as text: Unicode where it says the same, else the TeX itself. Never an image. */

/** A command and its sign, by turns. */
const SIGNS: ReadonlyMap<string, string> = pairs(`
  alpha α beta β gamma γ delta δ epsilon ε varepsilon ε zeta ζ eta η theta θ iota ι kappa κ lambda λ mu μ nu ν
  xi ξ pi π rho ρ sigma σ tau τ phi φ varphi φ chi χ psi ψ omega ω Gamma Γ Delta Δ Theta Θ Lambda Λ Xi Ξ Pi Π
  Sigma Σ Phi Φ Psi Ψ Omega Ω times × cdot · pm ± mp ∓ sim ∼ approx ≈ neq ≠ ne ≠ leq ≤ le ≤ geq ≥ ge ≥ ll ≪ gg ≫
  to → rightarrow → leftarrow ← Rightarrow ⇒ infty ∞ in ∈ notin ∉ subset ⊂ cup ∪ cap ∩ forall ∀ exists ∃ partial ∂
  nabla ∇ sum ∑ prod ∏ int ∫ ell ℓ circ ∘ dagger † bullet • star ⋆ ldots … dots … cdots ⋯ langle ⟨ rangle ⟩ sqrt √
  propto ∝ equiv ≡ oplus ⊕ otimes ⊗
  log log exp exp min min max max ln ln`);

const RAISED = new Map(
  [..."0123456789+-=()niabcdeTt∘"].map((from, at) => [from, [..."⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁼⁽⁾ⁿⁱᵃᵇᶜᵈᵉᵀᵗ°"][at]!]),
);
const LOWERED = new Map([..."0123456789+-=()aeijknst"].map((from, at) => [from, [..."₀₁₂₃₄₅₆₇₈₉₊₋₌₍₎ₐₑᵢⱼₖₙₛₜ"][at]!]));

/** Commands that only choose letters; their argument stays. */
const LETTERS =
  /\\(?:mathrm|mathbf|mathit|mathsf|mathcal|mathtt|mathbb|bm|boldsymbol|operatorname|text|textbf|textit|emph|texttt|textsc|mbox)\*?\s*\{([^{}]*)\}/g;
/** Longer ones are paragraphs between two prices. */
const FORMULA_CHARS_MAX = 300;
const FORMULA = new RegExp(
  String.raw`\$\$?([^$]{1,${FORMULA_CHARS_MAX}}?)\$\$?|\\\((.{1,${FORMULA_CHARS_MAX}}?)\\\)`,
  "g",
);

/** One line of a title or abstract as plain text. */
export function plainText(source: string): string {
  return source
    .replace(FORMULA, (whole, dollars?: string, brackets?: string) => formulaAsText(dollars ?? brackets ?? "") ?? whole)
    .replace(LETTERS, "$1")
    .replace(/\\([%$&#_{}])/g, "$1")
    .replace(/\\url\{([^{}]*)\}/g, "$1")
    .replace(/(?<!`)``|''/g, '"')
    .replace(/\s+/g, " ")
    .trim();
}

/** @returns null where Unicode cannot say it */
function formulaAsText(tex: string): string | null {
  if (/^\s|\s$/.test(tex) && !/[\\^_]/.test(tex)) return null;
  let text = tex
    .replace(LETTERS, "$1")
    .replace(/\\[,;:!]|\\ |~/g, " ")
    .replace(/\\(?:left|right)(?![a-z])/g, "");
  text = text.replace(/\\([A-Za-z]+)/g, (whole, name: string) => SIGNS.get(name) ?? whole);
  text = text.replace(/([\^_])(?:\{([^{}]*)\}|(.))/g, (whole, kind: string, group?: string, single?: string) => {
    const table = kind === "^" ? RAISED : LOWERED;
    const letters = [...(group ?? single ?? "").replace(/\s+/g, "")].map((letter) => table.get(letter));
    return letters.every((letter) => letter !== undefined) ? letters.join("") : whole;
  });
  text = text
    .replace(/\\([%$&#_{}])/g, "$1")
    .replace(/\s+/g, " ")
    .trim();
  return /\\|[\^_{}]/.test(text) ? null : text;
}

function pairs(text: string): Map<string, string> {
  const words = text.trim().split(/\s+/);
  return new Map(Array.from({ length: words.length / 2 }, (_, at) => [words[2 * at]!, words[2 * at + 1]!]));
}
