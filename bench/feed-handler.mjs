/** The least that the same HTTP library can do with a finished feed: the yardstick of `bench feeds`. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../packages/server/package.json", import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const [{ Hono }, { serve }] = await Promise.all([load("hono"), load("@hono/node-server")]);
const [port, file] = process.argv.slice(2);
const body = readFileSync(file);
const headers = { "content-type": "application/atom+xml; charset=utf-8", "content-encoding": "br" };

const app = new Hono();
app.get("/feed", () => new Response(body, { headers }));
app.get("/same", () => new Response(null, { status: 304, headers: { etag: 'W/"1"' } }));
serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(port) });
