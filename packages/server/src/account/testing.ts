/** A site on which people can sign in, and a browser that keeps its cookies; for tests. */

import { openFirstAdmin, type SignInDesk, type SignInOptions } from "@paperwire/accounts";
import { CookieJar, openTestSignIn } from "@paperwire/accounts/testing";
import type { Role } from "@paperwire/domain";
import type { AppOptions } from "../app.ts";
import { BASE_URL, openSite, record, type SiteUnderTest } from "../testing.ts";

export type Browser = {
  jar: CookieJar;
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** A form of our own page; `headers` may say that it is somebody else's. */
  post(path: string, fields?: Record<string, string>, headers?: Record<string, string>): Promise<Response>;
  /** The page's text; throws where the status is not 200. */
  page(path: string): Promise<string>;
};

export type AccountSite = SiteUnderTest & {
  /** What the site is built from. */
  parts: AppOptions;
  signIn: SignInDesk;
  /** Lets the site's clock go on, for limits and links. */
  passTime(ms: number): void;
  /** A browser in which nobody is signed in. */
  visitor(): Browser;
  /** A browser in which this address is signed in, by the link out of its mail. */
  signedIn(email: string, options?: { handle?: string; role?: Role }): Promise<Browser & { id: string }>;
  /** The path of the newest link mailed to an address. */
  linkTo(email: string, pattern: RegExp): Promise<string>;
};

const OWN = { "sec-fetch-site": "same-origin" };

export async function openAccountSite(more: Partial<SignInOptions> = {}): Promise<AccountSite> {
  const open = await openSite([record("2503.00001", "A paper"), record("2503.00002", "Another paper")]);
  const signIn = await openTestSignIn(open.store, more);
  let parts: AppOptions | undefined;
  let aheadMs = 0;
  const site = open.changed((plain) => {
    parts = {
      ...plain,
      settings: {
        ...plain.settings,
        // A request may say from which address it comes.
        trustedProxies: 1,
        baseUrl: more.baseUrl ?? plain.settings.baseUrl,
        invites: more.invites ?? "off",
      },
      accounts: signIn,
      signIn,
      firstAdmin: openFirstAdmin(open.store),
      // Links, sessions and letters live by one clock here.
      clock: () => Date.now() + aheadMs,
    };
    return parts;
  });
  const passTime = (ms: number) => {
    aheadMs += ms;
  };
  const visitor = () => browserOf(site);
  const linkTo = async (email: string, pattern: RegExp) => {
    await site.posted();
    const mail = site.mails.findLast(({ to, text }) => to === email && pattern.test(text));
    const [, path] = pattern.exec(mail?.text ?? "") ?? [];
    if (path === undefined) throw new Error(`no mail to ${email} has such a link`);
    return path;
  };
  const signedIn: AccountSite["signedIn"] = async (email, { handle, role } = {}) => {
    const browser = visitor();
    const enter = async () => {
      const done = await signIn.openLink(await signIn.makeLink(email), browser.jar.request(), { exempt: true });
      browser.jar.take(done!.cookies);
      return done!.account.id;
    };
    const id = await enter();
    if (handle !== undefined) await open.store.accounts.rename(id, { handle, name: handle });
    if (role !== undefined) {
      await open.store.accounts.setRole(id, role);
      await enter();
    }
    return { ...browser, id };
  };
  return { ...site, parts: parts!, signIn, passTime, visitor, linkTo, signedIn };
}

/** The key of the first form in a page that makes something once. */
export function formKeyIn(page: string): string {
  const [, key] = /name="form-key" value="([^"]+)"/.exec(page) ?? [];
  if (key === undefined) throw new Error("no form of this page has a key");
  return key;
}

function browserOf(site: SiteUnderTest): Browser {
  const jar = new CookieJar();
  const send = async (path: string, init: RequestInit) => {
    const answer = await site.app.request(jar.request(path, init));
    jar.take(answer.headers.getSetCookie());
    return answer;
  };
  const get: Browser["get"] = (path, headers = {}) => send(path, { headers });
  return {
    jar,
    get,
    post: (path, fields = {}, headers = OWN) =>
      send(path, { method: "POST", headers, body: new URLSearchParams(fields) }),
    page: async (path) => {
      const answer = await get(path);
      if (answer.status !== 200) throw new Error(`${path} answered ${answer.status}`);
      return answer.text();
    },
  };
}

export { BASE_URL };
