import { describeStore } from "./store.contract.ts";
import { openTestStore } from "./testing.ts";

describeStore("embedded PGlite", openTestStore);
