/** The least that the same HTTP library can do: the yardstick of `bench http`. */
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

const require = createRequire(new URL("../packages/server/package.json", import.meta.url));
const load = (name) => import(pathToFileURL(require.resolve(name)).href);
const [{ Hono }, { serve }] = await Promise.all([load("hono"), load("@hono/node-server")]);

const app = new Hono();
app.get("/", (c) => c.text("hello"));
serve({ fetch: app.fetch, hostname: "127.0.0.1", port: Number(process.argv[2]) });
