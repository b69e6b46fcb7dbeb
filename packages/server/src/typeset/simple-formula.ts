/** Formulas so small that text does them better: a raised number, a lone sign. They keep the weight of what they stand in. */

export type SimpleFormula = { text: string; script: "none" | "sup" | "sub" };

const SCRIPT = /^(?:\{\})?([\^_])(?:([A-Za-z0-9+*'-])|\{([A-Za-z0-9+*',. -]{1,20})\})$/;
const SIGNS: ReadonlyMap<string, string> = new Map(
  Object.entries({
    "\\times": "×",
    "\\sim": "∼",
    "\\approx": "≈",
    "\\pm": "±",
    "\\to": "→",
    "\\rightarrow": "→",
    "\\leq": "≤",
    "\\le": "≤",
    "\\geq": "≥",
    "\\ge": "≥",
    "\\%": "%",
    "\\$": "$",
    "^\\circ": "°",
    "^{\\circ}": "°",
    "\\dagger": "†",
    "\\bullet": "•",
    "<": "<",
    ">": ">",
    "+": "+",
    "-": "−",
  }),
);

/** @returns null where a formula needs to be typeset */
export function simpleFormula(tex: string): SimpleFormula | null {
  const sign = SIGNS.get(tex.replace(/^\{(.*)\}$/, "$1"));
  if (sign !== undefined) return { text: sign, script: "none" };
  const script = SCRIPT.exec(tex);
  if (script) return { text: script[2] ?? script[3] ?? "", script: script[1] === "^" ? "sup" : "sub" };
  return /^\d[\d.,]*$/.test(tex) ? { text: tex, script: "none" } : null;
}
