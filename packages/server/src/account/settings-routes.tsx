/** One's own account. Every change needs the session of this browser: no token may, and no other site's page. */
import { API_TOKEN_PREFIX, hashSecret, newSecret, TOKEN_SCOPES } from "@paperwire/accounts";
import { aboutAccount } from "@paperwire/community";
import { conflict, invalid, notFound, parseHandle, parseName, tooMany, waitInWords } from "@paperwire/domain";
import { parseMailAddress } from "@paperwire/mail";
import type { StoredAccount } from "@paperwire/store";
import { type Context, Hono } from "hono";
import { readOneUse } from "../form-key.tsx";
import { createRateLimiter } from "../rate-limit.ts";
import { readForm } from "../read-form.ts";
import { refuseOtherSites } from "../same-origin.ts";
import type { Site } from "../site.ts";
import { addressTakenWords, confirmEmailWords, emailChangedWords, emailChangingWords } from "./account-letters.ts";
import {
  type AccountParts,
  EMAIL_LINK_LIMIT,
  EMAIL_WISH_LIMIT,
  handleRefused,
  leave,
  personal,
  SETTINGS_LIMIT,
  sessionBehindForm,
  sessionOf,
  shower,
  signInOf,
} from "./account-parts.ts";
import {
  askPage,
  dataPage,
  profilePage,
  signInSettingsPage,
  TOKEN_NAME_CHARS_MAX,
  tokensPage,
} from "./settings-pages.tsx";
import { WAYS_BACK } from "./sign-in-pages.tsx";

const EMAIL_LINK_HOURS = 24;
const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** What is said after a change, by its name in the address. */
const SAID: Readonly<Record<string, string>> = {
  saved: "Saved.",
  asked:
    "Links are on their way to that address and to the one you have now. Until both are confirmed, nothing changes.",
  ended: "That browser is signed out.",
  passkey: "The passkey was added.",
  removed: "Removed.",
  revoked: "The token was revoked.",
  used: "This form made its token before, and showed it then. Fill in the one below to make another.",
};

type Reader = { account: StoredAccount; sessionId: string; site: Site };

export function settingsRoutes(parts: AccountParts): Hono {
  const app = new Hono();
  const limiter = createRateLimiter(SETTINGS_LIMIT, parts.context.clock);
  const { context } = parts;
  const reading = async (c: Context) => stored(parts, await sessionOf(c, context));
  const changing = async (c: Context) => {
    const session = await sessionBehindForm(c, context);
    const { left, resetSeconds } = limiter.take(session.account.id);
    if (left < 0) throw tooMany(`That was very often. Try again ${waitInWords(resetSeconds)}.`);
    return stored(parts, session);
  };
  addProfile(app, parts, { reading, changing });
  addSignIn(app, parts, { reading, changing });
  addTokens(app, parts, { reading, changing });
  addData(app, parts, { reading, changing });
  return app;
}

type Doors = Record<"reading" | "changing", (c: Context) => Promise<Reader>>;

async function stored(
  { context, site }: AccountParts,
  { account, sessionId }: Awaited<ReturnType<typeof sessionOf>>,
): Promise<Reader> {
  const found = await context.store.accounts.findStored(account.id);
  if (!found) throw notFound("This account was deleted.");
  return { account: found, sessionId, site: { ...site, reader: account } };
}

const said = (c: Context) => SAID[c.req.query("said") ?? ""];

