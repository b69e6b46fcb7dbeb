/** Voting, putting forward and curating in a real browser: with scripts, without them, and with the keyboard alone. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startServer } from "../../packages/server/src/index.ts";
import { account, accountsByCookie, openSite, record } from "../../packages/server/src/testing.ts";
import { findChromium, launch, listenForErrors } from "./chromium.ts";

const executable = findChromium();
const DESK = { width: 1280, height: 900 };
const PHONE = { width: 390, height: 844 };
const TODAY = "2025-03-31";
const people = [
  account("ada", { trust: 2 }),
  account("bela", { trust: 0 }),
  account("cy", { role: "curator" }),
  account("dana"),
];
const facts = { publishedAt: "2025-03-30T10:00:00.000Z", abstract: "It says what it does, and does it." };

describe.skipIf(executable === null)("people who take part", () => {
  let browser: Browser;
  let address: string;
  let site: Awaited<ReturnType<typeof openSite>>;
  let close: () => Promise<void>;

  beforeAll(async () => {
    site = await openSite([
      record("2503.00001", "The first paper of the day", { facts, entry: { edition: TODAY, upvotes: 4 } }),
      record("2503.00002", "The second paper of the day", { facts, entry: { edition: TODAY, upvotes: 2 } }),
      ...["Alpha", "Beta", "Gamma", "Delta"].map((name, at) =>
        record(`2503.0010${at}`, `${name} was announced today`, { facts }),
      ),
    ]);
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
    close = async () => {
      await browser.close();
      await server.close();
      await site.close();
    };
  });
  afterAll(() => close?.());

  async function as(reader: string | null, path: string, options: BrowserContextOptions = {}) {
    const context = await browser.newContext({ viewport: DESK, ...options });
    if (reader) await context.addCookies([{ name: "reader", value: reader, url: address }]);
    const page = await context.newPage();
    const complaints: string[] = [];
    listenForErrors(page, (error) => complaints.push(String(error)));
    page.on("console", (message) => {
      if (message.type() === "error" && !message.text().includes("status of 4")) complaints.push(message.text());
    });
    await page.goto(address + path, { waitUntil: "load" });
    return { page, complaints, close: () => context.close() };
  }
  const card = (page: Page, id: string) => page.locator(".card").filter({ has: page.locator(`[id="paper-${id}"]`) });
  const here = async (id: string) => (await site.store.upvotes.count(id))?.here;
  const picks = async () => (await site.store.desk.listPicks(TODAY)).map(({ paper: { id } }) => id);

  it("votes without scripts, is back at the card, and takes it back", async () => {
    const { page, close } = await as("dana", `/date/${TODAY}`, { javaScriptEnabled: false });
    const button = card(page, "2503.00002").getByRole("button", { name: /upvote/i });
    expect(await button.getAttribute("aria-pressed")).toBe("false");
    await button.click();
    await page.waitForURL(`**/date/${TODAY}#paper-2503.00002`);
    expect(await button.getAttribute("aria-pressed")).toBe("true");
    expect(await button.innerText()).toContain("3");
    await button.click();
    await page.waitForURL(`**/date/${TODAY}#paper-2503.00002`);
    expect(await button.getAttribute("aria-pressed")).toBe("false");
    expect(await here("2503.00002")).toBe(0);
    await close();
  });

  it("votes with the key u before the server has answered, and sees a refusal in words", async () => {
    const { page, complaints, close } = await as("dana", `/date/${TODAY}`);
    let answer: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (answer = resolve));
    await page.route("**/api/**/upvote", async (route) => {
      await held;
      await route.continue();
    });
    await page.keyboard.press("j");
    await page.keyboard.press("u");
    const button = card(page, "2503.00001").getByRole("button", { name: /upvote/i });
    expect(await button.getAttribute("aria-pressed")).toBe("true");
    expect(await button.innerText()).toContain("5");
    expect(await here("2503.00001")).toBe(0);
    const answered = page.waitForResponse("**/upvote");
    answer();
    expect((await answered).status()).toBe(200);
    expect(await here("2503.00001")).toBe(1);
    await page.unroute("**/api/**/upvote");
    await page.route("**/api/**/upvote", (route) =>
      route.fulfill({ status: 429, json: { error: "That was very often." } }),
    );
    await page.keyboard.press("u");
    await card(page, "2503.00001").getByRole("alert").waitFor();
    expect(await button.getAttribute("aria-pressed")).toBe("true");
    expect(complaints).toEqual([]);
    await close();
  });

  it("sends a visitor to sign in, and finishes the vote afterwards", async () => {
    const { page, close } = await as(null, `/date/${TODAY}`);
    await card(page, "2503.00001")
      .getByRole("button", { name: /upvote/i })
      .click();
    await page.waitForURL("**/sign-in?next=*");
    const next = new URL(page.url()).searchParams.get("next")!;
    await page.context().addCookies([{ name: "reader", value: "ada", url: address }]);
    await page.goto(address + next);
    await page.getByRole("button", { name: "Upvote", exact: true }).click();
    await page.waitForURL(`**/date/${TODAY}#paper-2503.00001`);
    expect(await here("2503.00001")).toBe(2);
    await close();
  });

  it("puts a paper forward without scripts, with a picture, and takes it back", async () => {
    const { page, close } = await as("ada", "/submit", { javaScriptEnabled: false });
    await page.getByLabel(/arXiv id, address/).fill("no paper at all");
    await page.getByRole("button", { name: "Look it up" }).click();
    expect(await page.getByRole("alert").innerText()).toContain("names no paper");
    await page.getByLabel(/arXiv id, address/).fill("https://arxiv.org/abs/2503.00100v1");
    await page.getByRole("button", { name: "Look it up" }).click();
    await page.waitForURL("**/submit/2503.00100");
    await page.getByLabel(/Why should others/).fill("It does what it says.");
    const screenshot = await page.screenshot({ clip: { x: 0, y: 0, width: 60, height: 40 } });
    await page.getByLabel(/A picture/).setInputFiles({ name: "x.png", mimeType: "image/png", buffer: screenshot });
    await page.getByLabel(/What the picture shows/).fill("The top of a page");
    await page.getByRole("button", { name: "Put it forward" }).click();
    expect(await page.getByRole("status").innerText()).toContain("Sent");
    await page.goto(`${address}/papers/2503.00100`);
    const picture = page.getByRole("img", { name: "The top of a page" });
    expect(await picture.evaluate((image) => (image as unknown as { naturalWidth: number }).naturalWidth)).toBe(60);
    await page.goto(`${address}/submissions`);
    await page.getByRole("button", { name: "Take it back" }).click();
    expect(await page.getByRole("status").innerText()).toContain("Taken back");
    await close();
  });

  it("curates with the keyboard alone: picks, passes over, undoes, orders, notes", async () => {
    const { page, complaints, close } = await as("cy", `/desk/${TODAY}`);
    const press = async (key: string, then: RegExp) => {
      await Promise.all([page.waitForURL(then), page.keyboard.press(key)]);
      await page.waitForLoadState("load");
    };
    await page.keyboard.press("j");
    await press("p", /did=pick&paper=2503\.00001/);
    await press("p", /did=pick&paper=2503\.00002/);
    expect(await picks()).toEqual(["2503.00001", "2503.00002"]);
    await page.locator('[id="paper-2503.00103"]').focus();
    await press("x", /did=pass&paper=2503\.00103/);
    expect(await page.getByRole("status").innerText()).toContain("Passed over");
    await page.getByRole("button", { name: "Undo" }).focus();
    await press("Enter", /did=unpass/);
    expect(await card(page, "2503.00103").count()).toBe(1);
    await card(page, "2503.00002").getByRole("button", { name: "Move up" }).focus();
    await press("Enter", /did=move/);
    expect(await picks()).toEqual(["2503.00002", "2503.00001"]);
    await card(page, "2503.00002").getByText("Add a note").focus();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Tab");
    await page.keyboard.type("Read this one.");
    await page.keyboard.press("Tab");
    await press("Enter", /did=annotate/);
    await page.goto(`${address}/date/${TODAY}`);
    expect(await page.locator(".card").first().innerText()).toContain("Read this one.");
    expect(complaints).toEqual([]);
    await close();
  });

  it("drags a pick to another place", async () => {
    const { page, complaints, close } = await as("cy", `/desk/${TODAY}`);
    const before = await picks();
    await card(page, before[1]!)
      .locator("h2")
      .dragTo(card(page, before[0]!), { targetPosition: { x: 200, y: 5 } });
    await page.waitForURL(/did=move/);
    expect(await picks()).toEqual(before.toReversed());
    expect(complaints).toEqual([]);
    await close();
  });

  it("lets a new account's paper in, tells its sender, and closes the edition, without scripts", async () => {
    await site.store.notifications.setWishes("id-of-bela", { pace: "never", hidden: [], unmailed: [] });
    const bela = await as("bela", "/submit/2503.00101", { javaScriptEnabled: false });
    await bela.page.getByRole("button", { name: "Put it forward" }).click();
    expect(await bela.page.locator("main").innerText()).toContain("waits for a curator");
    const cy = await as("cy", `/desk/${TODAY}`, { javaScriptEnabled: false });
    await cy.page.getByRole("button", { name: "Let it in" }).click();
    expect(await cy.page.getByRole("status").innerText()).toContain("Let in");
    await bela.page.goto(`${address}/notifications`);
    expect(await bela.page.locator("main").innerText()).toContain("is in the edition of 31 March 2025");
    await bela.page.getByRole("button", { name: "Open" }).click();
    await bela.page.waitForURL("**/papers/2503.00101");
    await cy.page.getByRole("link", { name: "Close …" }).click();
    await cy.page.getByRole("button", { name: "Close it" }).click();
    await cy.page.waitForURL(`**/desk/${TODAY}`);
    expect(await cy.page.locator("main").innerText()).toContain("Closed");
    expect(await site.store.desk.state(TODAY)).toMatchObject({ closed: true });
    await bela.close();
    await cy.close();
  });

  // Pages that the story of an edition does not pass; those that it does are looked at there.
  describe.each([
    ["cy", "/papers/2503.00101/upvote"],
    ["cy", "/submit/2503.00001"],
    ["cy", `/desk/${TODAY}?did=pass&paper=2503.00102`],
  ])("%s at %s", (reader, path) => {
    it.each(["light", "dark"] as const)(
      "has nothing serious to find for axe in %s, and fits a phone",
      async (colorScheme) => {
        const { page, complaints, close } = await as(reader, path, { colorScheme });
        const { violations } = await new AxeBuilder({ page }).analyze();
        const serious = violations.filter(({ impact }) => impact === "serious" || impact === "critical");
        expect(serious.map(({ id, nodes }) => [id, nodes.map((node) => node.html)])).toEqual([]);
        await page.setViewportSize(PHONE);
        expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
        expect(complaints).toEqual([]);
        await close();
      },
    );
  });
});
