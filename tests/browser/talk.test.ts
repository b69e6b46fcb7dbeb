/** Votes, comments, moderation and collections with scripts: what is shown before the server answered, and how things are undone. */
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer } from "../../packages/server/src/index.ts";
import { account, accountsByCookie, openSite, record } from "../../packages/server/src/testing.ts";
import { findChromium, launch, listenForErrors } from "./chromium.ts";
import { type Checker, openChecker } from "./page-checks.ts";

const executable = findChromium();
const DESK = { width: 1280, height: 900 };
const PAPER = "2503.00001";
const TITLES = ["Alpha", "Beta", "Gamma"].map((name) => `${name} is a paper`);
const people = [account("ada"), account("bela", { trust: 0 }), account("mo", { role: "moderator" })];

describe.skipIf(executable === null)("talk with scripts", () => {
  let browser: Browser;
  let check: Checker;
  let address: string;
  let site: Awaited<ReturnType<typeof openSite>>;
  let close: () => Promise<void>;
  beforeAll(async () => {
    site = await openSite(
      TITLES.map((title, at) =>
        record(`2503.0000${at + 1}`, title, {
          facts: { authors: [{ name: "Ada Example" }] },
          entry: { edition: "2025-03-31", upvotes: 3 - at },
        }),
      ),
    );
    for (const { id, handle, trust, role } of people) {
      const names = { handle, name: `Name of ${handle}`, email: `${handle}@example.org` };
      await site.store.accounts.add({ id, ...names, trust, role });
    }
    const { app } = site.changed(({ settings }) => ({
      settings: { ...settings, baseUrl: "http://localhost" },
      accounts: accountsByCookie(people),
    }));
    const server = await startServer({ app, host: "127.0.0.1", port: 0 });
    address = server.address;
    browser = await launch(executable!);
    check = await openChecker(browser);
    close = async () => {
      await browser.close();
      await server.close();
      await site.close();
    };
  });
  afterAll(() => close?.());

  async function as(reader: string, path: string) {
    const context = await browser.newContext({ viewport: DESK, reducedMotion: "reduce" });
    context.setDefaultTimeout(10_000);
    await context.addCookies([{ name: "reader", value: reader, url: address }]);
    const page = await context.newPage();
    const errors: string[] = [];
    listenForErrors(page, (error) => errors.push(String(error)));
    await page.goto(address + path);
    return { page, errors, close: () => context.close() };
  }
  const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();
  const at = (path: string) => new RegExp(`${path.replaceAll(".", "\\.")}(?:[?#]|$)`);

  it("takes a vote back that did not arrive, says so, and lets it be cast again", async () => {
    const { page, errors, close } = await as("ada", `/papers/${PAPER}`);
    const box = page.locator(".actions upvote-box");
    const button = box.getByRole("button");
    await page.route("**/upvote", (route) => route.abort("connectionfailed"));
    await button.click();
    await box.getByRole("alert").waitFor();
    expect(await button.getAttribute("aria-pressed")).toBe("false");
    expect(await button.innerText()).toContain("3");
    expect((await site.store.upvotes.count(PAPER))!.here).toBe(0);
    expect(await box.getByRole("alert").innerText()).toBe("The vote did not arrive. Try again.");
    await check(page, "a vote that did not arrive");
    await button.dblclick();
    await box.getByRole("alert").waitFor();
    expect(await button.getAttribute("aria-pressed")).toBe("false");
    expect(await button.innerText()).toContain("3");
    await page.unroute("**/upvote");
    for (const body of ["<h1>Bad gateway</h1>", ""]) {
      await page.route("**/upvote", (route) => route.fulfill({ status: 502, contentType: "text/html", body }));
      await button.click();
      expect(await box.getByRole("alert").innerText()).toBe("The vote did not arrive. Try again.");
      await page.unroute("**/upvote");
    }
    const answered = page.waitForResponse("**/upvote");
    await button.click();
    expect(await button.getAttribute("aria-pressed")).toBe("true");
    expect(await box.getByRole("alert").count()).toBe(0);
    expect((await answered).status()).toBe(200);
    expect((await site.store.upvotes.count(PAPER))!.here).toBe(1);
    expect(errors).toEqual([]);
    await close();
  });

  it("shows a comment while it is typed, runs nothing of it, and loses nothing without a connection", async () => {
    const { page, errors, close } = await as("ada", `/papers/${PAPER}`);
    const field = page.getByLabel("Your comment");
    const shown = page.locator(".comment-form .preview").last();
    await field.fill("Plain words need no preview");
    await field.fill("**Bold**, $x^2$, @bela, <img src=x onerror=alert(1)> and [a link](javascript:alert(1))");
    await shown.locator("strong").waitFor();
    expect(await shown.locator("math").count()).toBe(1);
    expect(await shown.getByRole("link", { name: "@bela" }).getAttribute("href")).toBe("/@bela");
    expect(await shown.locator("img, script, [onerror], a[href^=javascript]").count()).toBe(0);
    await check(page, "a preview");
    await page.route("**/comments/preview", (route) => route.abort("internetdisconnected"));
    const failed = page.waitForEvent("requestfailed");
    await field.fill("*Offline* now");
    await failed;
    await shown.waitFor({ state: "hidden" });
    expect(await field.inputValue()).toBe("*Offline* now");
    await page.unroute("**/comments/preview");
    await field.press("Control+Enter");
    await page.locator(".comment-text em").waitFor();
    expect(errors).toEqual([]);
    await close();
  });

  it("gives a deleted comment back", async () => {
    const { page, close } = await as("ada", `/papers/${PAPER}`);
    await page.getByLabel("Your comment").fill("To be deleted");
    await page.getByLabel("Your comment").press("Control+Enter");
    const own = page.locator("article.comment").filter({ hasText: "To be deleted" });
    await own.getByRole("button", { name: "Delete" }).click();
    await page.getByText("Your comment is deleted").first().waitFor();
    await check(page, "deleted");
    await press(page, "Put it back");
    await own.waitFor();
    expect(new URL(page.url()).hash).toMatch(/^#comment-/);
    await close();
  });

  it("holds, hides, hears an appeal and shows again; everybody concerned is told", async () => {
    const bela = await as("bela", `/papers/${PAPER}`);
    await bela.page.getByLabel("Your comment").fill("See https://example.org/proof for a proof");
    await bela.page.getByLabel("Your comment").press("Control+Enter");
    await bela.page.getByText("Waits for a moderator").waitFor();
    const mo = await as("mo", "/desk/moderation");
    await mo.page.locator("summary").getByText("Let it show", { exact: true }).click();
    await press(mo.page, "Let it show");
    await mo.page.getByText("Nothing waits. Good.").waitFor();
    const ada = await as("ada", `/papers/${PAPER}`);
    const linked = ada.page.locator("article.comment").filter({ hasText: "for a proof" });
    await linked.getByRole("link", { name: "Report" }).click();
    await ada.page.getByRole("radio").first().check();
    await press(ada.page, "Report");
    await ada.page.getByText("A moderator will look at it.").waitFor();
    await mo.page.reload();
    await mo.page.locator("summary").getByText("Hide", { exact: true }).click();
    await mo.page.getByLabel("Reason (public)").locator("visible=true").fill("Looks like an advertisement.");
    await press(mo.page, "Hide");
    await mo.page.getByText("Nothing waits. Good.").waitFor();
    await bela.page.reload();
    await bela.page.getByText("Hidden by a moderator").waitFor();
    await check(bela.page, "hidden, its author reads");
    await bela.page.getByRole("link", { name: "Appeal", exact: true }).click();
    await bela.page.getByText("Appeal", { exact: true }).first().click();
    await bela.page.getByLabel("Why should it be looked at again?").fill("It is the proof that was asked for.");
    await press(bela.page, "Appeal");
    await bela.page.getByText("You appealed; somebody will look again.").waitFor();
    await mo.page.reload();
    await check(mo.page, "moderation desk, an appeal");
    await mo.page.locator("summary").getByText("Grant and undo", { exact: true }).click();
    await press(mo.page, "Grant and undo");
    await mo.page.getByText("Nothing waits. Good.").waitFor();
    await bela.page.goto(`${address}/notifications`);
    expect(await bela.page.locator("main").innerText()).toContain("took an act back");
    await ada.page.goto(`${address}/papers/${PAPER}`);
    await linked.waitFor();
    for (const one of [bela, mo, ada]) await one.close();
  });

  it("sends a comment once, however often the button is pressed meanwhile, and again after the way back", async () => {
    const { page, errors, close } = await as("ada", `/papers/${PAPER}`);
    const sent: string[] = [];
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route("**/comments", async (route) => {
      sent.push(route.request().postData() ?? "");
      await held;
      await route.continue();
    });
    await page.getByLabel("Your comment").fill("Pressed twice");
    const button = page.locator("form.comment-form").last().getByRole("button", { name: "Send" });
    await button.scrollIntoViewIfNeeded();
    const { x, y } = (await button.boundingBox())!;
    for (let press = 0; press < 3; press++) await page.mouse.click(x + 5, y + 5);
    answer();
    await page.waitForURL("**#comment-*");
    expect(sent).toHaveLength(1);
    await page.goBack();
    await page.getByLabel("Your comment").fill("And another");
    await button.click();
    await page.getByText("And another").waitFor();
    expect(sent).toHaveLength(2);
    expect(errors).toEqual([]);
    await close();
  });

  it("refuses a claim with a reason, and its author reads it", async () => {
    const bela = await as("bela", `/papers/${PAPER}`);
    await bela.page.getByText("Are you one of the authors?").click();
    await press(bela.page, "This is me");
    await bela.page.getByText("waits for a moderator").waitFor();
    const mo = await as("mo", "/desk/moderation");
    await mo.page.locator("summary").getByText("Refuse", { exact: true }).click();
    await mo.page.getByLabel("Reason (public)").locator("visible=true").fill("Nothing shows it.");
    await press(mo.page, "Refuse");
    await mo.page.getByText("Nothing waits. Good.").waitFor();
    await bela.page.reload();
    expect(await bela.page.locator("main").innerText()).toContain("refused. Nothing shows it.");
    for (const one of [bela, mo]) await one.close();
  });

  it("orders a collection by dragging, takes a paper out, and puts both back", async () => {
    const { page, errors, close } = await as("ada", `/papers/${PAPER}`);
    await page.getByRole("link", { name: "Add to collection" }).click();
    await page.getByLabel("Title").fill("To read");
    await press(page, "Begin it with this paper");
    await page.waitForURL(at("/collections/ada/to-read-[^?#]*"));
    const path = new URL(page.url()).pathname;
    for (const title of TITLES.slice(1)) {
      await page.goto(`${address}/date/2025-03-31`);
      await page.getByRole("link", { name: `Collect “${title}”` }).click();
      await press(page, "Add it to To read");
      await page.getByRole("status").filter({ hasText: "It is in" }).waitFor();
      await page.getByRole("link", { name: "Back to where you were" }).click();
      await page.waitForURL("**/date/2025-03-31#paper-*");
    }
    await page.goto(address + path);
    const order = () => page.locator(".card h2").allInnerTexts();
    expect(await order()).toEqual(TITLES);
    const cards = page.locator(".card");
    await cards.nth(2).dragTo(cards.nth(0), { targetPosition: { x: 40, y: 4 } });
    await page.getByRole("status").filter({ hasText: "Moved." }).waitFor();
    expect(await order()).toEqual([TITLES[2], TITLES[0], TITLES[1]]);
    await page.getByRole("button", { name: `Move ${TITLES[2]} down` }).click();
    await page.waitForURL(/did=move/);
    await check(page, "a collection of one's own");
    await page.getByRole("button", { name: `Take out ${TITLES[0]}` }).click();
    await page.getByText("Taken out.").waitFor();
    expect(await cards.count()).toBe(2);
    await press(page, "Put it back");
    await page.getByText("It is in.").waitFor();
    expect((await order()).toSorted()).toEqual(TITLES);
    await page.getByText("Change this collection").click();
    await press(page, "Delete this collection");
    await page.getByText("The collection is deleted.").waitFor();
    await check(page, "collections, one deleted");
    await press(page, "Put it back");
    await page.getByText("The collection is back.").waitFor();
    expect((await order()).length).toBe(3);
    expect(errors).toEqual([]);
    await close();
  });
});
