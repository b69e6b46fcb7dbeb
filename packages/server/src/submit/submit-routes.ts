/** Putting papers forward: look up, look at, send, take back. Every step is a form that works without scripts. */
import { draftSubmission, findPaper, IMAGE_LIMITS, submitPaper, undoSubmission } from "@paperwire/community";
import { type Account, atLeast, DomainError, notFound, tooMany, waitInWords } from "@paperwire/domain";
import { type Context, Hono } from "hono";
import { changedBy } from "../changed-by.ts";
import type { ServerContext } from "../context.ts";
import { describeFailure } from "../errors.ts";
import { forReaders } from "../for-readers.ts";
import type { PageView } from "../page.ts";
import type { PageDesk } from "../page-desk.ts";
import { createRateLimiter, LOOK_UP_LIMIT, SUBMIT_LIMIT } from "../rate-limit.ts";
import { readForm } from "../read-form.ts";
import type { Site } from "../site.ts";
import { submissionsPage } from "./submissions-page.tsx";
import { draftView, startView } from "./submit-pages.tsx";
import { submitParts } from "./submit-parts.ts";
import { submitUrl } from "./submit-url.ts";

type Parts = { context: ServerContext; site: Site; desk: PageDesk };

/** A form with a picture in it is longer than any other. */
export const SUBMISSION_BYTES_MAX = IMAGE_LIMITS.bytes + 16 * 1024;
export const PICTURE_TOO_LARGE = `The picture is larger than ${IMAGE_LIMITS.bytes / 1024} kB. Make it smaller, and send it again.`;
export const isSubmissionPath = (path: string) => path.startsWith("/submit/");

/** A year: a picture's address is made from its content. */
const FOREVER = "public, max-age=31536000, immutable";
const IMAGE_TYPES = { png: "image/png", jpg: "image/jpeg" } as const;

export function submitRoutes({ context, site, desk }: Parts): Hono {
  const app = new Hono();
  const limiter = createRateLimiter(SUBMIT_LIMIT, context.clock);
  const lookUps = createRateLimiter(LOOK_UP_LIMIT, context.clock);
  const show = (c: Context, view: PageView) => desk.show(view, c.req.raw, String(c.get("requestId") ?? ""));
  const start = forReaders(
    () => "/submit",
    async (request, _, own) => startView(own, { what: request.query("what") ?? "" }),
  );
  app.get("/submit", desk.serve("/submit", start));
  app.post("/submit", async (c) => {
    const reader = await changedBy(c, context, { limiter });
    const what = (await readForm(c)).text("what");
    const mayAsk = () => refuseMore(lookUps.take(reader.id));
    try {
      const { store, lookUp } = context;
      const ownHost = new URL(context.settings.baseUrl).host;
      const found = await findPaper({ store, ...(lookUp && { lookUp }) }, { text: what, ownHost, mayAsk });
      if (found.kind === "paper") return c.redirect(submitUrl(found.id), 303);
      return show(c, startView({ ...site, reader }, { what, titles: found.items }));
    } catch (error) {
      return show(c, startView({ ...site, reader }, { what, ...problemOf(error) }));
    }
  });
  addDraft(app, { context, site, desk }, (c) => changedBy(c, context, { limiter }), show);
  app.get(
    "/submissions",
    desk.serve(
      "/submissions",
      forReaders(() => "/submissions", submissionsPage),
    ),
  );
  app.post("/submissions/:id/undo", async (c) => {
    const account = await changedBy(c, context, { limiter });
    await undoSubmission(context, { account, id: c.req.param("id") });
    return c.redirect("/submissions?undone=1", 303);
  });
  app.get("/images/:file{[0-9a-f]{32}\\.(?:png|jpg)}", (c) => imageOf(c, context));
  return app;
}

function addDraft(
  app: Hono,
  { context, site, desk }: Parts,
  writer: (c: Context) => Promise<Account>,
  show: (c: Context, view: PageView) => Promise<Response>,
): void {
  const parts = submitParts(context);
  const draft = forReaders(
    (request) => submitUrl(request.param("id")),
    async (request, _, own) =>
      draftView(own, await draftSubmission(parts, { account: own.reader!, paperId: request.param("id") })),
  );
  app.get("/submit/:id{.+}", desk.serve("/submit/:id", draft));
  app.post("/submit/:id{.+}", async (c) => {
    const account = await writer(c);
    const form = await readForm(c);
    const paperId = c.req.param("id") ?? "";
    const [note, text, file] = [form.text("note"), form.text("alt"), await form.file("image")];
    try {
      const wish = { account, paperId, note, ...(file && { image: { file, text } }) };
      const sent = await submitPaper(parts, wish);
      return c.redirect(`/submissions?sent=${sent.id}`, 303);
    } catch (error) {
      const problem = problemOf(error);
      const known = await draftSubmission(parts, { account, paperId });
      return show(c, draftView({ ...site, reader: account }, known, { note, alt: text, ...problem }));
    }
  });
}

function refuseMore({ left, resetSeconds }: { left: number; resetSeconds: number }): void {
  if (left < 0) throw tooMany(`You have looked up many papers. Try again ${waitInWords(resetSeconds)}.`);
}

/** What a sender can mend is said beside the form, and nothing that they typed is lost. */
function problemOf(error: unknown): { problem: string; status: PageView["status"] } {
  if (!(error instanceof DomainError)) throw error;
  const { message, status } = describeFailure(error);
  return { problem: message, status };
}

/** Nothing but a picture, whatever a browser thinks of it. */
async function imageOf(c: Context, { store, accounts }: ServerContext): Promise<Response> {
  const [id, ending] = (c.req.param("file") ?? "").split(".");
  const image = await store.submissions.image(id!);
  const reader = image && !image.shown ? await accounts?.accountOf(c.req.raw) : undefined;
  const sees = image?.shown || (reader && (atLeast(reader.role, "moderator") || image?.senders.includes(reader.id)));
  if (!image || !sees || image.type !== IMAGE_TYPES[ending as keyof typeof IMAGE_TYPES]) {
    throw notFound("There is no such picture. It may have been taken back, or hidden.");
  }
  return c.body(new Uint8Array(image.bytes), 200, {
    "Content-Type": image.type,
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "Content-Disposition": "inline",
    "Cache-Control": image.shown ? FOREVER : "private, no-store",
  });
}
