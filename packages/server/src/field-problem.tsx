/** What is wrong with a form, said on its own page: at the field where it can be mended, with all that was typed still there. */
import { DomainError } from "@paperwire/domain";
import { describeFailure } from "./errors.ts";
import type { PageView } from "./page.ts";

/** @param field its name; undefined where no single field is at fault */
export type Problem = { field: string | undefined; message: string; status: PageView["status"] };

export class FieldError extends DomainError {
  readonly field: string;

  constructor(field: string, { code, message, cause }: DomainError) {
    super(code, message, { cause });
    this.field = field;
  }
}

/** @throws FieldError what `read` throws, as a matter of this field */
export function atField<T>(field: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw error instanceof DomainError ? new FieldError(field, error) : error;
  }
}

/** Everything else is no matter of what was typed: who asks, how often, and what is broken here. */
const MENDABLE = new Set(["invalid", "conflict", "not-found"]);

/** @param again the page that the form stands on, with the problem and what was typed */
export async function orAgain(
  act: () => Promise<Response>,
  again: (problem: Problem) => Response | Promise<Response>,
): Promise<Response> {
  try {
    return await act();
  } catch (error) {
    if (!(error instanceof DomainError) || !MENDABLE.has(error.code)) throw error;
    const { message, status } = describeFailure(error);
    return again({ field: error instanceof FieldError ? error.field : undefined, message, status });
  }
}

type Shown = { field?: string; problem: Problem | undefined };

/** A page shows one problem at most. */
const ID = "problem";

/** Attributes of a field: the keyboard begins where something is to be mended. */
export const fieldMarks = ({ field, problem }: Shown) =>
  problem !== undefined && problem.field === field
    ? ({ "aria-describedby": ID, "aria-invalid": true, autofocus: true } as const)
    : {};

export function ProblemLine({ field, problem }: Shown) {
  if (problem === undefined || problem.field !== field) return null;
  return (
    <p class="notice" id={ID} role="alert">
      {problem.message}
    </p>
  );
}
