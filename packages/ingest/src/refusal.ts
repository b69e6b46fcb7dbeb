/** Why a record is turned away: a sentence for the person who sent it. */

/** Characters of foreign text that a reason may quote. */
const QUOTED_CHARS = 60;

/** One record is refused; the ones before and after it are not concerned. */
export class Refusal extends Error {
  /** 1-based, where it is not the line being read (a page's title, its abstract missing). */
  readonly line: number | undefined;

  constructor(reason: string, line?: number) {
    super(reason);
    this.name = "Refusal";
    this.line = line;
  }
}

/** Nothing in this input can be read: the format is unknown or its frame is missing. */
export class Unreadable extends Error {
  constructor(reason: string) {
    super(reason);
    this.name = "Unreadable";
  }
}

/** Foreign text inside a reason: short, on one line, without control characters, so that a terminal prints it safely. */
export function quote(text: string): string {
  const plain = text
    .slice(0, QUOTED_CHARS * 4)
    .replace(/[\p{C}\s]+/gu, " ")
    .trim();
  return plain.length > QUOTED_CHARS ? `"${plain.slice(0, QUOTED_CHARS)}…"` : `"${plain}"`;
}

export const inDigits = (number: number) => number.toLocaleString("en-US");
