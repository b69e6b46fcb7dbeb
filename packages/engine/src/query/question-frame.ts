/** The frame of a question ("papers about …", "what articles exist which deal with …") says nothing about the subject. */
import type { Clause, ParsedQuery } from "./parsed-query.ts";

/** Word sequences that frame a question; `*` stands for nothing or any of the small words below. */
const FRAMES: readonly RegExp[] = [
  /^(?:(?:are|is) there (?:any |some |a )?|(?:can|could|would) you (?:please )?(?:find|recommend|suggest|show|point|give)(?: me)? (?:to )?|(?:i am|i m|im) (?:looking|searching) for |(?:i am|im) interested in |i (?:want|need|would like)(?: to (?:find|read|see|know))? |where can i find |(?:find|show|give|recommend|suggest|list|search)(?: me)? |what (?:is known|are|is) |which |what )?(?:any |all |some |recent |the |a |relevant )*(?:papers?|articles?|works?|research|studies|publications|literature|resources) (?:exist )?(?:which |that )?(?:about|on|regarding|concerning|dealing with|deal(?:s)? with|discuss(?:es|ing)?|describ(?:es?|ing)|address(?:es|ing)?|related to|that|which|for) /,
  /^(?:i am|i m|im) (?:looking|searching) for |^(?:i am|im) interested in |^where can i find |^(?:please )?(?:find|show|give|tell) me (?:about )?/,
  /^(?:what (?:is|are) (?:already |currently )?known|what do we know|how much is known) (?:about|of|on) |^what (?:is|are) the roles? of |^(?:what evidence (?:is there|exists)|is there (?:any |some )?evidence) (?:for|of|on|that) /,
];
const FRAME_CLAUSES_MAX = 16;

/** @returns the clauses at the beginning that only frame the question; never all of them */
export function frameWords(parsed: ParsedQuery): ReadonlySet<Clause> {
  const plain = parsed.clauses.filter((clause) => clause.kind === "word" && clause.occur === "should");
  if (plain.length < 4 || plain.length !== parsed.clauses.length) return new Set();
  const text = `${plain.map((clause) => clause.words[0].form).join(" ")} `;
  for (const frame of FRAMES) {
    const match = frame.exec(text);
    if (match === null || match[0].trim() === "") continue;
    const words = match[0].trim().split(" ").length;
    if (words < plain.length && words <= FRAME_CLAUSES_MAX) return new Set(plain.slice(0, words));
  }
  return new Set();
}
