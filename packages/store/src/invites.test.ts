import { describeInvites } from "./invites.contract.ts";
import { openTestStore } from "./testing.ts";

describeInvites("embedded PGlite", openTestStore);
