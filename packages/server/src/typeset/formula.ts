/** One formula as MathML: browsers draw it with their own fonts, screen readers speak it. */
import katex from "katex";
import { mathLetters } from "./math-letters.ts";

/** Widths and heights a formula may ask for, in em. */
const SIZE_MAX_EM = 10;
/** Macro expansions in one formula: a bomb of nested macros ends here. */
const EXPANSIONS_MAX = 200;

/** KaTeX paints commands it does not trust, such as links, in this colour, which nobody else asks for. */
const REFUSED_COLOUR = "#bad0f0";

/** In TeX a percent sign begins a comment; in an abstract it never does. */
const BARE_PERCENT = /(?<!\\)%/g;

/** @returns MathML, safe to put into a page as it is; null where the source is not TeX that KaTeX knows */
export function formulaToMathml(tex: string, { display }: { display: boolean }): string | null {
  try {
    const markup = katex.renderToString(tex.replace(BARE_PERCENT, "\\%"), {
      output: "mathml",
      displayMode: display,
      throwOnError: true,
      strict: "ignore",
      trust: false,
      errorColor: REFUSED_COLOUR,
      maxSize: SIZE_MAX_EM,
      maxExpand: EXPANSIONS_MAX,
    });
    return markup.includes(REFUSED_COLOUR) ? null : tidy(markup);
  } catch {
    return null;
  }
}

/**
 * Leaves out what our pages cannot use: KaTeX's wrapper for its style sheet, the copy of the source (it would be read
 * and copied twice), style attributes (our content security policy refuses them).
 */
function tidy(markup: string): string {
  return markup
    .replace(/^<span class="katex[^"]*">|<\/span>$/g, "")
    .replace(' xmlns="http://www.w3.org/1998/Math/MathML"', "")
    .replace("<semantics>", "")
    .replace(/<annotation [^>]*>[^<]*<\/annotation><\/semantics>/, "")
    .replace(/ style="[^"]*"/g, "")
    .replace(/<(mi|mn|mtext|mo) mathvariant="([a-z-]+)">([^<&]+)<\//g, (whole, tag, variant, text) => {
      const letters = mathLetters(text, variant);
      return letters === null ? whole : `<${tag}>${letters}</`;
    });
}
