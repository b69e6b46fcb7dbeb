/**
 * The whole story of an edition on the site as it is run: people sign in by mail, put forward, vote, talk, claim, curate,
 * moderate, and the edition closes. Once without scripts; and on another day, by other people, with the keyboard alone.
 */
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { verifyLedgerCommand } from "../../packages/cli/src/commands/ledger.ts";
import { findChromium, launch } from "./chromium.ts";
import { Hands } from "./hands.ts";
import { type Checker, openChecker } from "./page-checks.ts";
import { AFAR, FARTHER, OWN, openStorySite, SECOND, type StorySite } from "./story-site.ts";

const executable = findChromium();
const START_LIMIT_MS = 90_000;
const STORY_LIMIT_MS = 240_000;
const DESK = { width: 1280, height: 900 };

describe.skipIf(executable === null)("the story of an edition", () => {
  let browser: Browser;
  let site: StorySite;
  let check: Checker;
  beforeAll(async () => {
    [browser, site] = await Promise.all([launch(executable!), openStorySite()]);
    check = await openChecker(browser);
  }, START_LIMIT_MS);
  afterAll(async () => {
    await browser?.close();
    await site?.close();
  });

  async function window(options: BrowserContextOptions): Promise<Page> {
    const context = await browser.newContext({ viewport: DESK, reducedMotion: "reduce", ...options });
    context.setDefaultTimeout(10_000);
    return context.newPage();
  }

  const ledgerVerifies = async () => {
    site.said.length = 0;
    const code = await verifyLedgerCommand({}, site.config, site.terminal);
    return [code, site.said.join("")];
  };

  it(
    "is told without scripts",
    async () => {
      const open = () => window({ javaScriptEnabled: false });
      const press = (page: Page, name: string | RegExp) => page.getByRole("button", { name, exact: true }).click();
      const go = (page: Page, path: string) => page.goto(site.address + path);

      /** Asks for a link, reads the mail, follows it, and says how to be called. */
      async function signedIn(handle: string, { looked = false } = {}): Promise<Page> {
        const page = await open();
        await go(page, "/");
        await page.getByRole("link", { name: "Sign in" }).click();
        if (looked) await check(page, "sign in");
        await page.getByLabel("Your mail address").fill(`${handle}@example.org`);
        await press(page, "Mail me a link");
        if (looked) await check(page, "sign in, mailed");
        await page.goto(await site.linkMailedTo(`${handle}@example.org`));
        if (looked) await check(page, "sign in, link");
        await press(page, "Sign in");
        if (looked) await check(page, "welcome");
        await page.getByLabel(/^Handle/).fill(handle);
        await page.getByLabel(/^Name/).fill(`Name of ${handle}`);
        await press(page, "Save and go on");
        expect(new URL(page.url()).pathname).toBe("/");
        return page;
      }

      // Whoever starts the site becomes its administrator, and gives the others their roles.
      const edith = await open();
      await go(edith, site.firstAdminPath);
      await check(edith, "first administrator");
      await edith.getByLabel("Your mail address").fill("edith@example.org");
      await press(edith, "Become administrator");
      await edith.getByLabel(/^Handle/).fill("edith");
      await press(edith, "Save and go on");
      const ada = await signedIn("ada", { looked: true });
      const [bo, cy, mo] = [await signedIn("bo"), await signedIn("cy"), await signedIn("mo")];
      for (const [handle, role] of [
        ["cy", "curator"],
        ["mo", "moderator"],
      ] as const) {
        await go(edith, `/admin/accounts?q=${handle}`);
        await edith.getByLabel(`Role of @${handle}`, { exact: true }).selectOption(role);
        await edith.getByLabel(`Why the role of @${handle} changes`).fill("Elected.");
        await press(edith, `Set the role of @${handle}`);
      }
      await check(edith, "accounts");
      // With another role comes another session.
      for (const page of [cy, mo]) {
        const handle = page === cy ? "cy" : "mo";
        await go(page, "/sign-in");
        await page.getByLabel("Your mail address").fill(`${handle}@example.org`);
        await press(page, "Mail me a link");
        await page.goto(await site.linkMailedTo(`${handle}@example.org`));
        await press(page, "Sign in");
      }

      // A reader puts a paper forward that only arXiv knows. The account is new: a curator looks first.
      await go(ada, "/submit");
      await check(ada, "submit");
      await ada.getByLabel(/arXiv id, address/).fill(`https://arxiv.org/abs/${AFAR.id}`);
      await press(ada, "Look it up");
      await ada.getByLabel(/Why should others/).fill("It came a long way.");
      await check(ada, "submit, is this the paper");
      await press(ada, "Put it forward");
      expect(await ada.getByRole("status").innerText()).toContain("Sent");
      await check(ada, "submissions");

      // The curator lets it in, picks two papers, puts the second first, and says why.
      await go(cy, "/desk");
      await check(cy, "desk");
      await press(cy, "Let it in");
      for (const { id } of [OWN, AFAR]) await cardOf(cy, id).getByRole("button", { name: "Pick" }).click();
      await cardOf(cy, AFAR.id).getByRole("button", { name: "Move up" }).click();
      await cardOf(cy, AFAR.id).getByText("Add a note").click();
      await cardOf(cy, AFAR.id).getByLabel("What readers should know").fill("Read its second section.");
      await cardOf(cy, AFAR.id).getByRole("button", { name: "Save the note" }).click();
      await cardOf(cy, OWN.id).getByRole("button", { name: "Take out" }).click();
      await press(cy, "Undo");
      await check(cy, "desk, picked");

      // A reader votes, takes it back, votes.
      await go(ada, `/date/${site.today()}`);
      const first = ada.locator(".card").first();
      expect(await first.innerText()).toContain(AFAR.title);
      expect(await first.innerText()).toContain("Read its second section.");
      const vote = cardOf(ada, SECOND.id).getByRole("button", { name: /upvote/i });
      for (const pressed of ["true", "false", "true"]) {
        await vote.click();
        expect(await vote.getAttribute("aria-pressed")).toBe(pressed);
      }
      expect(await vote.innerText()).toContain("3");
      await check(ada, "edition");

      // She comments: looks first, sends, changes it. The author answers, and claims the paper.
      await go(ada, `/papers/${OWN.id}`);
      await ada.getByLabel("Your comment").fill("Is the **bound** $n \\log n$ tight?");
      await press(ada, "Preview");
      expect(await ada.locator(".preview strong").innerText()).toBe("bound");
      expect(await ada.locator(".preview math").count()).toBe(1);
      await check(ada, "comment, preview");
      await press(ada, "Send");
      await ada.getByRole("link", { name: "Edit" }).click();
      await check(ada, "comment, edit");
      await ada.getByLabel("Your comment").fill("Is the **bound** of section 2 tight?");
      await press(ada, "Save");
      expect(await ada.locator(".comment-text").innerText()).toBe("Is the bound of section 2 tight?");
      await ada.getByRole("link", { name: "edited" }).click();
      await check(ada, "comment, history");

      await go(bo, `/papers/${OWN.id}`);
      await bo.getByText("Are you one of the authors?").click();
      await bo.getByLabel("I am").selectOption(OWN.author);
      await press(bo, "This is me");
      await bo.getByText("You are an author of this paper").click();
      await bo.getByLabel("Code", { exact: true }).fill("https://example.org/code");
      await bo
        .locator("form")
        .filter({ has: bo.getByLabel("Code", { exact: true }) })
        .getByRole("button")
        .click();
      await bo.getByText("Answer", { exact: true }).click();
      await bo.getByLabel("Your answer").fill("Yes, @ada: see appendix A.");
      await bo.locator(".reply").getByRole("button", { name: "Send" }).click();
      expect(await bo.locator(".replies .badge").innerText()).toBe("author of this paper");
      await bo.getByLabel("Your comment").fill("Buy cheap watches.");
      await bo.locator("form.comment-form").last().getByRole("button", { name: "Send" }).click();
      await check(bo, "paper, an author reads");

      // She reacts to the answer and reports what does not belong there; a moderator hides it, and its writer is told.
      await go(ada, `/papers/${OWN.id}`);
      await ada.locator(".replies").getByRole("button", { name: "thanks" }).click();
      expect(await ada.locator(".replies").getByRole("button", { name: "thanks" }).getAttribute("aria-pressed")).toBe(
        "true",
      );
      await check(ada, "paper, a reader reads");
      await commentOf(ada, "watches").getByRole("link", { name: "Report" }).click();
      await ada.getByLabel(/advert|spam/i).check();
      await check(ada, "report");
      await press(ada, "Report");
      await check(ada, "report, thanks");
      await go(mo, "/desk/moderation");
      await check(mo, "moderation desk");
      await mo.getByText("Hide", { exact: true }).first().click();
      await mo.getByLabel("Reason (public)").first().fill("An advertisement.");
      await press(mo, "Hide");
      await mo.getByText("Nothing waits. Good.").waitFor();
      await go(mo, "/moderation");
      await check(mo, "moderation log");
      expect(await mo.locator(".history li").first().innerText()).toContain("An advertisement.");
      await go(bo, "/notifications");
      expect(await bo.locator("main").innerText()).toContain("An advertisement.");
      await check(bo, "notifications");
      await go(bo, "/claims");
      expect(await bo.locator("main").innerText()).toContain("confirmed");
      await check(bo, "claims");
      await go(ada, `/papers/${OWN.id}`);
      expect(await ada.locator("#comments").innerText()).not.toContain("watches");

      // The edition closes; its places are what they were, and the ledger holds.
      await go(cy, `/desk/${site.today()}`);
      await cy.getByRole("link", { name: "Close …" }).click();
      await check(cy, "close");
      await press(cy, "Close it");
      await check(cy, "desk, closed");
      await go(ada, `/papers/${AFAR.id}`);
      expect(await ada.locator("main").innerText()).toMatch(/#1 of 3 .* at publication/);
      await go(ada, "/ledger");
      await check(ada, "ledger");
      expect(await ledgerVerifies()).toEqual([0, expect.stringContaining("1 editions verified")]);
      for (const page of [edith, ada, bo, cy, mo]) await page.context().close();
    },
    STORY_LIMIT_MS,
  );

  it(
    "is told with the keyboard alone, and the focus is always seen",
    async () => {
      site.nextDay();
      const people: Hands[] = [];

      async function signedIn(handle: string): Promise<Hands> {
        const hands = new Hands(await window({}));
        people.push(hands);
        const { page } = hands;
        await page.goto(site.address);
        await hands.into(page.getByRole("link", { name: "Sign in" }));
        await page.getByLabel("Your mail address").waitFor();
        if (handle === "eve") await hands.walk();
        await hands.to(page.getByLabel("Your mail address"));
        await hands.type(`${handle}@example.org`);
        await hands.press("Enter");
        await page.waitForURL("**/sign-in/sent");
        await page.goto(await site.linkMailedTo(`${handle}@example.org`));
        await hands.into(page.getByRole("button", { name: "Sign in" }));
        await page.getByText(`@${handle}`).first().waitFor();
        return hands;
      }
      const said = (hands: Hands, words: string | RegExp) => hands.page.getByText(words).first().waitFor();

      const eve = await signedIn("eve");
      await eve.walk();
      await eve.into(eve.page.getByRole("link", { name: "Submit" }));
      await eve.to(eve.page.getByLabel(/arXiv id, address/));
      await eve.type(FARTHER.id);
      await eve.press("Enter");
      await eve.to(eve.page.getByLabel(/Why should others/));
      await eve.type("It came a longer way.");
      await eve.into(eve.page.getByRole("button", { name: "Put it forward" }));
      await said(eve, "Sent. Thank you.");

      const gil = await signedIn("gil");
      await gil.into(gil.page.getByRole("link", { name: "Desk" }));
      await said(gil, "Put forward by new accounts");
      await gil.walk();
      await desk(gil, { at: 0, key: "p", told: "Let in." });
      await desk(gil, { at: 0, key: "p", told: "Picked." });
      await desk(gil, { at: 1, key: "p", told: "Picked." });
      const [first] = await titles(gil.page);
      await gil.into(gil.page.getByRole("button", { name: "Move up" }).last());
      await said(gil, "Moved.");
      expect((await titles(gil.page))[1]).toBe(first);
      await gil.into(gil.page.getByText("Add a note").first());
      await gil.to(gil.page.getByLabel("What readers should know").first());
      await gil.type("Read its third section.");
      await gil.into(gil.page.getByRole("button", { name: "Save the note" }).first());
      await said(gil, "The note is saved.");
      await desk(gil, { at: 1, key: "x", told: "Taken out." });
      await gil.into(gil.page.getByRole("button", { name: "Undo" }));
      await said(gil, "Picked.");

      await eve.press("g");
      await eve.press("h");
      await eve.page.waitForURL(`${site.address}/`);
      await said(eve, "Read its third section.");
      await eve.walk();
      const vote = cardOf(eve.page, FARTHER.id).getByRole("button", { name: /upvote/i });
      for (const pressed of ["true", "false", "true"]) {
        const answered = eve.page.waitForResponse("**/upvote");
        while (!(await onCard(eve.page, FARTHER.id))) await eve.press("j");
        await eve.press("u");
        expect((await answered).ok()).toBe(true);
        expect(await vote.getAttribute("aria-pressed")).toBe(pressed);
      }
      await eve.press("o");
      await eve.page.waitForURL(`**/papers/${FARTHER.id}`);
      await eve.to(eve.page.getByLabel("Your comment"));
      await eve.type("Is *this* shown while I type?");
      expect(await eve.page.locator(".preview em").innerText()).toBe("this");
      await eve.press("Control+Enter");
      await eve.into(eve.page.getByRole("link", { name: "Edit" }));
      await eve.to(eve.page.getByLabel("Your comment"));
      await eve.press("End");
      await eve.type(" Yes.");
      await eve.into(eve.page.getByRole("button", { name: "Save" }));
      await said(eve, "Is this shown while I type? Yes.");

      const fay = await signedIn("fay");
      await fay.press("/");
      await fay.type(FARTHER.id);
      await fay.press("Enter");
      await fay.page.waitForURL("**/search**");
      await fay.press("j");
      await fay.press("o");
      await fay.page.waitForURL(`**/papers/${FARTHER.id}`);
      await fay.into(fay.page.getByText("Answer", { exact: true }));
      await fay.to(fay.page.getByLabel("Your answer"));
      await fay.type("I wrote it, @eve.");
      await fay.press("Control+Enter");
      await said(fay, "I wrote it,");
      await fay.into(fay.page.getByText("Are you one of the authors?"));
      await fay.to(fay.page.getByLabel("I am"));
      await fay.press("D");
      await fay.to(fay.page.getByLabel(/What a moderator should know/));
      await fay.type("I can show it.");
      await fay.into(fay.page.getByRole("button", { name: "This is me" }), "Space");
      await said(fay, "waits for a moderator");
      await fay.walk();

      await eve.page.reload();
      await eve.into(eve.page.locator(".replies").getByRole("button", { name: "thanks" }), "Space");
      await eve.page.locator(".replies .reaction[aria-pressed=true]").waitFor();
      await eve.walk();
      await eve.into(commentOf(eve.page, "I wrote it").getByRole("link", { name: "Report" }));
      await eve.to(eve.page.getByRole("radio").first());
      await eve.press("ArrowDown");
      await eve.press("ArrowUp");
      await eve.walk();
      await eve.into(eve.page.getByRole("button", { name: "Report" }));
      await said(eve, "A moderator will look at it.");

      const hal = await signedIn("hal");
      await hal.into(hal.page.getByText("@hal"));
      await hal.into(hal.page.getByRole("link", { name: "Moderation" }).first());
      await said(hal, "Reported or held");
      await hal.walk();
      await hal.into(hal.page.getByText("Nothing wrong", { exact: true }).first());
      await hal.into(hal.page.getByRole("button", { name: "Nothing wrong" }));
      await hal.into(hal.page.getByText("Confirm", { exact: true }).first());
      await hal.into(hal.page.getByRole("button", { name: "Confirm" }));
      await said(hal, "Nothing waits. Good.");
      await fay.page.reload();
      await said(fay, "confirmed");

      await gil.page.reload();
      await gil.into(gil.page.getByRole("link", { name: "Close …" }));
      await gil.into(gil.page.getByRole("button", { name: "Close it" }));
      await said(gil, /Closed/);
      await gil.into(gil.page.getByRole("link", { name: "Ledger" }));
      await gil.page.waitForURL("**/ledger");
      await gil.walk();
      await gil.into(gil.page.getByText("@gil"));
      await gil.into(gil.page.getByRole("button", { name: "Sign out" }));
      await gil.page.getByRole("link", { name: "Sign in" }).waitFor();
      expect(await ledgerVerifies()).toEqual([0, expect.stringContaining("editions verified")]);
      for (const { page } of people) await page.context().close();
    },
    STORY_LIMIT_MS,
  );
});

/** On the desk: to a card with the keys, and an act by its key. */
async function desk(hands: Hands, { at, key, told }: { at: number; key: string; told: string }): Promise<void> {
  const goal = hands.page.locator(".papers .card h2 a").nth(at);
  await hands.page.evaluate("document.activeElement?.blur(); scrollTo(0, 0)");
  for (let step = 0; step <= at; step++) await hands.press("j");
  expect(await goal.evaluate((link) => link === link.ownerDocument.activeElement)).toBe(true);
  await hands.press(key);
  await hands.page.getByRole("status").filter({ hasText: told }).waitFor();
}

const titles = (page: Page) => page.locator(".picks .card h2").allInnerTexts();
const onCard = (page: Page, id: string) =>
  cardOf(page, id).evaluate((card) => card.contains(card.ownerDocument.activeElement));

const cardOf = (page: Page, id: string) => page.locator(".card").filter({ has: page.locator(`[id="paper-${id}"]`) });
const commentOf = (page: Page, words: string) => page.locator("article.comment").filter({ hasText: words });
