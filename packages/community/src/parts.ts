/** What every act of a reader is built from. */
import type { Clock } from "@paperwire/domain";
import type { Store } from "@paperwire/store";

export type CommunityParts = { store: Store; clock: Clock };
