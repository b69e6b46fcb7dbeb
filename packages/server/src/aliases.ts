/** The addresses of Hugging Face's daily papers, so that a link changed only in its host still arrives. */
import type { Context, Hono } from "hono";
import { formOf } from "./forms.ts";
import { formUrl, withQuery } from "./views/urls.ts";

export function addAliases(app: Hono): void {
  app.get("/papers", (c) => {
    const q = c.req.query("q");
    return moved(c, q ? withQuery("/search", { q }) : "/");
  });
  for (const kind of ["date", "week", "month"]) {
    app.get(`/papers/${kind}/:name`, (c) => moved(c, `/${kind}/${encodeURIComponent(c.req.param("name"))}`));
  }
}

function moved(c: Context, to: string): Response {
  return c.redirect(formUrl(to, formOf(c.req.raw)), 302);
}
