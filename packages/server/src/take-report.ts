/** A report about a mail, by the name of the mail where it has one, else by the address. */
import type { HookReport } from "@paperwire/mail";
import type { Store } from "@paperwire/store";

export async function takeHookReport(
  { deliveries }: Pick<Store, "deliveries">,
  { deliveryId, address, kind, reason }: HookReport,
): Promise<"suppressed" | "noted" | "unknown"> {
  if (deliveryId !== null) {
    const outcome = await deliveries.bounce({ id: deliveryId, kind, reason });
    if (outcome !== "unknown") return outcome;
  }
  return address === null ? "unknown" : deliveries.bounceTo(address, { kind, reason });
}