function addProfile(app: Hono, parts: AccountParts, { reading, changing }: Doors): void {
  const { context, site } = parts;
  const { accounts } = context.store;
  const show = shower(parts);
  app.get("/settings", async (c) =>
    show(c, personal(profilePage({ ...(await reading(c)), said: said(c) }), "Profile")),
  );
  app.post("/settings", async (c) => {
    const { account } = await changing(c);
    const form = await readForm(c);
    const handle =
      form.text("handle").replace(/^@/, "") === account.handle ? account.handle : parseHandle(form.text("handle"));
    const done = await accounts.rename(account.id, { handle, name: parseName(form.text("name")) || handle });
    if (done !== "done") throw handleRefused(handle, done);
    return c.redirect("/settings?said=saved", 303);
  });
  app.post("/settings/email", async (c) => {
    const { account } = await changing(c);
    const { address, key } = parseMailAddress((await readForm(c)).text("email"));
    await askForAddress(parts, account, { address, key });
    return c.redirect("/settings?said=asked", 303);
  });
  app.get("/settings/email/:token", async (c) => {
    const wish = await accounts.findEmailChange(hashSecret(c.req.param("token")));
    if (!wish) throw goneLink();
    const text =
      wish.side === "new"
        ? `@${wish.account.handle} is reached at ${wish.email} from now on, and signs in with it.`
        : `@${wish.account.handle} is reached at ${wish.email} from now on, and ${wish.account.email} signs nobody in any more.`;
    const action = `/settings/email/${encodeURIComponent(c.req.param("token"))}`;
    const title = wish.side === "new" ? "Confirm the address" : "Agree to another address";
    return show(c, personal(askPage({ site, title, text, action, button: "Confirm" }), "Confirm"));
  });
  app.post("/settings/email/:token", async (c) => {
    refuseOtherSites(c, context.settings.baseUrl);
    const hash = hashSecret(c.req.param("token"));
    const wish = await accounts.findEmailChange(hash);
    const done = wish && (await accounts.changeEmail(hash));
    if (!wish || (done !== "done" && done !== "waits")) throw goneLink();
    if (done === "done") await tell(parts, wish.account, emailChangedWords(context.settings.siteName));
    const text =
      done === "done"
        ? "The address was changed."
        : "Thank you. The other mailbox got a link, too: once both are confirmed, the address changes.";
    return show(c, personal(askPage({ site, title: "Confirmed", text }), "Confirmed"));
  });
}

const goneLink = () =>
  notFound("This link does not work any more: it was used, is too old, or was replaced. Ask again.");

/** The same answer whoever has the address: only its owner learns that it has an account. */
async function askForAddress(
  parts: AccountParts,
  account: StoredAccount,
  { address, key }: { address: string; key: string },
): Promise<void> {
  const { store, mail, post, settings, clock } = parts.context;
  const { siteName, baseUrl } = settings;
  // Counted in the store: no restart and no second process makes more of them.
  const left = [
    await store.rateWindows.take(EMAIL_WISH_LIMIT, account.id),
    await store.rateWindows.take(EMAIL_LINK_LIMIT, key),
  ];
  if (Math.min(...left) < 0) return;
  const [token, oldToken] = [newSecret(), newSecret()];
  const untilMs = clock() + EMAIL_LINK_HOURS * HOUR_MS;
  // Who only sits at a browser that is signed in cannot take the account along: the mailbox before has a say.
  const oldHash = account.emailVerified ? hashSecret(oldToken) : null;
  await store.accounts.askEmailChange({ id: account.id, email: key, hash: hashSecret(token), oldHash, untilMs });
  const taken = await store.accounts.findByEmail(key);
  const link = (secret: string) => `${baseUrl}/settings/email/${secret}`;
  const words = taken
    ? addressTakenWords(`${baseUrl}/sign-in`, siteName)
    : confirmEmailWords(link(token), { siteName, hours: EMAIL_LINK_HOURS });
  await post.send(mail.letter(address, words), { expiresMs: untilMs });
  const agree = emailChangingWords(link(oldToken), {
    siteName,
    hours: EMAIL_LINK_HOURS,
    settingsUrl: `${baseUrl}/settings/sign-in`,
  });
  await tell(parts, account, agree);
}

/** Nothing is mailed to an address that nobody has proved to read. */
async function tell(
  { context }: AccountParts,
  account: StoredAccount,
  words: Parameters<AccountParts["context"]["mail"]["letter"]>[1],
) {
  if (account.emailVerified) await context.post.send(context.mail.letter(account.email, words));
}

function addSignIn(app: Hono, parts: AccountParts, { reading, changing }: Doors): void {
  const { context } = parts;
  const { sessions } = context.store;
  const show = shower(parts);
  app.get("/settings/sign-in", async (c) => {
    const { account, sessionId, site } = await reading(c);
    const [open, passkeys, logins] = await Promise.all([
      sessions.list(account.id),
      sessions.listPasskeys(account.id),
      sessions.listLogins(account.id),
    ]);
    const { providers } = signInOf(context);
    const error = c.req.query("error");
    const problem =
      error === undefined ? said(c) : (WAYS_BACK[error] ?? "The other site's account could not be connected.");
    const page = { site, account, sessions: open, current: sessionId, passkeys, logins, providers, said: problem };
    return show(c, personal(signInSettingsPage(page), "Signing in"));
  });
  app.post("/settings/sessions/end", async (c) => {
    const { account } = await changing(c);
    if (!(await sessions.end(account.id, (await readForm(c)).text("id"))))
      throw notFound("That browser is signed out already.");
    return c.redirect("/settings/sign-in?said=ended", 303);
  });
  app.post("/settings/sessions/end-all", async (c) => {
    const { account } = await changing(c);
    await sessions.endAll(account.id);
    return leave(c, "/sign-in", await signInOf(context).signOut(c.req.raw));
  });
  app.post("/settings/passkeys/remove", async (c) => {
    const { account } = await changing(c);
    if (!(await sessions.removePasskey(account.id, (await readForm(c)).text("id"))))
      throw notFound("There is no such passkey of yours.");
    return c.redirect("/settings/sign-in?said=removed", 303);
  });
  app.post("/settings/logins/remove", async (c) => {
    const { account } = await changing(c);
    if (!account.emailVerified) throw conflict("Add a mail address first, or you could not sign in any more.");
    if (!(await sessions.removeLogin(account.id, (await readForm(c)).text("id"))))
      throw notFound("That site is not connected.");
    return c.redirect("/settings/sign-in?said=removed", 303);
  });
}

