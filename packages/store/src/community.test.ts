import { describeDesk } from "./desk.contract.ts";
import { describeNotifications } from "./notifications.contract.ts";
import { openTestStore } from "./testing.ts";
import { describeTrending } from "./trending.contract.ts";
import { describeUpvotes } from "./upvotes.contract.ts";

describeUpvotes("embedded PGlite", openTestStore);
describeDesk("embedded PGlite", openTestStore);
describeNotifications("embedded PGlite", openTestStore);
describeTrending("embedded PGlite", openTestStore);
