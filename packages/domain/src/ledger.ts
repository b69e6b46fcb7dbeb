/**
 * The ledger of editions: when one closes, what it was made of and in which order is frozen, with a checksum that covers
 * the one before it. Whoever changes a frozen edition afterwards breaks the chain. Pure; the hash is handed in.
 */
import type { EditionDate } from "./edition-date.ts";
import type { PaperId } from "./paper.ts";

/** A paper of the edition with everything that its place rests on; nothing about a person. */
export type LedgerCandidate = {
  id: PaperId;
  title: string;
  /** As they were shown at the close. */
  upvotes: number;
  /** In the source's own order; null where it has none. */
  position: number | null;
  /** ISO 8601, UTC. */
  submittedAt: string | null;
  /** Place among the curators' picks, from 1; null where it was not picked. */
  pick: number | null;
  /** The curator's note. */
  note: string | null;
};

export type LedgerContent = {
  edition: EditionDate;
  /** ISO 8601, UTC. */
  closedAt: string;
  /** `import`: the edition was over before this site knew it. */
  closedBy: "curator" | "clock" | "import";
  /** Name of the rule that made the order; rules are never changed, only added. */
  rule: RuleName;
  /** By id. */
  candidates: LedgerCandidate[];
  order: PaperId[];
  /** Checksum of the edition closed before; null for the first. */
  previous: string | null;
};

export type LedgerEntry = { number: number; edition: EditionDate; content: string; checksum: string };

/** Old rules stay, so that old editions can be recomputed. */
const RULES = {
  /** Picks in the curators' order, then by upvotes, then the source's order, then by time, then by id. */
  "edition-1": (candidates: readonly LedgerCandidate[]) =>
    candidates.toSorted(
      (a, b) =>
        ascending(a.pick, b.pick) ||
        b.upvotes - a.upvotes ||
        ascending(a.position, b.position) ||
        ascending(a.submittedAt, b.submittedAt) ||
        ascending(a.id, b.id),
    ),
} as const;
export type RuleName = keyof typeof RULES;
export const CURRENT_RULE: RuleName = "edition-1";

/** Nothing stands last. */
function ascending<T extends string | number>(a: T | null, b: T | null): number {
  if (a === b) return 0;
  if (a === null) return 1;
  if (b === null) return -1;
  return a < b ? -1 : 1;
}

export type Hash = (text: string) => string;

/** What is written into the ledger when an edition closes. */
export function freezeEdition(
  edition: Omit<LedgerContent, "rule" | "order">,
  hash: Hash,
): Pick<LedgerEntry, "content" | "checksum"> {
  const candidates = edition.candidates.toSorted((a, b) => ascending(a.id, b.id));
  const order = RULES[CURRENT_RULE](candidates).map(({ id }) => id);
  const content = canonicalJson({ ...edition, candidates, order, rule: CURRENT_RULE });
  return { content, checksum: hash(content) };
}

/** What is wrong with an entry, in words for the operator. */
export type LedgerFault = { number: number; edition: EditionDate; words: string };

export type LedgerCheck = {
  /** @param entry the next one by number */
  add(entry: LedgerEntry): void;
  faults(): readonly LedgerFault[];
  entries(): number;
};

/** A broken ledger has as many faults as entries; more are not listed. */
const FAULTS_MAX = 1_000;

/** Recomputes every checksum, every link of the chain and every order, entry by entry, in constant memory. */
export function createLedgerCheck(hash: Hash): LedgerCheck {
  const faults: LedgerFault[] = [];
  let last: LedgerEntry | null = null;
  let entries = 0;
  return {
    faults: () => faults,
    entries: () => entries,
    add: (entry) => {
      for (const words of faultsOf(entry, last, hash)) {
        if (faults.length < FAULTS_MAX) faults.push({ number: entry.number, edition: entry.edition, words });
      }
      last = entry;
      entries++;
    },
  };
}

function faultsOf(entry: LedgerEntry, last: LedgerEntry | null, hash: Hash): string[] {
  const faults: string[] = [];
  if (entry.number !== (last?.number ?? 0) + 1) faults.push("an entry before it is missing");
  if (hash(entry.content) !== entry.checksum) faults.push("its content does not fit its checksum: it was changed");
  const content = parse(entry.content);
  if (content === null) return [...faults, "its content cannot be read"];
  if (canonicalJson(content) !== entry.content) faults.push("its content is not in the form in which it was written");
  if (content.edition !== entry.edition) faults.push("it stands under another day than it speaks of");
  if (content.previous !== (last?.checksum ?? null)) faults.push("it does not fit the edition closed before it");
  const order = orderOf(content);
  if (order === null)
    faults.push(`it names a rule that this program does not know: ${String(content.rule).slice(0, 40)}`);
  else if (canonicalJson(order) !== canonicalJson(content.order))
    faults.push("its order does not follow from its votes");
  return faults;
}

/** @returns null where the rule is not known */
function orderOf({ rule, candidates }: LedgerContent): PaperId[] | null {
  if (!Object.hasOwn(RULES, rule) || !Array.isArray(candidates)) return null;
  return RULES[rule](candidates).map(({ id }) => id);
}

function parse(text: string): LedgerContent | null {
  try {
    const value: unknown = JSON.parse(text);
    return value !== null && typeof value === "object" ? (value as LedgerContent) : null;
  } catch {
    return null;
  }
}

/**
 * JSON with keys in order and nothing between: equal values have equal texts.
 * @source after RFC 8785; keys here are ASCII, numbers integers
 */
export function canonicalJson(value: unknown): string {
  if (value === null || typeof value !== "object") return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const keys = Object.keys(value).sort();
  return `{${keys.map((key) => `${JSON.stringify(key)}:${canonicalJson((value as Record<string, unknown>)[key])}`).join(",")}}`;
}
