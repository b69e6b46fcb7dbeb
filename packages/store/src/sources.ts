/** The store's door for sources: marks, turns, batches. */
import type { Clock } from "@paperwire/domain";
import type { Database } from "./database.ts";
import { countIdentifiers, listIdentifiers } from "./paper-identifiers.ts";
import { listBatches, report } from "./source-batches.ts";
import { endAllTurns, endTurn, renewTurn, takeTurn } from "./source-leases.ts";
import { findMark, listMarks, saveMark } from "./source-marks.ts";
import type { SourceStore } from "./source-store.ts";

export function createSourceStore(database: Database, clock: Clock): SourceStore {
  return {
    findMark: (source, set) => findMark(database, source, set),
    listMarks: () => listMarks(database),
    saveMark: (mark) => saveMark(database, mark, new Date(clock()).toISOString()),
    takeTurn: (host, holder, leaseMs) => takeTurn(database, { host, holder, leaseMs, nowMs: clock() }),
    renewTurn: (host, holder, leaseMs) => renewTurn(database, { host, holder, leaseMs, nowMs: clock() }),
    endTurn: (host, holder, pauseMs) => endTurn(database, { host, holder, pauseMs, nowMs: clock() }),
    endAllTurns: (pauseMs) => endAllTurns(database, { pauseMs, nowMs: clock() }),
    report: (said) => report(database, said),
    listIdentifiers: (scheme, page) => listIdentifiers(database, scheme, page),
    countIdentifiers: (scheme) => countIdentifiers(database, scheme),
    listBatches: (range) => listBatches(database, range),
  };
}
