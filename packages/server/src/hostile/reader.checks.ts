/** Whatever reads typed text reads it in time that grows with its length: no pattern goes back and forth over it. */
import * as domain from "@paperwire/domain";
import { parseMailAddress, plainText } from "@paperwire/mail";
import { expect, it } from "vitest";
import { prefersMarkdown } from "../accept.ts";
import { backPath } from "../back-path.ts";
import { readPlainTex, readUnicodeCommands } from "../typeset/plain-tex.ts";
import { simpleFormula } from "../typeset/simple-formula.ts";
import { splitMath } from "../typeset/split-math.ts";

const READERS: Readonly<Record<string, (text: string) => unknown>> = {
  parseMailAddress,
  plainText,
  prefersMarkdown,
  readPlainTex,
  readUnicodeCommands,
  splitMath,
  simpleFormula,
  backPath: (text) => backPath(text, "/"),
  parseReference: (text) => domain.parseReference(text, "papers.example.org"),
  mentionsIn: domain.mentionsIn,
  readCommentBody: domain.readCommentBody,
  reasonToHold: (text) => domain.reasonToHold(0, text),
  parseHandle: domain.parseHandle,
  parseName: domain.parseName,
  suggestHandle: domain.suggestHandle,
  titleKey: domain.titleKey,
  nameKey: domain.nameKey,
  topicKey: domain.topicKey,
  parseOrcid: domain.parseOrcid,
  parseArxivId: domain.parseArxivId,
  readAuthorWord: (text) => domain.readAuthorWord("code", text),
};

const UNITS = (
  "a a@ @a @ a. -a a- / // % ` ``` [ ]( [a]( $ $a \\( \\ \\a \\a{ { < <a & \" '  ( ) 10.1/ arxiv: https:// https://a. " +
  "https://a/ http: 0 2503. é é 😀 , q=0, text/markdown;q=0.1, a=b; : :: 1: -- | ^ _ ~ # > * **a x=1& $$ \\text{ AB aB"
)
  .split(" ")
  .filter(Boolean)
  .concat(["\t", " ", "\n", "A ", ", ", "\n>"]);

const CHARS = 20_000;
/** What is quadratic takes seconds at this length; the slowest of these takes 50 ms on a quiet machine. */
const BOUND_MS = 1_500;

export function readerChecks(): void {
  it.each(Object.entries(READERS))("that are typed are read in time: %s", (_, read) => {
    for (const unit of UNITS) {
      for (const [before, after] of [
        ["", "!"],
        ["a", "@"],
        ["$", "$"],
      ] as const) {
        const text = before + unit.repeat(CHARS / unit.length) + after;
        const startedMs = performance.now();
        try {
          read(text);
        } catch (error) {
          if (!(error instanceof domain.DomainError)) throw error;
        }
        expect([unit, performance.now() - startedMs < BOUND_MS]).toEqual([unit, true]);
      }
    }
  });
}
