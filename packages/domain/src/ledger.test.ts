import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  canonicalJson,
  createLedgerCheck,
  freezeEdition,
  type LedgerCandidate,
  type LedgerContent,
  type LedgerEntry,
} from "./ledger.ts";

/** FNV-1a twice: no hash to trust, but one that sees every changed letter. */
const hash = (text: string) => {
  let [a, b] = [0x811c9dc5, 0x01000193];
  for (const sign of text) {
    a = Math.imul(a ^ sign.codePointAt(0)!, 0x01000193);
    b = Math.imul(b + sign.codePointAt(0)!, 0x85ebca6b) ^ (b >>> 13);
  }
  return `${(a >>> 0).toString(16)}${(b >>> 0).toString(16)}`;
};

const candidate = fc.record({
  title: fc.string({ maxLength: 8 }),
  upvotes: fc.nat(3),
  position: fc.option(fc.integer({ min: 1, max: 4 })),
  submittedAt: fc.option(fc.constantFrom("2025-03-28T10:00:00.000Z", "2025-03-28T11:00:00.000Z")),
  pick: fc.constant(null),
  note: fc.option(fc.string({ maxLength: 5 })),
});
const edition = fc
  .uniqueArray(fc.tuple(fc.nat(99), candidate), { maxLength: 6, selector: ([id]) => id })
  .map((papers): LedgerCandidate[] =>
    papers.map(([id, rest], at) => ({ ...rest, id: `2503.${id}`, pick: at === 1 ? 1 : null })),
  );

function ledgerOf(editions: readonly LedgerCandidate[][]): LedgerEntry[] {
  let previous: string | null = null;
  return editions.map((candidates, at) => {
    const date = `2025-03-${String(at + 1).padStart(2, "0")}`;
    const closed = {
      edition: date,
      closedAt: `${date}T21:30:00.000Z`,
      closedBy: "clock" as const,
      candidates,
      previous,
    };
    const frozen = freezeEdition(closed, hash);
    previous = frozen.checksum;
    return { number: at + 1, edition: date, ...frozen };
  });
}

function faultsIn(entries: readonly LedgerEntry[]): string[] {
  const check = createLedgerCheck(hash);
  for (const entry of entries) check.add(entry);
  return check.faults().map(({ edition: day, words }) => `${day}: ${words}`);
}

const ledger = fc.array(edition, { minLength: 2, maxLength: 5 }).map(ledgerOf);

describe("the ledger", () => {
  it("verifies as it was written", () => {
    fc.assert(
      fc.property(ledger, (entries) => {
        expect(faultsIn(entries)).toEqual([]);
      }),
    );
  });

  it("notices any changed letter of any content", () => {
    fc.assert(
      fc.property(ledger, fc.nat(), fc.nat(), fc.integer({ min: 32, max: 126 }), (entries, which, where, sign) => {
        const at = which % entries.length;
        const { content } = entries[at]!;
        const place = where % content.length;
        const changed = content.slice(0, place) + String.fromCharCode(sign) + content.slice(place + 1);
        if (changed === content) return;
        expect(faultsIn(entries.with(at, { ...entries[at]!, content: changed }))).not.toEqual([]);
      }),
    );
  });

  it("notices a change whose checksum was made anew, unless everything after it was made anew as well", () => {
    fc.assert(
      fc.property(ledger, fc.nat(), (entries, which) => {
        const at = which % (entries.length - 1);
        const content = JSON.parse(entries[at]!.content) as LedgerContent;
        const text = canonicalJson({ ...content, closedAt: "2025-04-01T00:00:00.000Z" });
        const forged = { ...entries[at]!, content: text, checksum: hash(text) };
        const next = entries[at + 1]!.edition;
        expect(faultsIn(entries.with(at, forged))).toContain(`${next}: it does not fit the edition closed before it`);
      }),
    );
  });

  it("notices an order that does not follow from the votes, however well it is sealed", () => {
    const [entry] = ledgerOf([
      ["a", "b"].map((id, at) => ({
        id,
        title: id,
        upvotes: at,
        position: null,
        submittedAt: null,
        pick: null,
        note: null,
      })),
    ]);
    const content = JSON.parse(entry!.content) as LedgerContent;
    expect(content.order).toEqual(["b", "a"]);
    const text = canonicalJson({ ...content, order: ["a", "b"] });
    expect(faultsIn([{ ...entry!, content: text, checksum: hash(text) }])).toEqual([
      "2025-03-01: its order does not follow from its votes",
    ]);
  });

  it("notices a missing entry, a foreign day and an unknown rule", () => {
    const entries = ledgerOf([[], [], []]);
    expect(faultsIn([entries[0]!, entries[2]!])).toContain("2025-03-03: an entry before it is missing");
    expect(faultsIn([{ ...entries[0]!, edition: "2025-03-09" }])).toContain(
      "2025-03-09: it stands under another day than it speaks of",
    );
    const text = canonicalJson({ ...(JSON.parse(entries[0]!.content) as object), rule: "__proto__" });
    expect(faultsIn([{ ...entries[0]!, content: text, checksum: hash(text) }])).toEqual([
      "2025-03-01: it names a rule that this program does not know: __proto__",
    ]);
  });

  it("puts picks first, then votes, then the source's order, time and id", () => {
    const paper = (id: string, more: Partial<LedgerCandidate>): LedgerCandidate => ({
      id,
      title: id,
      upvotes: 0,
      position: null,
      submittedAt: null,
      pick: null,
      note: null,
      ...more,
    });
    const [entry] = ledgerOf([
      [
        paper("a", {}),
        paper("b", { submittedAt: "2025-03-28T10:00:00.000Z" }),
        paper("c", { position: 2 }),
        paper("d", { position: 1 }),
        paper("e", { upvotes: 9 }),
        paper("f", { pick: 2 }),
        paper("g", { pick: 1 }),
      ],
    ]);
    expect((JSON.parse(entry!.content) as LedgerContent).order).toEqual(["g", "f", "e", "d", "c", "b", "a"]);
  });
});
