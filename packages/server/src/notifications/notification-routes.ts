/** What happened that concerns a reader: the list, what they want to be told, and the way out that stands in each mail. */
import { NOTIFICATION_KINDS, notFound, readNotificationWishes } from "@paperwire/domain";
import { Hono } from "hono";
import { backPath } from "../back-path.ts";
import { changedBy } from "../changed-by.ts";
import type { ServerContext } from "../context.ts";
import { forReaders } from "../for-readers.ts";
import type { PageDesk } from "../page-desk.ts";
import { createRateLimiter, NOTIFICATION_LIMIT } from "../rate-limit.ts";
import { readForm } from "../read-form.ts";
import type { Site } from "../site.ts";
import { mailOffPage, mailsAreOffView } from "./mail-off-page.tsx";
import { notificationsPage } from "./notifications-page.tsx";

type Parts = { context: ServerContext; site: Site; desk: PageDesk };

export function notificationRoutes({ context, site, desk }: Parts): Hono {
  const { store, mail, clock } = context;
  const app = new Hono();
  const limiter = createRateLimiter(NOTIFICATION_LIMIT, clock);
  app.get(
    "/notifications",
    desk.serve(
      "/notifications",
      forReaders(() => "/notifications", notificationsPage),
    ),
  );
  app.post("/notifications/read", async (c) => {
    const { id } = await changedBy(c, context, { limiter });
    const form = await readForm(c);
    const [one, upTo] = [form.text("id"), form.text("upto")];
    if (one !== "") await store.notifications.markRead(id, { id: one });
    else if (upTo !== "") await store.notifications.markRead(id, { upTo });
    return c.redirect(backPath(form.text("next"), "/notifications"), 303);
  });
  app.post("/notifications/wishes", async (c) => {
    const { id } = await changedBy(c, context, { limiter });
    const form = await readForm(c);
    const names = ["pace", ...NOTIFICATION_KINDS.flatMap(({ kind }) => [`site-${kind}`, `mail-${kind}`])];
    const fields = Object.fromEntries(names.map((name) => [name, form.text(name) || undefined]));
    await store.notifications.setWishes(id, readNotificationWishes(fields));
    return c.redirect("/notifications?saved=1#wishes", 303);
  });

  // From a mail: who has the link may, without signing in; opening it changes nothing. @source RFC 8058
  app.get("/notifications/mail-off/:token", desk.serve("/notifications/mail-off/:token", mailOffPage));
  app.post("/notifications/mail-off/:token", async (c) => {
    const accountId = mail.tokens.read("quiet", c.req.param("token"), clock());
    if (accountId === null) throw notFound("This link is not valid any more. Sign in and change it there.");
    const wishes = await store.notifications.wishesOf(accountId);
    await store.notifications.setWishes(accountId, { ...wishes, pace: "never" });
    return desk.show(mailsAreOffView(site), c.req.raw, String(c.get("requestId" as never) ?? ""));
  });
  return app;
}
