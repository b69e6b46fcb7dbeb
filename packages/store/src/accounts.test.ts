import { describeAccounts } from "./accounts.contract.ts";
import { openTestStore } from "./testing.ts";

describeAccounts("embedded PGlite", openTestStore);
