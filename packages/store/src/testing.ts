/** A fresh, empty store for a test: in memory, or in a schema of its own where a PostgreSQL server is named. */
import type { Clock } from "@paperwire/domain";
import { openStore } from "./open-store.ts";
import type { Store } from "./store.ts";

/** 28 March 2025, 12:00 UTC. */
const TEST_TIME_MS = Date.UTC(2025, 2, 28, 12);

/** The caller closes it. */
export function openTestStore(clock: Clock = () => TEST_TIME_MS): Promise<Store> {
  return openStore({ location: { kind: "embedded", folder: null }, clock });
}
