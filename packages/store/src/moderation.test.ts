import { describeModeration } from "./moderation.contract.ts";
import { openTestStore } from "./testing.ts";

describeModeration("embedded PGlite", openTestStore);
