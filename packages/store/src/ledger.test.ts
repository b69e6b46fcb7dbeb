import { describeLedger } from "./ledger.contract.ts";
import { openTestStore } from "./testing.ts";

describeLedger("embedded PGlite", () => openTestStore());
