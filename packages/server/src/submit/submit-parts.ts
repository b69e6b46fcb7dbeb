/** What putting forward needs of the site, for pages and API alike. */
import type { SubmitParts } from "@paperwire/community";
import type { ServerContext } from "../context.ts";

/** @source the same rule at Hugging Face, 14 days after publication */
const SUBMIT_AGE_DAYS = 14;

export const submitParts = ({
  store,
  clock,
  settings,
}: Pick<ServerContext, "store" | "clock" | "settings">): SubmitParts => ({
  store,
  clock,
  editionClock: settings.editionClock,
  submitAgeDays: settings.submitAgeDays ?? SUBMIT_AGE_DAYS,
});
