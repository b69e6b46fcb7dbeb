/** An account in a real browser: by the keyboard and without scripts as far as that goes, and a passkey with them. */
import { AxeBuilder } from "@axe-core/playwright";
import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccountSite, openAccountSite } from "../../packages/server/src/account/testing.ts";
import { startServer } from "../../packages/server/src/index.ts";
import { findChromium, launch } from "./chromium.ts";

const executable = findChromium();
/** Passkeys are bound to a host by name; a test's port is taken once, early. */
const PORT = 34_907;
const ORIGIN = `http://localhost:${PORT}`;

describe.skipIf(executable === null)("an account in a browser", () => {
  let browser: Browser;
  let site: AccountSite;
  let close: () => Promise<void>;
  beforeAll(async () => {
    [browser, site] = await Promise.all([launch(executable!), openAccountSite({ baseUrl: ORIGIN })]);
    const server = await startServer({ app: site.app, host: "127.0.0.1", port: PORT });
    close = () => server.close();
  });
  afterAll(async () => {
    await browser?.close();
    await close?.();
    await site?.close();
  });

  const serious = async (page: Page) =>
    (await new AxeBuilder({ page }).analyze()).violations
      .filter(({ impact }) => impact === "serious" || impact === "critical")
      .map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);

  it("adds a passkey, signs in with it, and finds nothing in the way of anybody", async () => {
    const context = await browser.newContext({ viewport: { width: 390, height: 844 } });
    const page = await context.newPage();
    const device = await context.newCDPSession(page);
    await device.send("WebAuthn.enable");
    await device.send("WebAuthn.addVirtualAuthenticator", {
      options: {
        protocol: "ctap2",
        transport: "internal",
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
      },
    });
    const { jar } = await site.signedIn("key@example.org", { handle: "key" });
    const [name, value] = jar.header.split(/=(.*)/s);
    await context.addCookies([{ name: name!, value: value!, url: ORIGIN }]);
    await page.goto(`${ORIGIN}/settings/sign-in`);
    await page.getByLabel("Name of the new passkey").fill("Test device");
    await page.getByRole("button", { name: "Add a passkey" }).click();
    await page.getByText("The passkey was added.").waitFor();
    expect(await page.getByText("Test device").count()).toBe(1);
    for (const path of ["/settings", "/settings/sign-in", "/settings/tokens", "/settings/data", "/collections"]) {
      await page.goto(ORIGIN + path);
      expect([path, await serious(page)]).toEqual([path, []]);
      expect(await page.evaluate("document.documentElement.scrollWidth - innerWidth")).toBeLessThanOrEqual(0);
    }
    await context.clearCookies();
    await page.goto(`${ORIGIN}/sign-in?next=/settings`);
    expect(await serious(page)).toEqual([]);
    await page.getByRole("button", { name: "Sign in with a passkey" }).click();
    await page.waitForURL(`${ORIGIN}/settings`);
    expect(await page.getByText("@key").first().isVisible()).toBe(true);
    await context.close();
  });

  it("keeps a paper and signs out with the keyboard alone and without scripts", async () => {
    const context = await browser.newContext({ javaScriptEnabled: false });
    const page = await context.newPage();
    const { jar } = await site.signedIn("plain@example.org", { handle: "plain" });
    const [name, value] = jar.header.split(/=(.*)/s);
    await context.addCookies([{ name: name!, value: value!, url: ORIGIN }]);
    await page.goto(`${ORIGIN}/papers/2503.00001`);
    await page.getByRole("link", { name: "Add to collection" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(/collections\/add/);
    await page.getByLabel("Title").focus();
    await page.keyboard.type("By keyboard");
    await page.keyboard.press("Enter");
    await page.waitForURL(/collections\/plain\/by-keyboard/);
    expect(await page.locator("h1").innerText()).toBe("By keyboard");
    await page.locator(".own-menu summary").focus();
    await page.keyboard.press("Enter");
    await page.getByRole("button", { name: "Sign out" }).focus();
    await page.keyboard.press("Enter");
    await page.waitForURL(`${ORIGIN}/`);
    expect(await page.getByRole("link", { name: "Sign in" }).count()).toBe(1);
    await context.close();
  });
});
