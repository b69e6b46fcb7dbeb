import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type AccountSite, formKeyIn, openAccountSite } from "../account/testing.ts";

const SIGN_IN_LINK = /papers\.example\.org(\/sign-in\/link\/\S+)/;
const INVITED = /https:\/\/papers\.example\.org(\/invited\/[\w-]+)/;

describe("invitations on the site", () => {
  let site: AccountSite;
  beforeAll(async () => {
    site = await openAccountSite({ invites: "required" });
  });
  afterAll(() => site.close());

  async function host() {
    const ada = await site.signedIn("ada@example.org", { handle: "ada", role: "curator" });
    const made = await ada.post("/invites", { note: "See <b>you</b>", days: "7" });
    return { ada, path: INVITED.exec(await made.text())![1]! };
  }

  it("bring somebody in by mail, from another browser too, and show who came by whom", async () => {
    const { ada, path } = await host();
    const guest = site.visitor();
    const invited = await guest.page(path);
    expect(invited).toContain("@ada");
    expect(invited).toContain("See &lt;b>you&lt;/b>");
    expect(guest.jar.names).toEqual([]);
    await guest.post("/sign-in", { email: "bo@example.org", invite: path.split("/").at(-1)!, next: "/" });
    const link = await site.linkTo("bo@example.org", SIGN_IN_LINK);
    const phone = site.visitor();
    const action = /action="(\/sign-in\/link\/[^"]+)"/.exec(await phone.page(link))![1]!.replaceAll("&amp;", "&");
    expect((await phone.post(action)).headers.get("location")).toContain("/welcome");
    await phone.post("/welcome", { handle: "bo" });
    const tree = await site.visitor().page("/invites/tree");
    expect(tree).toMatch(/@ada[\s\S]*@bo/);
    expect(tree).not.toContain("example.org</");
    expect(await site.visitor().page("/invites/tree?of=bo")).toContain("Came by:");
    expect(await ada.page("/invites")).toContain("@bo");
    expect(await ada.page("/@bo")).toContain('Invited by <a href="/@ada"');
    expect((await site.visitor().get(path)).status).toBe(404);
  });

  it("are wanted in words where they are required, and only of who reads the mail", async () => {
    await host();
    const browser = site.visitor();
    expect(await browser.page("/sign-in")).toContain("New accounts need an invitation");
    const answers = [];
    for (const email of ["ada@example.org", "stranger@example.org"]) {
      const answer = await browser.post("/sign-in", { email });
      answers.push([answer.status, answer.headers.get("location"), await answer.text()]);
    }
    expect(answers[0]).toEqual(answers[1]);
    const link = await site.linkTo("stranger@example.org", SIGN_IN_LINK);
    expect(await browser.page(link)).toContain("You need an invitation");
    const refused = await browser.post(link);
    expect(refused.status).toBe(403);
    expect(await refused.text()).toContain("need an invitation");
    expect(browser.jar.names).toEqual([]);
    expect(await browser.page(await site.linkTo("ada@example.org", SIGN_IN_LINK))).toContain(
      "You are about to sign in",
    );
  });

  it("keep what was typed, and say at the field what is wrong with it", async () => {
    const { ada } = await host();
    const note = "word ".repeat(60);
    const answer = await ada.post("/invites", { note, days: "30" });
    const page = await answer.text();
    expect(answer.status).toBe(400);
    expect(page).toMatch(/<input [^>]*name="note"[^>]* aria-invalid/);
    expect(page).toMatch(/role="alert">A note has at most 200 characters/);
    expect(page).toContain(`value="${note}"`);
    expect(page).toMatch(/<option selected value="30"|<option value="30" selected/);
    const twice = await ada.post("/invites/revoke", { id: "01ARZ3NDEKTSV4RRFFQ69G5FAV" });
    expect(twice.status).toBe(404);
    expect(await twice.text()).toMatch(/<h1>Invitations<\/h1>[^]*role="alert">There is no such open invitation/);
  });

  it("are taken back and put back by their maker, and by nobody else", async () => {
    const { ada, path } = await host();
    const eve = await site.signedIn("eve@example.org", { handle: "eve" });
    expect(await eve.page("/invites")).toContain("accounts that are known here");
    expect((await eve.post("/invites", { note: "", days: "7" })).status).toBe(403);
    const [, id] = /name="id" value="([^"]+)"/.exec(await ada.page("/invites"))!;
    expect((await eve.post("/invites/revoke", { id: id! })).status).toBe(404);
    expect((await ada.post("/invites/revoke", { id: id! }, { "sec-fetch-site": "cross-site" })).status).toBe(403);
    const revoked = await ada.post("/invites/revoke", { id: id! });
    expect(await ada.page(revoked.headers.get("location")!)).toContain("was taken back");
    const gone = await site.visitor().get(path);
    const wrong = await site.visitor().get(`${path}x`);
    const words = async (answer: Response) => /<p>(This invitation[^<]*)/.exec(await answer.text())?.[1];
    expect([gone.status, await words(gone)]).toEqual([wrong.status, await words(wrong)]);
    expect((await ada.post("/invites/reopen", { id: id! })).status).toBe(303);
    expect((await site.visitor().get(path)).status).toBe(200);
  });

  it("are one where the form is sent twice, with the same link both times, until it is taken back", async () => {
    const ida = await site.signedIn("ida@example.org", { handle: "ida", role: "curator" });
    const fields = { note: "Twice", days: "7", "form-key": formKeyIn(await ida.page("/invites")) };
    const linkOf = async () => INVITED.exec(await (await ida.post("/invites", fields)).text())?.[1];
    const link = await linkOf();
    expect(link).toBeDefined();
    expect(await linkOf()).toBe(link);
    const [made, ...more] = await site.store.invites.list(ida.id);
    expect(more).toEqual([]);
    await ida.post("/invites/revoke", { id: made!.id });
    expect(await (await ida.post("/invites", fields)).text()).toContain("made its link before");
  });

  it("end where a moderator says so, in the public log, and come back", async () => {
    const { ada, path } = await host();
    const root = await site.signedIn("root@example.org", { handle: "root", role: "admin" });
    expect(await root.page("/@ada")).toContain("End their right to invite");
    const act = { id: ada.id, reason: "Sold links" };
    expect((await root.post("/desk/moderation", { act: "stop-invites", ...act })).status).toBe(303);
    expect((await site.visitor().get(path)).status).toBe(404);
    expect(await ada.page("/invites")).toContain("A moderator ended your right");
    const log = await site.visitor().page("/moderation");
    expect(log).toContain("Sold links");
    const [, entry] = /action="\/moderation\/([^/"]+)\/undo"/.exec(await root.page("/moderation"))!;
    expect((await root.post(`/moderation/${entry}/undo`)).status).toBe(303);
    expect((await site.visitor().get(path)).status).toBe(200);
    const mo = await site.signedIn("mo@example.org", { handle: "mo", role: "moderator" });
    expect((await mo.post("/desk/moderation", { act: "stop-invites", ...act })).status).toBe(403);
  });
});

it("has no such pages where invitations are off", async () => {
  const site = await openAccountSite();
  const ada = await site.signedIn("ada@example.org", { handle: "ada", role: "admin" });
  for (const path of ["/invites", "/invites/tree", "/invited/x"]) {
    expect([path, (await ada.get(path)).status]).toEqual([path, 404]);
  }
  expect((await ada.post("/invites", { note: "", days: "7" })).status).toBe(404);
  expect(await ada.page("/")).not.toContain('href="/invites"');
  await site.close();
});
