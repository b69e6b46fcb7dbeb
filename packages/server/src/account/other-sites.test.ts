import type { Account } from "@paperwire/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { record } from "../testing.ts";
import { CLIENT, type FakeGithub, type FakeOrcid, openFakeGithub, openFakeOrcid } from "./fake-sites.ts";
import { type AccountSite, BASE_URL, type Browser, openAccountSite } from "./testing.ts";

const confirmed = (email: string, primary = true) => ({ email, primary, verified: true, visibility: null });

let site: AccountSite;
let github: FakeGithub;
let orcid: FakeOrcid;
/** What the library said went wrong. */
let problems: string[];

/** Each part has a site of its own: a network address signs in forty times in a quarter of an hour, and no more. */
function withSites(): void {
  beforeAll(async () => {
    [github, orcid] = await Promise.all([openFakeGithub(), openFakeOrcid()]);
    problems = [];
    site = await openAccountSite({
      providers: { github: { ...CLIENT, site: github.url, api: github.url }, orcid: { ...CLIENT, site: orcid.url } },
      onProblem: (message) => void problems.push(message),
    });
  });
  afterAll(async () => {
    await site?.close();
    await Promise.all([github?.close(), orcid?.close()]);
  });
}

/** Through the other site only. @returns the path that it sends the browser back to */
async function there(name: "github" | "orcid", browser: Browser, fields: Record<string, string> = {}): Promise<string> {
  const page = await (await browser.post(`/sign-in/with/${name}`, fields)).text();
  const [, url = ""] = /<a href="(http[^"]+)">Go on to/.exec(page) ?? [];
  const answer = await fetch(url.replaceAll("&amp;", "&"), { redirect: "manual" });
  return answer.headers.get("location")!.replace(BASE_URL, "");
}

/** From the button to wherever the browser is in the end. @returns a path of ours */
async function by(name: "github" | "orcid", browser: Browser, fields: Record<string, string> = {}): Promise<string> {
  const done = await browser.get(await there(name, browser, fields));
  return done.headers.get("location")!.replace(BASE_URL, "");
}

const who = async ({ jar }: Browser): Promise<Account | undefined> =>
  (await site.parts.signIn!.sessionOf(jar.request()))?.account;

describe("signing in by GitHub", () => {
  withSites();

  it("makes an account at the first time, with the confirmed address, and knows it the next", async () => {
    github.person = { id: 11, login: "ada", name: "Ada Example", email: "public@example.org" };
    github.emails = [confirmed("second@example.org", false), confirmed("ada@example.org")];
    const browser = site.visitor();
    expect(await browser.page("/sign-in")).toContain("Sign in with GitHub");
    expect(await by("github", browser, { next: "/papers/2503.00001" })).toBe("/welcome?next=%2Fpapers%2F2503.00001");
    const first = (await who(browser))!;
    const stored = { name: "Ada Example", email: "ada@example.org", emailVerified: true, role: "reader" };
    expect(await site.store.accounts.findStored(first.id)).toMatchObject(stored);
    const again = site.visitor();
    expect(await by("github", again, { next: "/papers/2503.00001" })).toBe("/papers/2503.00001");
    expect((await who(again))!.id).toBe(first.id);
  });

  it("takes a confirmed second address where the first is not, and a login where there is no name", async () => {
    github.person = { id: 12, login: "bela", name: null, email: "victim@example.org" };
    github.emails = [{ ...confirmed("victim@example.org"), verified: false }, confirmed("bela@example.org", false)];
    const browser = site.visitor();
    expect(await by("github", browser)).toMatch(/^\/welcome/);
    const account = await site.store.accounts.findStored((await who(browser))!.id);
    expect(account).toMatchObject({ name: "bela", email: "bela@example.org", emailVerified: true });
    expect(await site.store.accounts.findByEmail("victim@example.org")).toBeNull();
  });

  it("makes no account without a confirmed address, and says what to do", async () => {
    github.person = { id: 13, login: "cleo", name: "Cleo", email: "cleo@example.org" };
    for (const emails of [[], [{ ...confirmed("cleo@example.org"), verified: false }]]) {
      github.emails = emails;
      const browser = site.visitor();
      const back = await by("github", browser);
      expect(back).toBe("/sign-in?error=email_not_found");
      expect(await browser.page(back)).toContain("gave no confirmed mail address");
      expect(await who(browser)).toBeUndefined();
    }
    expect(await site.store.accounts.findByEmail("cleo@example.org")).toBeNull();
  });
});

