import { openTestStore } from "./testing.ts";
import { describeUpvotes } from "./upvotes.contract.ts";

describeUpvotes("embedded PGlite", openTestStore);
