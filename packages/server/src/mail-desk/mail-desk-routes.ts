/** The operator's acts about mail: for admins only. */
import { invalid, notFound, SENDING_SETTING } from "@paperwire/domain";
import { readOwnMail } from "@paperwire/mail";
import { type Context, Hono } from "hono";
import { changedBy } from "../changed-by.ts";
import type { ServerContext } from "../context.ts";
import { forReaders } from "../for-readers.ts";
import type { PageDesk } from "../page-desk.ts";
import { createRateLimiter, DESK_LIMIT } from "../rate-limit.ts";
import { readForm, type SentForm } from "../read-form.ts";
import { requestedBy } from "../requested-by.ts";
import { mailDeskPage } from "./mail-desk-page.tsx";
import { mailFilePage } from "./mail-file-page.tsx";

/** The HTML part of a mail beside our own pages: styles of its own, and nothing else, not even its links' referrer. */
const MAIL_POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; sandbox";

export function mailDeskRoutes({ context, desk }: { context: ServerContext; desk: PageDesk }): Hono {
  const { store, mail, clock } = context;
  const app = new Hono();
  const limiter = createRateLimiter(DESK_LIMIT, clock);
  const admin = (c: Context) => changedBy(c, context, { least: "admin", limiter });
  const back = (c: Context) => c.redirect("/desk/mail", 303);

  app.get(
    "/desk/mail",
    desk.serve(
      "/desk/mail",
      forReaders(() => "/desk/mail", mailDeskPage, "admin"),
    ),
  );
  app.post("/desk/mail/sending", async (c) => {
    await admin(c);
    await store.settings.set(SENDING_SETTING, pauses(await readForm(c)) ? "off" : "on");
    return back(c);
  });
  app.post("/desk/mail/digests/:name", async (c) => {
    await admin(c);
    const name = c.req.param("name");
    if ((await store.digests.find(name)) === null) throw notFound("There is no such digest.");
    await store.digests.setPaused(name, pauses(await readForm(c)) ? "paused by the operator" : null);
    return back(c);
  });
  for (const kind of ["deliveries", "posts"] as const) {
    app.post(`/desk/mail/${kind}/:id`, async (c) => {
      await admin(c);
      const verdict = (await readForm(c)).text("verdict");
      if (verdict !== "sent" && verdict !== "again") throw invalid("The form could not be read.");
      const table = kind === "posts" ? store.outbox : store.deliveries;
      if (!(await table.resolve(c.req.param("id"), verdict))) throw notFound("That is not in doubt any more.");
      return back(c);
    });
  }
  const file = forReaders((request) => `/desk/mail/files/${request.param("name")}`, mailFilePage, "admin");
  app.get("/desk/mail/files/:name", desk.serve("/desk/mail/files/:name", file));
  const bytesOf = async (c: Context): Promise<Buffer> => {
    await requestedBy(c, context, "admin");
    const bytes = await mail.transport.folder?.read(c.req.param("name") ?? "");
    if (!bytes) throw notFound("There is no such mail.");
    return bytes;
  };
  app.get("/desk/mail/files/:name/html", async (c) => {
    const { html } = readOwnMail(await bytesOf(c));
    if (html === null) throw notFound("This mail has no HTML part.");
    return c.html(html, 200, { "Content-Security-Policy": MAIL_POLICY, "Cache-Control": "no-store" });
  });
  app.get("/desk/mail/files/:name/raw", async (c) => {
    const bytes = await bytesOf(c);
    c.header("Content-Type", "message/rfc822");
    c.header("Content-Disposition", `attachment; filename="${c.req.param("name")}"`);
    c.header("Cache-Control", "no-store");
    return c.body(new Uint8Array(bytes));
  });
  return app;
}

function pauses(form: SentForm): boolean {
  const act = form.text("act");
  if (act === "pause" || act === "resume") return act === "pause";
  throw invalid("The form could not be read.");
}
