/**
 * Signing in and out. A link from a mail shows a button first, because mail scanners open every link; what is said about
 * an address is the same, and takes the same time, whether it is known or not.
 */
import { AUTH_PATH, hashSecret, LINK_MINUTES } from "@paperwire/accounts";
import { notFound, suggestHandle, tooMany } from "@paperwire/domain";
import { type MailAddress, parseMailAddress } from "@paperwire/mail";
import { type Context, Hono } from "hono";
import { limitRequests } from "../api/limit-requests.ts";
import { backPath } from "../back-path.ts";
import { atField, orAgain, type Problem } from "../field-problem.tsx";
import { createRateLimiter } from "../rate-limit.ts";
import { readForm } from "../read-form.ts";
import { sameOrigin } from "../same-origin.ts";
import { withQuery } from "../views/urls.ts";
import { signInWords } from "./account-letters.ts";
import {
  type AccountParts,
  DOOR_LIMIT,
  invitesOf,
  LINK_LIMIT,
  leave,
  personal,
  rename,
  sessionBehindForm,
  sessionOf,
  shower,
  signInOf,
} from "./account-parts.ts";
import { passkeyRoutes } from "./passkey-routes.ts";
import {
  firstAdminPage,
  goOnPage,
  inviteWantedPage,
  linkPage,
  sentPage,
  signInPage,
  WAYS_BACK,
  welcomePage,
} from "./sign-in-pages.tsx";

/** Longer than any token of ours. */
const INVITE_CHARS_MAX = 100;

