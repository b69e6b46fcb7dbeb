/** Serves style sheet, scripts and icon, and what crawlers ask first. */
import { notFound } from "@paperwire/domain";
import { Hono } from "hono";
import type { Assets } from "./assets.ts";
import { pickEncoding } from "./encoding.ts";

/** A year: the checksum in the name changes with the content. */
const FOREVER = "public, max-age=31536000, immutable";

export function assetRoutes(assets: Assets): Hono {
  const app = new Hono();
  app.get("/assets/:file", (c) => {
    const asset = assets.find(c.req.path);
    if (!asset) throw notFound("There is no such file. Loading the page again should help.");
    const encoding = pickEncoding(asset.bodies, c.req.header("accept-encoding"));
    return c.body(asset.bodies[encoding] as Uint8Array<ArrayBuffer>, 200, {
      "Content-Type": asset.type,
      "Cache-Control": FOREVER,
      Vary: "Accept-Encoding",
      ...(encoding !== "identity" && { "Content-Encoding": encoding }),
    });
  });
  app.get("/robots.txt", (c) => c.text("User-agent: *\nDisallow: /search\n"));
  app.get("/favicon.ico", (c) => c.redirect(assets.url("icon.svg"), 302));
  return app;
}
