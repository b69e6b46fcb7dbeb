/** Building stones of the foreign shapes, and the sentence that says where a value does not fit its shape. */
import { isEditionDate, LIMITS } from "@paperwire/domain";
import { z } from "zod";
import { isInstant } from "../clean-facts.ts";
import { inDigits } from "../refusal.ts";

const YEAR_FIRST = 1000;
const YEAR_LAST = 2999;

export const optionalString = z.string().nullish();
export const strings = z.array(z.string()).nullish();
export const day = z.string().refine(isEditionDate, "is not a day of the calendar, such as 2025-03-28");
export const dayOrMonth = z
  .string()
  .refine((text) => isEditionDate(text) || isEditionDate(`${text}-01`), "is neither a day nor a month of the calendar");
export const instant = z.string().refine(isInstant, "is not an instant, such as 2025-03-28T12:30:00Z");
export const year = wholeNumber(YEAR_FIRST, YEAR_LAST);
export const count = wholeNumber(0, LIMITS.upvotes);

function wholeNumber(min: number, max: number) {
  const bounds = max > YEAR_LAST ? `from ${min} to ${inDigits(max)}` : `from ${min} to ${max}`;
  return z.number().refine((n) => Number.isSafeInteger(n) && n >= min && n <= max, `is not a whole number ${bounds}`);
}

/** The first thing that does not fit, in words. */
export function misfit(error: z.ZodError, said: unknown): string {
  const issue = error.issues[0]!;
  const field = `"${issue.path.map(String).join(".")}"`;
  if (issue.code !== "invalid_type") return `${field} ${issue.message}.`;
  const value = issue.path.reduce<unknown>((at, key) => (at as Record<PropertyKey, unknown> | null)?.[key], said);
  if (value === undefined) return `${field} is missing.`;
  return `${field} should be ${kindName(issue.expected)}, but is ${kindName(kindOf(value))}.`;
}

export function kindOf(value: unknown): string {
  if (value === null) return "null";
  if (Array.isArray(value)) return "array";
  return typeof value;
}

export function kindName(kind: string): string {
  const names: Record<string, string> = {
    string: "a text",
    number: "a number",
    nan: "a number",
    boolean: "true or false",
    array: "a list",
    object: "an object",
    null: "null",
  };
  return names[kind] ?? kind;
}