/** Never back into the doors themselves. */
export function nextPath(text: unknown): string {
  const path = backPath(text, "/");
  return /^\/(?:sign-in|sign-out|auth|welcome|first-admin|invited)(?:[/?#]|$)/.test(path) ? "/" : path;
}

export function signInRoutes(parts: AccountParts): Hono {
  const { context, site } = parts;
  const show = shower(parts);
  const app = new Hono();
  const door = limitRequests(createRateLimiter(DOOR_LIMIT, context.clock), context.settings.trustedProxies ?? 0);
  const own = sameOrigin(context.settings.baseUrl);
  type Ways = Omit<Parameters<typeof signInPage>[0]["ways"], "providers">;
  const doorAgain = (c: Context, ways: Ways, status: Problem["status"], problem?: string) => {
    const { providers } = signInOf(context);
    const page = signInPage({ site, ways: { ...ways, providers }, ...(problem && { problem }) });
    return show(c, personal(page, "Sign in", status));
  };
  const linkGone = (c: Context, next: string) => doorAgain(c, { next }, 404, GONE_LINK);

  app.get("/sign-in", async (c) => {
    const next = nextPath(c.req.query("next"));
    if (await signInOf(context).sessionOf(c.req.raw)) return c.redirect(next, 303);
    const problem = c.req.query("error");
    const said = problem === undefined ? {} : { problem: WAYS_BACK[problem] ?? WAYS_BACK["other"]! };
    const { providers } = signInOf(context);
    return show(c, personal(signInPage({ site, ways: { next, providers }, ...said }), "Sign in"));
  });
  // Other sites' forms are refused before they are counted, or they could use up a reader's share of the door.
  app.post("/sign-in", own, door, async (c) => {
    const form = await readForm(c);
    const [email, next, invite] = [form.text("email"), nextPath(form.text("next")), form.text("invite")];
    return orAgain(
      async () => {
        await mailLink(parts, { to: atField("email", () => parseMailAddress(email)), next, invite });
        return c.redirect("/sign-in/sent", 303);
      },
      (problem) => doorAgain(c, { next, email, emailProblem: problem, ...(invite && { invite }) }, problem.status),
    );
  });
  app.get("/sign-in/sent", (c) => show(c, personal(sentPage(site), "Look into your mailbox")));
  app.get("/sign-in/link/:token", door, async (c) => {
    const email = await signInOf(context).findLink(c.req.param("token"));
    const next = nextPath(c.req.query("next"));
    if (email === null) return linkGone(c, next);
    const invite = c.req.query("invite") || undefined;
    const action = withQuery(`/sign-in/link/${encodeURIComponent(c.req.param("token"))}`, { next, invite });
    const wanted = await wantsInvite(context, { email, invite });
    return show(c, personal(wanted ? inviteWantedPage(site, email) : linkPage({ site, email, action }), "Sign in"));
  });
  app.post("/sign-in/link/:token", own, door, async (c) => {
    const signedIn = await signInOf(context).openLink(c.req.param("token"), c.req.raw, {
      invite: c.req.query("invite"),
    });
    const next = nextPath(c.req.query("next"));
    if (signedIn === null) return linkGone(c, next);
    return leave(c, signedIn.isNew ? withQuery("/welcome", { next }) : next, signedIn.cookies);
  });
  app.post("/sign-out", own, async (c) => leave(c, "/", await signInOf(context).signOut(c.req.raw)));
  addWelcome(app, parts);
  addFirstAdmin(app, parts);
  addProviders(app, parts);
  app.route("/", passkeyRoutes(parts, door));
  return app;
}

const GONE_LINK =
  "This link does not work any more: it was used, is too old, or was copied incompletely. Ask for another.";

async function mailLink(
  { context }: AccountParts,
  { to: { address, key, domain }, next, invite }: { to: MailAddress; next: string; invite: string },
): Promise<void> {
  // Enough mails for this hour, or a domain that no mail reaches: the answer is the same. Counted in the store, so that
  // neither a restart nor a second process makes more of them.
  if ((await context.store.rateWindows.take(LINK_LIMIT, key)) < 0 || domain.endsWith(".invalid")) return;
  const token = await signInOf(context).makeLink(key);
  const { settings, mail, post, clock } = context;
  const path = `/sign-in/link/${token}`;
  const kept = invitesOf(context) === "off" ? "" : invite.slice(0, INVITE_CHARS_MAX);
  const query = { next: next === "/" ? undefined : next, invite: kept || undefined };
  const url = settings.baseUrl + withQuery(path, query);
  const words = signInWords(url, { siteName: settings.siteName, minutes: LINK_MINUTES });
  await post.send(mail.letter(address, words), { expiresMs: clock() + LINK_MINUTES * 60_000 });
}

/** Said to nobody but who reads the mail of this address. */
async function wantsInvite(
  context: AccountParts["context"],
  { email, invite }: { email: string; invite: string | undefined },
): Promise<boolean> {
  if (invitesOf(context) !== "required") return false;
  const { accounts, invites } = context.store;
  if (await accounts.findByEmail(email)) return false;
  return invite === undefined || (await invites.findOpen(hashSecret(invite))) === null;
}

/** The first minute of an account: which name it goes by. */
function addWelcome(app: Hono, parts: AccountParts): void {
  const { context, site } = parts;
  const show = shower(parts);
  app.get("/welcome", async (c) => {
    const { account } = await sessionOf(c, context);
    const stored = await context.store.accounts.findStored(account.id);
    const idea = suggestHandle(account.name === account.handle ? (stored?.email.split("@")[0] ?? "") : account.name);
    const next = nextPath(c.req.query("next"));
    const name = account.name === account.handle ? "" : account.name;
    return show(c, personal(welcomePage({ site: { ...site, reader: account }, next, handle: idea, name }), "Welcome"));
  });
  app.post("/welcome", async (c) => {
    const { account } = await sessionBehindForm(c, context);
    const form = await readForm(c);
    const [typed, next] = [{ handle: form.text("handle"), name: form.text("name") }, nextPath(form.text("next"))];
    return orAgain(
      async () => {
        await rename(context, account, typed);
        return c.redirect(next, 303);
      },
      (problem) => {
        const page = welcomePage({ site: { ...site, reader: account }, next, ...typed, problem });
        return show(c, personal(page, "Welcome", problem.status));
      },
    );
  });
}

/** Where the first administrator comes from: a link that only who starts the program sees. */
function addFirstAdmin(app: Hono, parts: AccountParts): void {
  const { context, site } = parts;
  const show = shower(parts);
  const door = limitRequests(createRateLimiter(DOOR_LIMIT, context.clock), context.settings.trustedProxies ?? 0);
  const isOpen = async (c: Context) => {
    if (!(await context.firstAdmin?.isOpen(c.req.param("token") ?? ""))) {
      throw notFound(
        "This link does not work any more. A new one is printed at each start, as long as there is no admin.",
      );
    }
  };
  app.get("/first-admin/:token", door, async (c) => {
    await isOpen(c);
    const action = `/first-admin/${encodeURIComponent(c.req.param("token"))}`;
    return show(c, personal(firstAdminPage({ site, action }), "First administrator"));
  });
  app.post("/first-admin/:token", sameOrigin(context.settings.baseUrl), door, async (c) => {
    await isOpen(c);
    const token = c.req.param("token");
    const email = (await readForm(c)).text("email");
    return orAgain(
      async () => {
        const { key } = atField("email", () => parseMailAddress(email));
        const signIn = signInOf(context);
        const signedIn = await signIn.openLink(await signIn.makeLink(key), c.req.raw, { exempt: true });
        if (signedIn === null) throw tooMany("The account could not be made. Try again.");
        if (!(await context.firstAdmin?.take(token, signedIn.account.id))) throw notFound(GONE_LINK);
        // A new role ends the sessions that were there before it.
        const asAdmin = await signIn.openLink(await signIn.makeLink(key), c.req.raw);
        return leave(c, signedIn.isNew ? "/welcome" : "/", asAdmin?.cookies ?? []);
      },
      (problem) => {
        const page = firstAdminPage({ site, action: `/first-admin/${encodeURIComponent(token)}`, email, problem });
        return show(c, personal(page, "First administrator", problem.status));
      },
    );
  });
}

function addProviders(app: Hono, parts: AccountParts): void {
  const { context, site } = parts;
  const show = shower(parts);
  const door = limitRequests(createRateLimiter(DOOR_LIMIT, context.clock), context.settings.trustedProxies ?? 0);
  app.post("/sign-in/with/:provider", sameOrigin(context.settings.baseUrl), door, async (c) => {
    const form = await readForm(c);
    const link = form.text("link") === "yes";
    if (link) await sessionOf(c, context);
    const next = link ? "/settings/sign-in" : nextPath(form.text("next"));
    const { baseUrl } = context.settings;
    const started = await signInOf(context).startProvider({
      provider: c.req.param("provider"),
      request: c.req.raw,
      next: baseUrl + next,
      welcome: baseUrl + withQuery("/welcome", { next }),
      failed: `${baseUrl}${link ? "/settings/sign-in" : "/sign-in"}`,
      link,
      ...(!link && invitesOf(context) !== "off" && { invite: form.text("invite") }),
    });
    if (started === null) throw notFound("This site knows no such way to sign in.");
    const answer = await show(c, personal(goOnPage({ site, url: started.url }), "Go on"));
    for (const cookie of started.cookies) answer.headers.append("Set-Cookie", cookie);
    return answer;
  });
  app.get(`${AUTH_PATH}/callback/:provider`, door, (c) => signInOf(context).finishProvider(c.req.raw));
}
