/** Turns whatever went wrong into an answer: a page for readers, JSON for programs, a line in the log for bugs. */
import { Moved, notFound } from "@paperwire/domain";
import type { Hono } from "hono";
import type { ServerContext } from "./context.ts";
import { describeFailure } from "./errors.ts";
import type { PageDesk } from "./page-desk.ts";
import { problemPage } from "./pages/problem.tsx";
import type { Site } from "./site.ts";
import { signInUrl } from "./views/urls.ts";

type Parts = { context: ServerContext; site: Site; desk: PageDesk };

export function reportFailures(app: Hono, { context, site, desk }: Parts): void {
  app.onError(async (error, c) => {
    if (error instanceof Moved && (c.req.method === "GET" || c.req.method === "HEAD")) {
      return c.redirect(movedTo(c.req.raw, error), 301);
    }
    const requestId = String(c.get("requestId" as never) ?? "");
    const failure = describeFailure(error);
    if (!failure.expected) context.logger.error({ err: error, requestId }, "a request failed");
    if (isForPrograms(c.req.path)) {
      return c.json({ error: failure.message }, failure.status, { "X-Error-Message": headerSafe(failure.message) });
    }
    // Where somebody only has to say who they are, they are asked, and led back.
    if (failure.status === 401 && context.signIn && c.req.method === "GET") {
      const { pathname, search } = new URL(c.req.url);
      return c.redirect(signInUrl(pathname + search), 303);
    }
    const reader = failure.expected ? await readerOf(c.req.raw, context) : undefined;
    const problem = { ...failure, requestId, sent: c.req.method === "POST" };
    const page = problemPage(problem, { ...site, ...(reader && { reader }) });
    return withHeadersOf(c.res, desk.show(page, c.req.raw, requestId));
  });
  app.notFound((c) => {
    throw notFound(
      isForPrograms(c.req.path) ? "There is no such address in this API." : "There is no page at this address.",
    );
  });
}

/** Who is signed in stays so on the page that says no; where even that cannot be known, the page goes out without. */
async function readerOf(request: Request, { accounts }: Pick<ServerContext, "accounts">) {
  if (!accounts?.maySpeakFor(request)) return undefined;
  return accounts.accountOf(request).catch(() => undefined);
}

/** The same address with the new name in it. */
function movedTo({ url }: Request, { asked, to }: Moved): string {
  const { pathname, search } = new URL(url);
  const spelled = [asked, encodeURIComponent(asked)].find((one) => pathname.includes(`/${one}`)) ?? asked;
  const name = to.split("/").map(encodeURIComponent).join("/");
  // Two slashes in front would make a host of what follows.
  return pathname.replace(/^\/{2,}/, "/").replace(`/${spelled}`, `/${name}`) + search;
}

const isForPrograms = (path: string) => path.startsWith("/api/") || path.startsWith("/.well-known/");

const headerSafe = (text: string) => text.replace(/[^\x20-\x7e]/g, "?").slice(0, 300);

/** Headers set before the failure, such as the rate limit's, stay. */
async function withHeadersOf(before: Response, making: Promise<Response>): Promise<Response> {
  const response = await making;
  for (const name of ["ratelimit", "ratelimit-policy", "retry-after"]) {
    const value = before.headers.get(name);
    if (value !== null) response.headers.set(name, value);
  }
  return response;
}
