/** What went wrong, in the words of HTTP: the only place where an error code becomes a status. */
import { DomainError, type ErrorCode } from "@paperwire/domain";
import { HTTPException } from "hono/http-exception";
import type { PageView } from "./page.ts";

const STATUS: Record<ErrorCode, PageView["status"]> = {
  "not-found": 404,
  invalid: 400,
  conflict: 409,
  unauthorized: 401,
  forbidden: 403,
  "too-many": 429,
  upstream: 502,
};

export type Failure = {
  status: PageView["status"];
  /** For the person who asked. */
  message: string;
  /** False for bugs and broken machines, which belong into the log. */
  expected: boolean;
};

export function describeFailure(error: unknown): Failure {
  if (error instanceof DomainError) return { status: STATUS[error.code], message: error.message, expected: true };
  if (error instanceof HTTPException && error.status === 413) {
    return { status: 413, message: error.message || "What was sent is too long.", expected: true };
  }
  if (error instanceof HTTPException && error.status >= 400 && error.status < 500) {
    return { status: 400, message: error.message || "The request could not be read.", expected: true };
  }
  return { status: 500, message: "The page could not be made. Trying again in a moment may help.", expected: false };
}
