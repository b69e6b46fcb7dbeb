import { describeCollections } from "./collections.contract.ts";
import { openTestStore } from "./testing.ts";

describeCollections("embedded PGlite", openTestStore);
