import { describeComments } from "./comments.contract.ts";
import { openTestStore } from "./testing.ts";

describeComments("embedded PGlite", openTestStore);
