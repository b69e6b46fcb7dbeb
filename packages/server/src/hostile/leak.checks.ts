/** A whole story with every secret that there is, after which no log and no error page holds any of them. */
import { openFirstAdmin } from "@paperwire/accounts";
import { pino } from "pino";
import { expect, it } from "vitest";
import type { AccountSite } from "../account/testing.ts";
import { createApp } from "../app.ts";
import { privateFeedPath } from "../private-feeds.ts";
import { BASE_URL } from "../testing.ts";

const LINKS = /papers\.example\.org(\/(?:sign-in\/link|settings\/email|subscription\/confirm)\/\S+)/g;

export function leakChecks(open: () => AccountSite): void {
  it("write no secret into any log, whatever goes wrong, and show none on an error page", async () => {
    const site = open();
    const log: string[] = [];
    const logger = pino({ level: "trace" }, { write: (line: string) => void log.push(line) });
    const hook = "hook-secret-of-the-operator";
    const parts = { ...site.parts, logger, settings: { ...site.parts.settings, mailHookSecret: hook } };
    const app = createApp(parts);
    const pages: string[] = [];
    const secrets = new Set<string>([hook]);
    const ask = async (path: string, init: RequestInit = {}) => {
      const answer = await app.request(BASE_URL + path, init);
      const text = await answer.clone().text();
      if (answer.status >= 400) pages.push(text);
      return answer;
    };
    await tell({ site, ask, secrets });
    // The database says no in the middle of everything: errors with stacks, and the questions in them.
    const broken = createApp({ ...parts, store: failing(site) });
    for (const secret of secrets) {
      for (const path of [
        "/sign-in/link/",
        "/settings/email/",
        "/subscription/",
        "/feeds/",
        "/first-admin/",
        "/papers/",
      ]) {
        const headers = {
          cookie: secret,
          authorization: `Bearer ${secret}`,
          "x-forwarded-for": `10.9.${path.length}.1`,
        };
        const answer = await broken.request(
          `${BASE_URL}${path}${encodeURIComponent(secret)}?t=${encodeURIComponent(secret)}`,
          {
            headers,
          },
        );
        if (answer.status >= 500) pages.push(await answer.text());
      }
    }
    expect(secrets.size).toBeGreaterThan(9);
    expect(log.some((line) => line.includes('"level":50'))).toBe(true);
    expect(log.some((line) => line.includes("stack"))).toBe(true);
    const audit = JSON.stringify(await site.store.moderation.log({ limit: 100, offset: 0 }));
    for (const secret of secrets) {
      for (const text of [log.join("\n"), site.log.join("\n"), pages.join("\n"), audit]) {
        expect(text.includes(secret) ? `${secret} in ${around(text, secret)}` : "").toBe("");
      }
    }
    expect(log.join("\n")).not.toMatch(/leaky@example\.org|leaky-2@example\.org/);
  });
}

const around = (text: string, secret: string) =>
  text.slice(Math.max(0, text.indexOf(secret) - 200), text.indexOf(secret) + 80);

type Story = {
  site: AccountSite;
  ask(path: string, init?: RequestInit): Promise<Response>;
  secrets: Set<string>;
};

async function tell({ site, ask, secrets }: Story): Promise<void> {
  const { store, parts } = site;
  const own = { "sec-fetch-site": "same-origin" };
  const post = (path: string, fields: Record<string, string>, cookie = "") =>
    ask(path, { method: "POST", headers: { ...own, cookie }, body: new URLSearchParams(fields) });
  const links = async (email: string) => {
    await site.posted();
    const found = site.mails.filter(({ to }) => to === email).flatMap(({ text }) => [...text.matchAll(LINKS)]);
    for (const [, path] of found) secrets.add(path!.split("/").at(-1)!.split("?")[0]!);
    return found.map(([, path]) => path!);
  };
  await post("/sign-in", { email: "leaky@example.org", next: "/" });
  const [link] = await links("leaky@example.org");
  await ask(link!, { headers: own });
  const entered = await post(link!, {});
  const cookie = entered.headers
    .getSetCookie()
    .map((one) => one.split(";")[0]!)
    .find((one) => one.includes("session_token"))!;
  const value = decodeURIComponent(cookie.split(/=(.*)/s)[1]!);
  for (const part of value.split(".")) secrets.add(part);
  const page = await (await post("/settings/tokens", { name: "t", scope: "write", days: "30" }, cookie)).text();
  const token = /pw_[\w-]{40,}/.exec(page)![0];
  secrets.add(token);
  await ask("/api/papers/2503.00001/upvote", { method: "POST", headers: { authorization: `Bearer ${token}` } });
  await post("/settings/email", { email: "leaky-2@example.org" }, cookie);
  for (const path of [...(await links("leaky-2@example.org")), ...(await links("leaky@example.org"))]) {
    await ask(path);
    await post(path, {});
  }
  await post("/subscribe", { email: "leaky@example.org" });
  const confirm = (await links("leaky@example.org")).at(-1)!;
  await post(confirm, {});
  const answer = await store.subscribers.request({ email: "l@e.org", key: "l@e.org", source: "w", text: "v" });
  const { id } = (await store.subscribers.confirm(answer.mail === "confirm" ? answer.confirmId : ""))!;
  const expiresMs = Date.now() + 1e9;
  for (const purpose of ["manage", "unsubscribe"] as const)
    secrets.add(parts.mail.tokens.sign({ purpose, subject: id, expiresMs }));
  const manage = parts.mail.tokens.sign({ purpose: "manage", subject: id, expiresMs });
  await post(`/subscription/${manage}/feed`, {});
  const feed = (await privateFeedPath({ store, mail: parts.mail }, id))!;
  secrets.add(feed.split("/").at(-1)!);
  await ask(`${feed}.atom`);
  await post(`/subscription/${manage}/feed`, {});
  await ask(`${feed}.atom`);
  const first = (await openFirstAdmin(store).makeLink()) ?? "no-first-admin-where-there-is-one";
  secrets.add(first);
  await ask(`/first-admin/${first}`);
  await ask("/auth/callback/oidc?code=code-of-the-other-site&state=state-of-the-other-site");
  for (const secret of ["code-of-the-other-site", "state-of-the-other-site"]) secrets.add(secret);
  await ask("/hooks/mail", { method: "POST", body: "{", headers: { authorization: "Basic aG9vay1zZWNyZXQ=" } });
  // Asked for again, once used; and with a typing error.
  for (const secret of secrets) await ask(`/sign-in/link/${encodeURIComponent(secret)}x`);
}

/** A store whose questions fail as a database's do, with the question in the message. */
function failing({ store }: AccountSite): AccountSite["store"] {
  const fail = (...given: unknown[]) =>
    Promise.reject(new Error(`the database does not answer (${given.length} values)`));
  const parts = ["papers", "accounts", "sessions", "subscribers", "privateFeeds", "notifications", "editions"] as const;
  const broken = Object.fromEntries(parts.map((part) => [part, new Proxy(store[part], { get: () => fail })]));
  return { ...store, ...broken } as AccountSite["store"];
}
