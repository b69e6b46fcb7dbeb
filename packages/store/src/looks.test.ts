import { describeLooks } from "./looks.contract.ts";
import { openTestStore } from "./testing.ts";

describeLooks("embedded PGlite", openTestStore);
