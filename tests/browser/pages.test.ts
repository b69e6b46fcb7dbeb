/** The pages in a real browser: readable by everybody, by keyboard, without scripts, from one host. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findChromium, launch, listenForErrors } from "./chromium.ts";
import { PAGES, type RunningSite, runSite } from "./site.ts";

const executable = findChromium();
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };

describe.skipIf(executable === null)("in a browser", () => {
  let browser: Browser;
  let site: RunningSite;

  beforeAll(async () => {
    [browser, site] = await Promise.all([launch(executable!), runSite()]);
  });
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  /** A page, and what it asked for and complained about. */
  async function open(path: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ viewport: DESK, ...options });
    const page = await context.newPage();
    const requests: string[] = [];
    const complaints: string[] = [];
    page.on("request", (request) => requests.push(request.url()));
    listenForErrors(page, (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().includes("status of 40")) complaints.push(message.text());
    });
    await page.goto(site.address + path, { waitUntil: "load" });
    return { page, requests, complaints, close: () => context.close() };
  }

  const heading = (page: Page) => page.locator("h1").first().innerText();

  describe.each(Object.entries(PAGES))("%s", (_, path) => {
    it.each(["light", "dark"] as const)("has nothing serious to find for axe in %s", async (colorScheme) => {
      const { page, close } = await open(path, { colorScheme });
      const { violations } = await new AxeBuilder({ page }).analyze();
      const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
      expect(serious.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
      await close();
    });

    it("asks only our own host, breaks no rule, and fits a phone", async () => {
      const { page, requests, complaints, close } = await open(path, { viewport: PHONE });
      expect(requests.filter((url) => !url.startsWith(`${site.address}/`))).toEqual([]);
      expect(complaints).toEqual([]);
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
      await close();
    });
  });

  it("offers its feeds in a fold that the keyboard opens, and that is not printed", async () => {
    const { page, close } = await open("/");
    const fold = page.locator("details.feed-menu");
    await fold.locator("summary").focus();
    await page.keyboard.press("Enter");
    expect(await fold.getByRole("link", { name: "Atom" }).isVisible()).toBe(true);
    expect(await page.evaluate("document.querySelector('link[type=\"application/atom+xml\"]').href")).toBe(
      `${site.address}/latest.atom`,
    );
    await page.emulateMedia({ media: "print" });
    expect(await fold.isVisible()).toBe(false);
    await close();
  });

  it("is read with the keyboard alone", async () => {
    const { page, close } = await open("/");
    const focused = () => page.evaluate<string>("document.activeElement.innerText ?? ''");
    await page.keyboard.press("j");
    expect(await focused()).toContain("Sparse retrieval");
    await page.keyboard.press("j");
    expect(await focused()).toBe("A second paper of the day");
    await page.keyboard.press("k");
    expect(await focused()).toContain("Sparse retrieval");
    await page.keyboard.press("j");
    await page.keyboard.press("o");
    await page.waitForURL("**/papers/2503.00002");
    await page.keyboard.press("g");
    await page.keyboard.press("h");
    await page.waitForURL(`${site.address}/`);
    await page.keyboard.press("[");
    await page.waitForURL("**/date/2025-03-27");
    await page.keyboard.press("]");
    await page.waitForURL("**/date/2025-03-28");
    await page.keyboard.press("?");
    expect(await page.locator("dialog").isVisible()).toBe(true);
    await page.keyboard.press("j");
    await page.keyboard.press("Escape");
    expect(await page.locator("dialog").isVisible()).toBe(false);
    await page.keyboard.press("/");
    await page.keyboard.type("retrieval");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/search?q=retrieval");
    expect(await page.locator("mark").count()).toBeGreaterThan(0);
    await close();
  });

  it("suggests in the search box, and a suggestion that is chosen leads on", async () => {
    const { page, complaints, close } = await open("/search");
    const box = page.getByRole("combobox", { name: "Search papers, authors, arXiv ids" });
    await box.pressSequentially("author number 9");
    await page
      .locator('datalist option[value="Author Number 9"][label="author, 1 paper"]')
      .waitFor({ state: "attached" });
    // The list itself is the browser's; this is what it says when an entry is taken.
    await box.evaluate((input: HTMLInputElement) => {
      input.value = "Author Number 9";
      input.dispatchEvent(new InputEvent("input", { inputType: "insertReplacementText", bubbles: true }));
    });
    await page.waitForURL("**/authors/Author%20Number%209");
    expect(await page.locator(".authors summary").first().innerText()).toBe("+ 5 more, Author Number 9 among them");
    expect(complaints).toEqual([]);
    await close();
  });

  it("copies a citation", async () => {
    const { page, close } = await open("/papers/2503.00001", { permissions: ["clipboard-read", "clipboard-write"] });
    await page.getByRole("button", { name: "Copy BibTeX" }).click();
    await page.getByRole("button", { name: "Copied" }).waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toContain("2503.00001");
    await close();
  });

  it("draws formulas with MathML", async () => {
    const { page, close } = await open("/papers/2503.00001");
    const box = await page.locator(".formula.display math").boundingBox();
    expect(box!.height).toBeGreaterThan(30);
    await close();
  });

  it("is whole without scripts", async () => {
    const { page, close } = await open("/", { javaScriptEnabled: false });
    const authors = page.locator(".authors").first();
    expect(await authors.innerText()).not.toContain("Author Number 9");
    await page.getByText("+ 5 more").click();
    expect(await authors.innerText()).toContain("Author Number 9");
    await page.getByLabel("Search papers, authors, arXiv ids").fill("second paper");
    await page.getByRole("button", { name: "Search" }).click();
    expect(await page.locator(".card").first().innerText()).toContain("A second paper of the day");
    await page.getByRole("link", { name: "Latest" }).click();
    await page.getByLabel("Get trending papers in your email inbox").fill("reader@example.org");
    await page.getByRole("button", { name: "Subscribe" }).click();
    expect(await heading(page)).toBe("Thank you");
    await page.goto(`${site.address}/papers/2503.00001`);
    expect(await page.locator("pre").first().innerText()).toContain("@misc{");
    await page.getByText("RIS", { exact: true }).click();
    expect(await page.locator("pre").nth(1).isVisible()).toBe(true);
    expect(await page.locator("pre").first().isVisible()).toBe(false);
    await close();
  });
});
