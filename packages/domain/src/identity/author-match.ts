/** Whether two lists of names can be those of one work: initials, swapped order, left-out middle names. */

/** Longer lists are compared by their beginning. */
const AUTHORS_COMPARED = 60;

/** One name as it is compared. */
type Name = { words: readonly string[]; sorted: string };

export type AuthorList = { names: readonly Name[]; total: number };

export type AuthorOverlap = {
  /** Names that both lists have. */
  shared: number;
  /** Names in the shorter and in the longer list, as far as they were compared. */
  least: number;
  most: number;
};

export function authorList(names: readonly string[]): AuthorList {
  return { names: names.slice(0, AUTHORS_COMPARED).map(toName), total: names.length };
}

/** `Müller, Jürgen` → jurgen muller. */
function toName(name: string): Name {
  const comma = /^([^,]+),\s*([^,]+)$/.exec(name);
  const words = fold(comma ? `${comma[2]} ${comma[1]}` : name)
    .split(/[^\p{L}]+/u)
    .filter((word) => word !== "");
  return { words, sorted: [...words].sort().join(" ") };
}

function fold(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}+/gu, "")
    .toLowerCase()
    .replace(/ß/g, "ss")
    .replace(/ø/g, "o")
    .replace(/ł/g, "l")
    .replace(/đ/g, "d")
    .replace(/ı/g, "i")
    .replace(/æ/g, "ae");
}

/** Each name is matched with at most one of the other list; order says nothing. */
export function authorOverlap(a: AuthorList, b: AuthorList): AuthorOverlap {
  const [short, long] = a.names.length <= b.names.length ? [a.names, b.names] : [b.names, a.names];
  const open = new Set(long.keys());
  let shared = 0;
  for (const name of short) {
    for (const at of open) {
      if (!isSameName(name, long[at]!)) continue;
      open.delete(at);
      shared++;
      break;
    }
  }
  return { shared, least: short.length, most: long.length };
}

function isSameName(a: Name, b: Name): boolean {
  if (a.words.length === 0 || b.words.length === 0) return false;
  if (a.sorted === b.sorted) return true;
  if (a.words.length === 1 || b.words.length === 1) return a.words.join("") === b.words.join("");
  return fits(a.words, b.words) || fits(rotated(a.words), b.words) || fits(a.words, rotated(b.words));
}

/** The same last word, and first words of which one may be the other's initial; or glued given names. */
function fits(a: readonly string[], b: readonly string[]): boolean {
  if (a.at(-1) !== b.at(-1)) return false;
  if (a.at(-1)!.length < 2) return false;
  const [first, second] = [a[0]!, b[0]!];
  if (first === second) return true;
  const isInitial = first.length === 1 || second.length === 1;
  if (isInitial) return first[0] === second[0];
  const [given, other] = [a.slice(0, -1).join(""), b.slice(0, -1).join("")];
  return given === other || (given.length !== other.length && (given.startsWith(other) || other.startsWith(given)));
}

/** Family name first: its first word goes to the end. */
function rotated(words: readonly string[]): string[] {
  return [...words.slice(1), words[0]!];
}

/** The last word of each name, and the first, where it is not an initial: what a block of candidates is made by. */
export function familyNames({ names }: AuthorList): string[] {
  return [...new Set(names.map(({ words }) => words.at(-1) ?? "").filter((word) => word.length > 1))];
}
