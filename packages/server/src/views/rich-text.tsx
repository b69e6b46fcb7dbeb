/** A title, summary or abstract as a reader should see it: formulas typeset, emphasis, addresses as links. */
import type { ComponentChild } from "preact";
import { formulaToMathml } from "../typeset/formula.ts";
import { readPlainTex, readUnicodeCommands, type TextRun } from "../typeset/plain-tex.ts";
import { type SimpleFormula, simpleFormula } from "../typeset/simple-formula.ts";
import { splitMath } from "../typeset/split-math.ts";

type Props = {
  text: string;
  /** Whether web addresses become links; not inside another link. */
  links?: boolean;
};

export function RichText({ text, links = false }: Props) {
  if (!/[$\\`~]|''|--|https?:/.test(text)) return <>{text}</>;
  return (
    <>
      {splitMath(readUnicodeCommands(text)).map((piece) => {
        if (piece.kind === "text") return readPlainTex(piece.text).map((run) => styled(run, links));
        const simple = piece.display ? null : simpleFormula(piece.tex);
        if (simple) return scripted(simple);
        const mathml = formulaToMathml(piece.tex, { display: piece.display });
        if (mathml === null) return piece.source;
        return (
          <span class={piece.display ? "formula display" : "formula"} dangerouslySetInnerHTML={{ __html: mathml }} />
        );
      })}
    </>
  );
}

function scripted({ text, script }: SimpleFormula): ComponentChild {
  if (script === "sup") return <sup>{text}</sup>;
  return script === "sub" ? <sub>{text}</sub> : text;
}

function styled({ text, style, href }: TextRun, links: boolean): ComponentChild {
  if (links && href) {
    return (
      <a href={href} rel="noopener nofollow">
        {text}
      </a>
    );
  }
  const inner = links ? linked(text) : text;
  if (style === "em") return <em>{inner}</em>;
  if (style === "strong") return <strong>{inner}</strong>;
  if (style === "code") return <code>{inner}</code>;
  return inner;
}

/** Stops before brackets and closing punctuation, which belong to the sentence. */
const ADDRESS = /https?:\/\/[^\s<>"{}|\\^`]{4,300}?(?=[.,;:!?)\]'’]*(?:[\s<>"{}|\\^`]|$))/g;

function linked(text: string): ComponentChild {
  const parts: ComponentChild[] = [];
  let from = 0;
  for (const found of text.matchAll(ADDRESS)) {
    parts.push(text.slice(from, found.index));
    parts.push(
      <a href={found[0]} rel="noopener nofollow">
        {found[0]}
      </a>,
    );
    from = found.index + found[0].length;
  }
  if (from === 0) return text;
  parts.push(text.slice(from));
  return parts;
}
