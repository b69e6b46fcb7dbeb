/** Suggestions for the search box while somebody types: what each is, and where authors and papers lead. */
import type { Suggested } from "@paperwire/discovery";
import { Hono } from "hono";
import type { ServerContext } from "./context.ts";
import { counted } from "./views/numbers.ts";
import { authorUrl, paperUrl } from "./views/urls.ts";

/** Seconds: who goes back a letter or two need not be answered again. */
const KEPT_SECONDS = 60;

export function suggestionRoutes({ discovery }: Pick<ServerContext, "discovery">): Hono {
  const app = new Hono();
  app.get("/search/suggestions", async (c) => {
    const suggested = await discovery.suggest(c.req.query("q")?.replaceAll("\0", " ").trimStart() ?? "");
    return c.json(suggested.map(present), 200, { "Cache-Control": `private, max-age=${KEPT_SECONDS}` });
  });
  return app;
}

/** Words are searched for with whatever filters are set, so they lead nowhere by themselves. */
function present(one: Suggested): { text: string; about?: string; href?: string } {
  const { text } = one;
  if (one.kind === "words") return { text };
  if (one.kind === "paper") return { text, about: "paper", href: paperUrl(one.id) };
  return { text, about: `author, ${counted(one.papers, "paper")}`, href: authorUrl(text) };
}
