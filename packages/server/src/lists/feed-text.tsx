/** Text of a paper as feed readers show it: emphasis and simple scripts stay, formulas become signs. Readers drop MathML. */
import { plainText } from "@paperwire/mail";
import { readPlainTex, readUnicodeCommands } from "../typeset/plain-tex.ts";
import { simpleFormula } from "../typeset/simple-formula.ts";
import { splitMath } from "../typeset/split-math.ts";

export function FeedText({ text }: { text: string }) {
  return (
    <>
      {splitMath(readUnicodeCommands(text)).map((piece) => {
        if (piece.kind === "text") return readPlainTex(piece.text).map(Run);
        const simple = piece.display ? null : simpleFormula(piece.tex);
        if (simple?.script === "sup") return <sup>{simple.text}</sup>;
        if (simple?.script === "sub") return <sub>{simple.text}</sub>;
        if (simple) return simple.text;
        // What Unicode cannot say stays the TeX that the authors wrote: readable to them who write it.
        const signs = plainText(`$${piece.tex}$`);
        return /^\$.*\$$/.test(signs) ? <code>{piece.tex}</code> : signs;
      })}
    </>
  );
}

function Run({ text, style, href }: ReturnType<typeof readPlainTex>[number]) {
  if (href) return <a href={href}>{text}</a>;
  if (style === "em") return <em>{text}</em>;
  if (style === "strong") return <strong>{text}</strong>;
  return style === "code" ? <code>{text}</code> : <>{text}</>;
}
