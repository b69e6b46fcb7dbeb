/** Hostile texts in a real browser: nothing runs, nothing is asked of another host, and no rule of the page is broken. */
import type { Browser, BrowserContext } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccountSite, openAccountSite } from "../../packages/server/src/account/testing.ts";
import { XSS_PAYLOADS } from "../../packages/server/src/hostile/xss-payloads.ts";
import { startServer } from "../../packages/server/src/index.ts";
import { record } from "../../packages/server/src/testing.ts";
import { findChromium, launch, listenForErrors } from "./chromium.ts";

const executable = findChromium();
const PORT = 34_911;
const ORIGIN = `http://localhost:${PORT}`;
const PAPER = "2503.00003";
const PAYLOADS = XSS_PAYLOADS.map((one) => one.replaceAll("\0", ""));

/** Runs before the page's own scripts: whatever the page's rules stopped is noted, too, for it should not have been there. */
const WATCH = `
  window.stopped = [];
  document.addEventListener("securitypolicyviolation", (event) => window.stopped.push(event.violatedDirective + " " + event.blockedURI + " " + event.sample));
`;
/** What a reader's pointer and keys would do to all that stands on a page. */
const TOUCH = `
  for (const element of document.querySelectorAll("main *")) {
    for (const name of ["mouseover", "mouseenter", "focus", "blur", "toggle", "animationstart", "load", "error"])
      element.dispatchEvent(new Event(name, { bubbles: true }));
  }
`;

describe.skipIf(executable === null)("hostile texts in a browser", () => {
  let browser: Browser;
  let site: AccountSite;
  let close: () => Promise<void>;
  let collection: string;
  let cookie: { name: string; value: string; url: string };
  beforeAll(async () => {
    [browser, site] = await Promise.all([launch(executable!), openAccountSite({ baseUrl: ORIGIN })]);
    const server = await startServer({ app: site.app, host: "127.0.0.1", port: PORT });
    close = () => server.close();
    const { jar, id } = await site.signedIn("writer@example.org", { handle: "writer" });
    const [name, value] = jar.header.split(/=(.*)/s) as [string, string];
    cookie = { name, value, url: ORIGIN };
    collection = await fill(site, id);
  });
  afterAll(async () => {
    await browser?.close();
    await close?.();
    await site?.close();
  });

  async function watch(context: BrowserContext) {
    const seen: string[] = [];
    const page = await context.newPage();
    await page.addInitScript(WATCH);
    page.on("dialog", (dialog) => {
      seen.push(`a dialog: ${dialog.message()}`);
      void dialog.dismiss();
    });
    page.on("request", (request) => {
      if (!request.url().startsWith(`${ORIGIN}/`)) seen.push(`a request to ${request.url()}`);
    });
    page.on("popup", (popup) => seen.push(`a window at ${popup.url()}`));
    listenForErrors(page, (error) => seen.push(`an error: ${error.message}`));
    return { page, seen };
  }

  it.each([
    ["comments", () => `/papers/${PAPER}`],
    ["what an author and a curator wrote", () => "/papers/2503.00004"],
    ["a collection", () => collection],
    ["a collection, its second hundred", () => `${collection}?page=3`],
    ["a collection, its third hundred", () => `${collection}?page=5`],
    ["a collection, its end", () => `${collection}?page=7`],
    ["a name and all that its owner said", () => "/@writer"],
    ["an edition with notes", () => "/date/2025-03-28"],
    ["what somebody searched for", () => `/search?q=${encodeURIComponent(PAYLOADS[7]!)}`],
  ])("stay text on a page of %s, for visitors and for readers", async (_, pathOf) => {
    for (const cookies of [[], [cookie]]) {
      const context = await browser.newContext();
      await context.addCookies(cookies);
      const { page, seen } = await watch(context);
      const answer = await page.goto(ORIGIN + pathOf(), { waitUntil: "load" });
      expect(answer!.status()).toBe(200);
      await page.evaluate(TOUCH);
      await page.waitForTimeout(100);
      const stopped = (await page.evaluate("window.stopped")) as string[];
      expect([...seen, ...stopped]).toEqual([]);
      expect(page.url()).toBe(ORIGIN + pathOf());
      await context.close();
    }
  });

  it("stay text while they are typed, in the preview that the page's script shows", async () => {
    const context = await browser.newContext();
    await context.addCookies([cookie]);
    const { page, seen } = await watch(context);
    await page.goto(`${ORIGIN}/papers/2503.00001`);
    const field = page.locator("form[data-comment-form] textarea").first();
    for (let at = 0, text = ""; at <= PAYLOADS.length; at++) {
      const next = PAYLOADS[at];
      if (next !== undefined && text.length + next.length < 9_000) {
        text += `${next}\n\n`;
        continue;
      }
      const answered = page.waitForResponse((response) => response.url().endsWith("/comments/preview"));
      await field.fill(text);
      await answered;
      await page.locator(".comment-text.preview").first().waitFor();
      await page.evaluate(TOUCH);
      text = "";
    }
    const stopped = (await page.evaluate("window.stopped")) as string[];
    expect([...seen, ...stopped]).toEqual([]);
    await context.close();
  });

  it("would be noticed: the watch sees a script that runs, one that is stopped, and a picture from elsewhere", async () => {
    const context = await browser.newContext();
    const { page, seen } = await watch(context);
    await page.goto(`${ORIGIN}/about`);
    await page.evaluate(
      `document.body.insertAdjacentHTML("beforeend", "<img src=https://x.example/x.png onerror=alert(1)>")`,
    );
    await page.evaluate("alert(1)");
    await page.waitForTimeout(100);
    const stopped = (await page.evaluate("window.stopped")) as string[];
    expect(stopped.join("\n")).toMatch(/img-src/);
    expect(stopped.join("\n")).toMatch(/script-src/);
    expect(seen.join("\n")).toContain("a dialog: 1");
    await context.close();
  });
});

/** Every payload as a comment; as many as fit in each other place. @returns the address of the collection */
async function fill(site: AccountSite, by: string): Promise<string> {
  const { store, takeIn } = site;
  await takeIn([
    record(PAPER, "With comments"),
    record("2503.00004", PAYLOADS.slice(0, 8).join(" "), { facts: { authors: [{ name: "Wri Ter" }] } }),
    ...PAYLOADS.map((text, at) =>
      record(`2503.1${String(at).padStart(4, "0")}`, text, {
        facts: { abstract: text, authors: [{ name: text.slice(0, 100) }] },
        entry: { edition: "2025-03-28", upvotes: at },
      }),
    ),
  ]);
  for (const body of PAYLOADS) {
    await store.comments.add({ paperId: PAPER, parentId: null, accountId: by, body, hold: null });
  }
  const shown = { text: PAYLOADS.slice(10, 18).join(" "), source: PAYLOADS[0]!, generated: false, byAuthor: true };
  await store.claims.setWord({ paperId: "2503.00004", accountId: by, kind: "summary", value: shown.text, shown });
  const title = PAYLOADS.find((one) => one.includes("<img"))!;
  const id = (await store.collections.add(by, { title, note: PAYLOADS.slice(0, 12).join(" "), isPrivate: false }))!;
  for (const [at, note] of PAYLOADS.entries()) {
    await store.collections.put(by, id, { paperId: `2503.1${String(at).padStart(4, "0")}`, note });
  }
  await store.accounts.rename(by, {
    handle: "writer",
    name: PAYLOADS.find((one) => one.includes("onerror"))!.slice(0, 80),
  });
  const answer = await site.app.request(`${ORIGIN}/collections/writer/x-${id.toLowerCase()}`);
  return answer.headers.get("location") ?? "";
}