describe("signing in by a GitHub that fails", () => {
  withSites();

  it.each([
    ["denied", /error=access_denied/, "was told not to say"],
    ["bad code", /error=unable_to_get_user_info/, "did not say who you are"],
    ["token is down", /error=invalid_code/, "took its word back"],
    ["user is down", /error=unable_to_get_user_info/, "did not say who you are"],
    ["emails are down", /error=unable_to_get_user_info/, "did not say who you are"],
    ["emails are forbidden", /error=unable_to_get_user_info/, "did not say who you are"],
  ] as const)("tells what to do and makes nothing where it is: %s", async (fault, code, words) => {
    github.fault = fault;
    github.person = { id: 14, login: "dana", name: "Dana", email: null };
    github.emails = [confirmed("dana@example.org")];
    const browser = site.visitor();
    const back = await by("github", browser);
    expect(back).toMatch(code);
    expect(await browser.page(back)).toContain(words);
    expect(await who(browser)).toBeUndefined();
    expect(await site.store.accounts.findByEmail("dana@example.org")).toBeNull();
    github.fault = undefined;
    expect(await by("github", browser)).toMatch(/^\/welcome/);
    await site.store.accounts.erase((await who(browser))!.id);
  });
});

describe("joining an account with another site's", () => {
  withSites();

  it("is done by who is signed in, and never because the address is the same", async () => {
    const eve = await site.signedIn("eve@example.org", { handle: "eve" });
    github.person = { id: 15, login: "eve", name: "Eve", email: null };
    github.emails = [confirmed("eve@example.org")];
    const stranger = site.visitor();
    const back = await by("github", stranger);
    expect(back).toMatch(/error=account_not_linked/);
    expect(await stranger.page(back)).toContain("Sign in by mail first");
    expect(await by("github", eve, { link: "yes" })).toBe("/settings/sign-in");
    expect(await by("github", stranger)).toBe("/");
    expect((await who(stranger))!.id).toBe(eve.id);
    const fay = await site.signedIn("fay@example.org", { handle: "fay" });
    const taken = await by("github", fay, { link: "yes" });
    expect(await fay.page(taken)).toContain("belongs to another account here");
  });

  it("puts the ORCID iD onto the account, and onto one account alone", async () => {
    orcid.person = { sub: "0000-0001-5109-3700", given_name: "Gil" };
    const gil = await site.signedIn("gil@example.org", { handle: "gil" });
    expect(await by("orcid", gil, { link: "yes" })).toBe("/settings/sign-in");
    expect(await who(gil)).toMatchObject({ handle: "gil", orcid: orcid.person.sub });
    const hal = await site.signedIn("hal@example.org", { handle: "hal" });
    expect(await by("orcid", hal, { link: "yes" })).toMatch(/error=/);
    expect((await who(hal))!.orcid).toBeUndefined();
  });
});

type Logins = { selectFrom(table: string): { selectAll(): { execute(): Promise<Record<string, unknown>[]> } } };

describe("signing in by ORCID", () => {
  withSites();

  it("brings the iD along, so that the author of a paper is known by it", async () => {
    const authors = [{ name: "Bo Example", orcid: orcid.person.sub }, { name: "Cleo Example" }];
    await site.takeIn([record("2503.00042", "A paper with an ORCID", { facts: { authors } })]);
    const browser = site.visitor();
    expect(await by("orcid", browser)).toMatch(/^\/welcome/);
    const account = (await who(browser))!;
    expect(account).toMatchObject({ name: "Bo Example", orcid: orcid.person.sub });
    // ORCID gives no address; mail goes nowhere until its owner adds one.
    expect((await site.store.accounts.findStored(account.id))!.email).toMatch(/\.invalid$/);
    const claimed = await browser.post("/claims", { paper: "2503.00042", author: "Bo Example" });
    expect(claimed.headers.get("location")).toBe("/papers/2503.00042");
    expect(await site.store.claims.verifiedOf("2503.00042")).toMatchObject([{ accountId: account.id }]);
    expect((await browser.post("/claims", { paper: "2503.00042", author: "Cleo Example" })).status).toBe(409);
  });

  it("takes no way back that this browser did not begin, and none twice", async () => {
    orcid.person = { sub: "0000-0002-9079-593X", given_name: "Ida" };
    const [one, other] = [site.visitor(), site.visitor()];
    const stolen = await there("orcid", one);
    expect((await other.get(stolen)).headers.get("location")).toContain("error=");
    expect(await who(other)).toBeUndefined();
    const path = await there("orcid", one);
    expect((await one.get(path)).headers.get("location")).toContain("/welcome");
    expect((await one.get(path)).headers.get("location")).toContain("error=");
    expect((await site.visitor().get(path)).headers.get("location")).toContain("error=");
  });

  it("keeps no token of another site, and writes none of it down", async () => {
    github.person = { id: 16, login: "jan", name: "Jan", email: null };
    github.emails = [confirmed("jan@example.org")];
    await by("github", site.visitor());
    const database = site.store.authDatabase.kysely as Logins;
    const rows = await database.selectFrom("logins").selectAll().execute();
    expect(rows.length).toBe(3);
    for (const row of rows) {
      expect([row["access_token"], row["refresh_token"], row["id_token"]]).toEqual([null, null, null]);
    }
    const told = JSON.stringify([problems, site.log]);
    for (const secret of ["gho_test", "orcid-token", CLIENT.clientSecret]) expect(told).not.toContain(secret);
  });
});
