/** When a source spoke, where it only knows the day: sources of one day need an order among them. */
import type { EditionDate } from "@paperwire/domain";

/**
 * Hours (UTC) within the day. Without them, two sources of one day would be equally recent, each import would win over
 * the other, and importing both again would change papers for ever. The better informed one speaks later: a listing
 * knows no exact dates, the page knows titles and abstracts only, an edition is read "on the morning", an answer of the
 * API after it.
 */
const HOURS = { listing: "00", page: "01", facts: "02", edition: "12", answer: "18" } as const;

export function asOfDay(day: EditionDate, source: keyof typeof HOURS): string {
  return `${day}T${HOURS[source]}:00:00.000Z`;
}
