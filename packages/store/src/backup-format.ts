/**
 * The backup file: gzip of JSON lines. A head, then rows by table in an order in which they can be loaded, then a foot
 * with the counts and a checksum of all lines before it, so that a file that was cut short is known as such.
 */
import { createHash, type Hash } from "node:crypto";
import { createInterface } from "node:readline";
import type { Readable } from "node:stream";
import { createGunzip } from "node:zlib";
import { invalid } from "@paperwire/domain";

export const FORMAT_VERSION = 1;

export type Head = { paperwireBackup: number; madeAt: string; migrations: string[] };
export type Rows = { table: string; rows: unknown[] };
export type Foot = { end: true; counts: Record<string, number>; checksum: string };

/** Feeds lines into a checksum as they are written or read. */
export function createChecksum(): { add(line: string): void; digest(): string } {
  const hash: Hash = createHash("sha256");
  return { add: (line) => void hash.update(line).update("\n"), digest: () => hash.copy().digest("hex") };
}

/**
 * Reads a backup from one end to the other.
 * @param onRows  called in file order, awaited
 * @returns the head, once the foot has confirmed the whole file
 * @throws DomainError `invalid`: not a backup, of a later format, damaged or cut short
 */
export async function readBackup(
  input: Readable,
  { onHead, onRows }: { onHead(head: Head): Promise<void>; onRows(rows: Rows): Promise<void> },
): Promise<Foot> {
  const checksum = createChecksum();
  const counts: Record<string, number> = {};
  let foot: Foot | null = null;
  let lineNumber = 0;
  for await (const line of linesOf(input)) {
    lineNumber++;
    if (foot) throw invalid(`The backup goes on after its end, at line ${lineNumber}.`);
    const value = parseLine(line, lineNumber);
    if (lineNumber === 1) await onHead(asHead(value));
    else if ("end" in value) foot = value as Foot;
    else await onRows(counted(value as Rows, counts));
    if (!foot) checksum.add(line);
  }
  if (!foot) throw invalid("The backup ends in the middle: it was cut short. Nothing was changed.");
  if (foot.checksum !== checksum.digest()) throw invalid("The backup is damaged: its checksum does not fit.");
  return foot;
}

async function* linesOf(input: Readable): AsyncGenerator<string> {
  const text = input.pipe(createGunzip());
  input.on("error", (error) => text.destroy(error));
  try {
    yield* createInterface({ input: text, crlfDelay: Number.POSITIVE_INFINITY });
    // readline ends quietly where its input failed.
    if (text.errored) throw text.errored;
  } catch (error) {
    const code = (error as NodeJS.ErrnoException).code ?? "";
    if (code.startsWith("Z_")) throw invalid("The backup is damaged or cut short: it does not unpack.", error);
    throw error;
  }
}

function parseLine(line: string, lineNumber: number): object {
  try {
    const value: unknown = JSON.parse(line);
    if (value !== null && typeof value === "object") return value;
  } catch (error) {
    throw invalid(`Line ${lineNumber} is not of a backup.`, error);
  }
  throw invalid(`Line ${lineNumber} is not of a backup.`);
}

function asHead(value: object): Head {
  const head = value as Head;
  if (typeof head.paperwireBackup !== "number" || !Array.isArray(head.migrations)) {
    throw invalid("This file is no Paperwire backup.");
  }
  if (head.paperwireBackup > FORMAT_VERSION)
    throw invalid("This backup is of a newer format; update the program first.");
  return head;
}

function counted(value: Rows, counts: Record<string, number>): Rows {
  if (typeof value.table !== "string" || !Array.isArray(value.rows)) throw invalid("The backup is damaged.");
  counts[value.table] = (counts[value.table] ?? 0) + value.rows.length;
  return value;
}
