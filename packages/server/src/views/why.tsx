/** Why a search found a paper. */
import type { Reason } from "@paperwire/discovery";
import { counted } from "./numbers.ts";

/** Beyond so many parts the rest stands as one line. */
const REASONS_SHOWN = 8;

type Props = {
  /** Where the parts are shown. */
  href: string;
  score: number;
  reasons?: Reason[] | undefined;
};

/** A link while nobody asked; then the parts of the score, which add up to it. */
export function Why({ href, score, reasons }: Props) {
  if (!reasons) return <WhyLink href={href} />;
  const rows = reasons.map((reason) => ({ text: reason.text, detail: sentenceOf(reason), value: reason.value }));
  return <WhyTable rows={rows} score={score} />;
}

export function WhyLink({ href }: { href: string }) {
  return (
    <p class="why">
      <a href={href}>Why this paper?</a>
    </p>
  );
}

type Row = { text: string; detail: string; value: number };

/** Penalties stand among the parts with their sign. */
export function WhyTable({ rows, score }: { rows: readonly Row[]; score: number }) {
  const shown = rows.slice(0, REASONS_SHOWN);
  const rest = rows.slice(REASONS_SHOWN);
  const sum = rest.reduce((total, { value }) => total + value, 0);
  return (
    <table class="why" id="why">
      <caption>Why this paper: the parts of its score</caption>
      <tbody>
        {shown.map(({ text, detail, value }) => (
          <tr>
            <th scope="row">{text}</th>
            <td>{detail}</td>
            <td class="number">{value.toFixed(3)}</td>
          </tr>
        ))}
        {rest.length > 0 && (
          <tr>
            <th scope="row">{counted(rest.length, "smaller part")}</th>
            <td />
            <td class="number">{sum.toFixed(3)}</td>
          </tr>
        )}
      </tbody>
      <tfoot>
        <tr>
          <th scope="row">Score</th>
          <td />
          <td class="number">{score.toFixed(3)}</td>
        </tr>
      </tfoot>
    </table>
  );
}

const REASON_WORDS: Record<Reason["kind"], string> = {
  term: "a word you typed",
  field: "a name or id you typed",
  variant: "another form of what you typed",
  feedback: "a word that the best hits share",
  exact: "exactly what you typed",
};

function sentenceOf({ kind, occurrences }: Reason): string {
  const places = occurrences.map(({ field, count }) => `${field} ×${count}`).join(", ");
  return places ? `${REASON_WORDS[kind]}: ${places}` : REASON_WORDS[kind];
}
