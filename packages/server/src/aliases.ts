/** Addresses that people and programs try: Hugging Face's daily papers, guesses at a feed, "this week". */
import { formatMonth, formatWeek } from "@paperwire/domain";
import type { Context, Hono } from "hono";
import type { ServerContext } from "./context.ts";
import { formOf, isData } from "./forms.ts";
import { editionUrl, formUrl, withQuery } from "./views/urls.ts";

/** What feed readers try where a page names no feed, and what people type. */
const GUESSES: Readonly<Record<string, string>> = {
  "/feed": "/latest.atom",
  "/feed.xml": "/latest.atom",
  "/feed.atom": "/latest.atom",
  "/atom": "/latest.atom",
  "/atom.xml": "/latest.atom",
  "/index.xml": "/latest.atom",
  "/rss": "/latest.rss",
  "/rss.xml": "/latest.rss",
  "/feed.rss": "/latest.rss",
  "/feed.json": "/latest.json",
};

export function addAliases(app: Hono, { store }: Pick<ServerContext, "store">): void {
  app.get("/papers", (c) => {
    const q = c.req.query("q");
    return moved(c, q ? withQuery("/search", { q }) : "/");
  });
  app.get("/papers/trending", (c) => moved(c, "/trending"));
  for (const kind of ["date", "week", "month"]) {
    app.get(`/papers/${kind}/:name`, (c) => moved(c, `/${kind}/${encodeURIComponent(c.req.param("name"))}`));
  }
  for (const [guess, feed] of Object.entries(GUESSES)) app.get(guess, (c) => c.redirect(feed, 301));
  app.get("/latest", (c, next) => (isData(formOf(c.req.raw)) ? next() : moved(c, "/")));
  for (const [kind, nameOf] of Object.entries(NEWEST)) {
    app.get(`/${kind}`, async (c) => {
      const date = await store.editions.latest();
      return moved(c, date === null ? "/" : editionUrl(kind as keyof typeof NEWEST, nameOf(date)));
    });
  }
}

const NEWEST = { day: (date: string) => date, week: formatWeek, month: formatMonth };

/** What was asked of the list goes along: `/week.atom?votes=10`. */
function moved(c: Context, to: string): Response {
  const { search } = new URL(c.req.url);
  const whole = to.includes("?") ? to : to + search;
  return c.redirect(formUrl(whole, formOf(c.req.raw)), 302);
}
