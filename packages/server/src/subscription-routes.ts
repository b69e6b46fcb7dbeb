/**
 * A subscription's own addresses: confirm, change, leave, take along, be forgotten. Who has the link may; there is no
 * account and no cookie, so there is nothing that another site's form could ride on. GET never changes anything, because
 * mail scanners open every link.
 */
import { type PreferenceForm, readPreferences } from "@paperwire/domain";
import type { TokenPurpose } from "@paperwire/mail";
import type { Subscriber } from "@paperwire/store";
import { type Context, Hono } from "hono";
import type { ServerContext } from "./context.ts";
import type { PageView } from "./page.ts";
import type { PageDesk } from "./page-desk.ts";
import { confirmedPage, confirmPage } from "./pages/subscription-confirm.tsx";
import { erasedPage, leftPage, unsubscribePage } from "./pages/subscription-leave.tsx";
import { managePage } from "./pages/subscription-manage.tsx";
import { renewPrivateFeed } from "./private-feeds.ts";
import type { Site } from "./site.ts";
import { goneLink, subscriberOf } from "./subscription-links.ts";

type Parts = { context: ServerContext; site: Site; desk: PageDesk };

export function subscriptionRoutes({ context, site, desk }: Parts): Hono {
  const { store, mail, clock } = context;
  const app = new Hono();
  const show = (c: Context, view: PageView) => desk.show(view, c.req.raw, String(c.get("requestId") ?? ""));
  const holder = (c: Context, purpose: TokenPurpose) => subscriberOf(context, purpose, c.req.param("token") ?? "");

  app.get("/subscription/confirm/:token", desk.serve("/subscription/confirm/:token", confirmPage));
  app.post("/subscription/confirm/:token", async (c) => {
    const confirmId = mail.tokens.read("confirm", c.req.param("token"), clock());
    const subscriber = confirmId === null ? null : await store.subscribers.confirm(confirmId);
    if (subscriber === null) throw goneLink();
    return show(c, confirmedPage(site, mail.links(subscriber.id, clock())));
  });

  app.get("/unsubscribe/:token", desk.serve("/unsubscribe/:token", unsubscribePage));
  // One click (RFC 8058): no cookie, no redirect, no question. The page's own button sends the same.
  app.post("/unsubscribe/:token", async (c) => {
    const subscriber = await holder(c, "unsubscribe");
    await store.subscribers.leave(subscriber.id);
    return show(c, leftPage(site));
  });

  app.get("/subscription/:token", desk.serve("/subscription/:token", managePage));
  app.post("/subscription/:token", async (c) => {
    const subscriber = await holder(c, "manage");
    const wishes = readPreferences(textFields(await c.req.parseBody()), withoutPause(subscriber));
    await store.subscribers.setPreferences(subscriber.id, wishes);
    return c.redirect(`/subscription/${c.req.param("token")}?saved=1`, 303);
  });
  app.post("/subscription/:token/feed", async (c) => {
    const subscriber = await holder(c, "manage");
    await renewPrivateFeed(context, subscriber.id);
    return c.redirect(`/subscription/${c.req.param("token")}#feed`, 303);
  });
  app.post("/subscription/:token/feed/remove", async (c) => {
    const subscriber = await holder(c, "manage");
    await store.privateFeeds.remove(subscriber.id);
    return c.redirect(`/subscription/${c.req.param("token")}#feed`, 303);
  });
  // The reader's own word that the mailbox is well again, or that a complaint was a slip.
  app.post("/subscription/:token/resume", async (c) => {
    const subscriber = await holder(c, "manage");
    await store.suppressions.remove(subscriber.email.toLowerCase());
    return c.redirect(`/subscription/${c.req.param("token")}?saved=1`, 303);
  });
  app.get("/subscription/:token/data.json", async (c) => {
    const subscriber = await holder(c, "manage");
    const data = await store.subscribers.exportData(subscriber.id);
    c.header("Content-Disposition", 'attachment; filename="subscription.json"');
    c.header("Cache-Control", "no-store");
    return c.json(data);
  });
  app.post("/subscription/:token/erase", async (c) => {
    const subscriber = await holder(c, "manage");
    await store.subscribers.erase(subscriber.id);
    return show(c, erasedPage(site));
  });
  return app;
}

function textFields(body: Record<string, unknown>): PreferenceForm {
  const fields = Object.entries(body).filter((entry): entry is [string, string] => typeof entry[1] === "string");
  return Object.fromEntries(fields);
}

/** The form always says whether there is a pause. */
function withoutPause({ preferences: { pausedUntil: _before, ...rest } }: Subscriber) {
  return rest;
}
