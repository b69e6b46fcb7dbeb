/** What a command may touch of the process: handed in, so that tests can look over its shoulder. */
import type { Readable, Writable } from "node:stream";
import type { Clock } from "@paperwire/domain";

export type Terminal = {
  stdin: Readable;
  stdout: Writable;
  stderr: Writable & { isTTY?: boolean };
  clock: Clock;
};

export function say({ stdout }: Terminal, text: string): void {
  stdout.write(`${text}\n`);
}

/** 1234567 → "1,234,567". */
export function count(number: number, noun?: string): string {
  const shown = number.toLocaleString("en-US");
  if (noun === undefined) return shown;
  return `${shown} ${number === 1 ? noun : `${noun}s`}`;
}
