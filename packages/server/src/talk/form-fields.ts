/** The text fields of a form that was sent. */
import { invalid } from "@paperwire/domain";
import type { Context } from "hono";

/** @throws DomainError `invalid`: a file, or a NUL, where text is wanted */
export async function textFields<const Name extends string>(
  c: Context,
  names: readonly Name[],
): Promise<Record<Name, string>> {
  const form = await c.req.parseBody();
  const entries = names.map((name) => {
    const value = form[name] ?? "";
    if (typeof value !== "string" || value.includes("\0")) throw invalid("The form could not be read.");
    return [name, value] as const;
  });
  return Object.fromEntries(entries) as Record<Name, string>;
}