function addTokens(app: Hono, parts: AccountParts, { reading, changing }: Doors): void {
  const { apiTokens } = parts.context.store;
  const show = shower(parts);
  app.get("/settings/tokens", async (c) => {
    const { account, site } = await reading(c);
    const page = { site, tokens: await apiTokens.list(account.id), said: said(c) };
    return show(c, personal(tokensPage(page), "API tokens"));
  });
  app.post("/settings/tokens", async (c) => {
    const { account, site } = await changing(c);
    const form = await readForm(c);
    const name = parseName(form.text("name"));
    if (name === "" || [...name].length > TOKEN_NAME_CHARS_MAX)
      throw invalid("Say in a few words what the token is for.");
    const most = TOKEN_SCOPES.findIndex((scope) => scope === form.text("scope"));
    const days = Number(form.text("days"));
    if (most < 0 || ![0, 30, 365].includes(days)) throw invalid("The form could not be read.");
    const nowMs = parts.context.clock();
    const { use, secret, secretOf } = readOneUse(form, { by: account.id, fields: ["name", "scope", "days"] });
    const made = await apiTokens.add({
      accountId: account.id,
      name,
      hash: hashSecret(API_TOKEN_PREFIX + secret),
      scopes: TOKEN_SCOPES.slice(0, most + 1),
      expiresMs: days === 0 ? null : nowMs + days * DAY_MS,
      use,
    });
    if (!made) throw conflict("You have as many tokens as one account may have. Revoke one first.");
    const tokens = await apiTokens.list(account.id);
    const shown = tokens.some(({ id }) => id === made.id) ? secretOf(made) : null;
    const news = shown === null ? { said: SAID["used"] } : { made: API_TOKEN_PREFIX + shown };
    return show(c, personal(tokensPage({ site, tokens, ...news }), "API tokens"));
  });
  app.post("/settings/tokens/revoke", async (c) => {
    const { account } = await changing(c);
    if (!(await apiTokens.revoke(account.id, (await readForm(c)).text("id"))))
      throw notFound("There is no such token of yours.");
    return c.redirect("/settings/tokens?said=revoked", 303);
  });
}

function addData(app: Hono, parts: AccountParts, { reading, changing }: Doors): void {
  const { store, settings } = parts.context;
  const show = shower(parts);
  app.get("/settings/data", async (c) => show(c, personal(dataPage(await reading(c)), "Your data")));
  app.get("/settings/data.json", async (c) => {
    const { account } = await reading(c);
    const data = { account: await store.accounts.exportData(account.id), ...(await aboutAccount(store, account.id)) };
    c.header("Content-Disposition", 'attachment; filename="account.json"');
    c.header("Cache-Control", "no-store");
    return c.json(data);
  });
  app.post("/settings/delete", async (c) => {
    const { account, site } = await changing(c);
    if ((await readForm(c)).text("handle").trim().replace(/^@/, "") !== account.handle) {
      throw invalid(`Type ${account.handle} to confirm. Nothing was deleted.`);
    }
    if ((await store.accounts.erase(account.id)) === "last-admin") {
      throw conflict("You are the only administrator. Make somebody else one first.");
    }
    const cookies = await signInOf(parts.context).signOut(c.req.raw);
    const { reader: _gone, ...nobody } = site;
    const text = `Your account at ${settings.siteName} is gone, with all that belonged to it.`;
    const answer = await show(c, personal(askPage({ site: nobody, title: "Deleted", text }), "Deleted"));
    for (const cookie of cookies) answer.headers.append("Set-Cookie", cookie);
    return answer;
  });
}
