/** `paperwire ledger verify`: recomputes every checksum, every link of the chain and every order. */
import { createLedgerCheck, type LedgerFault } from "@paperwire/domain";
import { type Store, sha256 } from "@paperwire/store";
import type { Config } from "../config.ts";
import { withStore } from "../open-stores.ts";
import { say, type Terminal } from "../terminal.ts";

const BATCH = 100;
/** Faults told in words; the rest is counted. */
const FAULTS_SHOWN = 20;

/** @returns the exit code: 0 where all is as it was written, 2 otherwise */
export async function verifyLedgerCommand(
  { json = false }: { json?: boolean },
  config: Config,
  terminal: Terminal,
): Promise<number> {
  return withStore(config, terminal, async (store) => {
    const { entries, faults } = await verify(store, (done, total) => {
      if (!json && total > BATCH) say(terminal, `${done} of ${total} editions …`);
    });
    if (json) say(terminal, JSON.stringify({ editions: entries, faults }));
    else for (const line of words(entries, faults)) say(terminal, line);
    return faults.length === 0 ? 0 : 2;
  });
}

async function verify(
  { ledger }: Pick<Store, "ledger">,
  onBatch: (done: number, total: number) => void,
): Promise<{ entries: number; faults: readonly LedgerFault[] }> {
  const check = createLedgerCheck(sha256);
  const total = await ledger.count();
  let last = 0;
  for (;;) {
    const entries = await ledger.listFrom(last, BATCH);
    for (const entry of entries) check.add(entry);
    last = entries.at(-1)?.number ?? last;
    if (entries.length < BATCH) return { entries: check.entries(), faults: check.faults() };
    onBatch(check.entries(), total);
  }
}

function words(entries: number, faults: readonly LedgerFault[]): string[] {
  if (entries === 0) return ["The ledger is empty: no edition has closed yet."];
  if (faults.length === 0) return [`${entries} editions verified: every checksum, every link and every order holds.`];
  const shown = faults
    .slice(0, FAULTS_SHOWN)
    .map(({ number, edition, words: what }) => `#${number} ${edition}: ${what}`);
  const rest = faults.length - shown.length;
  return [
    `The ledger is broken, ${faults.length} faults in ${entries} editions:`,
    ...shown,
    ...(rest > 0 ? [`… and ${rest} more`] : []),
    "Compare with a backup made before: what was changed after an edition closed cannot be told from here.",
  ];
}
