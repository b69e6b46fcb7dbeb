/** The example page of the engine, in Chromium: it finds, marks, explains and completes without asking any server. */
import { existsSync, readFileSync } from "node:fs";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { extname } from "node:path";
import { fileURLToPath } from "node:url";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launch } from "./chromium.ts";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
/** Only what the page needs is handed out. */
const SERVED = /^\/(?:examples\/engine\/[a-z.]+|packages\/engine\/dist\/[a-z/-]+\.js)$/;
const TYPES: Readonly<Record<string, string>> = { ".html": "text/html", ".js": "text/javascript", ".css": "text/css" };
const isBuilt = existsSync(`${ROOT}packages/engine/dist/index.js`);
if (!isBuilt) console.warn("!! ENGINE EXAMPLE SKIPPED: packages/engine/dist is missing, run `npm run build`.");
const chromium = isBuilt ? findChromium() : null;

function serve(): Promise<Server> {
  const server = createServer((request, response) => {
    const path = new URL(request.url ?? "/", "http://localhost").pathname;
    const file = `${ROOT}${path.slice(1)}`;
    if (!SERVED.test(path) || !existsSync(file)) response.writeHead(404).end();
    else response.writeHead(200, { "content-type": `${TYPES[extname(path)]}; charset=utf-8` }).end(readFileSync(file));
  });
  return new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(server)));
}

describe.skipIf(chromium === null)("the example page of the engine", () => {
  let browser: Browser;
  let server: Server;
  let page: Page;
  const asked: string[] = [];
  const troubles: string[] = [];

  beforeAll(async () => {
    browser = await launch(chromium ?? "");
    server = await serve();
    page = await browser.newPage({ viewport: { width: 390, height: 800 } });
    page.on("pageerror", (error) => troubles.push(error.message));
    page.on("request", (request) => asked.push(request.url()));
    await page.goto(`http://127.0.0.1:${(server.address() as AddressInfo).port}/examples/engine/index.html`);
    await page.waitForSelector("#hits li");
  });
  afterAll(async () => {
    await browser?.close();
    server?.close();
  });

  const titles = (): Promise<string[]> => page.locator("#hits strong").allTextContents();

  it("answers the query it opens with, marks its words and says why", async () => {
    expect((await titles())[0]).toMatch(/late interaction/i);
    expect(await page.locator("#hits li").first().locator("mark").count()).toBeGreaterThan(0);
    expect(await page.locator("#hits small").first().textContent()).toMatch(/Score \d+\.\d\d = .+\(term\)/);
    expect(await page.locator("#notes").textContent()).toMatch(/^\d+ found/);
  });

  it("answers while somebody types, without another request", async () => {
    const before = asked.length;
    await page.fill("#query", "zzqx");
    expect(await titles()).toEqual([]);
    await page.fill("#query", "intreaction");
    expect(await page.locator("#notes").textContent()).toMatch(/searched for/);
    expect((await titles()).length).toBeGreaterThan(0);
    expect(asked.length).toBe(before);
    expect(troubles).toEqual([]);
  });

  it("fits a phone", async () => {
    expect(await page.evaluate("document.documentElement.scrollWidth <= innerWidth")).toBe(true);
  });
});
