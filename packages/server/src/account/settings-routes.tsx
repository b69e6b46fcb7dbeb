/** One's own account. Every change needs the session of this browser: no token may, and no other site's page. */
import { hashSecret, newSecret } from "@paperwire/accounts";
import { aboutAccount } from "@paperwire/community";
import { conflict, invalid, notFound, tooMany, waitInWords } from "@paperwire/domain";
import { parseMailAddress } from "@paperwire/mail";
import type { StoredAccount } from "@paperwire/store";
import { type Context, Hono } from "hono";
import { atField, FieldError, orAgain, type Problem } from "../field-problem.tsx";
import { createRateLimiter } from "../rate-limit.ts";
import { readForm } from "../read-form.ts";
import { refuseOtherSites } from "../same-origin.ts";
import type { Site } from "../site.ts";
import { addressTakenWords, confirmEmailWords, emailChangedWords, emailChangingWords } from "./account-letters.ts";
import {
  type AccountParts,
  type Doors,
  EMAIL_LINK_LIMIT,
  EMAIL_WISH_LIMIT,
  leave,
  personal,
  type Reader,
  rename,
  SETTINGS_LIMIT,
  sessionBehindForm,
  sessionOf,
  shower,
  signInOf,
} from "./account-parts.ts";
import { askPage, dataPage, profilePage, signInSettingsPage } from "./settings-pages.tsx";
import { WAYS_BACK } from "./sign-in-pages.tsx";
import { addTokens } from "./token-routes.tsx";

const EMAIL_LINK_HOURS = 24;
const HOUR_MS = 3_600_000;

/** What is said after a change, by its name in the address. */
const SAID: Readonly<Record<string, string>> = {
  saved: "Saved.",
  asked:
    "Links are on their way to that address and to the one you have now. Until both are confirmed, nothing changes.",
  ended: "That browser is signed out.",
  passkey: "The passkey was added.",
  removed: "Removed.",
};

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
  const profileAgain = (c: Context, reader: Reader, typed: Record<string, string>) => (problem: Problem) =>
    show(c, personal(profilePage({ ...reader, typed, problem }), "Profile", problem.status));
  const linkGone = (c: Context) => {
    const title = "This link does not work any more";
    const text = "It was used, is too old, or was replaced. In your settings you can ask for another.";
    return show(c, personal(askPage({ site, title, text, link: ["/settings", "Settings"] }), title, 404));
  };
  app.get("/settings", async (c) =>
    show(c, personal(profilePage({ ...(await reading(c)), said: said(c) }), "Profile")),
  );
  app.post("/settings", async (c) => {
    const reader = await changing(c);
    const form = await readForm(c);
    const typed = { handle: form.text("handle"), name: form.text("name") };
    return orAgain(
      async () => {
        await rename(context, reader.account, typed);
        return c.redirect("/settings?said=saved", 303);
      },
      profileAgain(c, reader, typed),
    );
  });
  app.post("/settings/email", async (c) => {
    const reader = await changing(c);
    const email = (await readForm(c)).text("email");
    return orAgain(
      async () => {
        const to = atField("email", () => parseMailAddress(email));
        await askForAddress(parts, reader.account, to);
        return c.redirect("/settings?said=asked", 303);
      },
      profileAgain(c, reader, { email }),
    );
  });
  app.get("/settings/email/:token", async (c) => {
    const wish = await accounts.findEmailChange(hashSecret(c.req.param("token")));
    if (!wish) return linkGone(c);
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
    if (!wish || (done !== "done" && done !== "waits")) return linkGone(c);
    if (done === "done") await tell(parts, wish.account, emailChangedWords(context.settings.siteName));
    const text =
      done === "done"
        ? "The address was changed."
        : "Thank you. The other mailbox got a link, too: once both are confirmed, the address changes.";
    return show(c, personal(askPage({ site, title: "Confirmed", text }), "Confirmed"));
  });
}

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
  const page = async (c: Context, { account, sessionId, site }: Reader, told: { said?: string; problem?: Problem }) => {
    const [open, passkeys, logins] = await Promise.all([
      sessions.list(account.id),
      sessions.listPasskeys(account.id),
      sessions.listLogins(account.id),
    ]);
    const { providers } = signInOf(context);
    const view = { site, account, sessions: open, current: sessionId, passkeys, logins, providers, ...told };
    return show(c, personal(signInSettingsPage(view), "Signing in", told.problem?.status));
  };
  /** One of several things ends; whatever stands in the way of that is said where they are listed. */
  const ending = (path: string, saying: string, end: (account: StoredAccount, id: string) => Promise<void>) =>
    app.post(path, async (c) => {
      const reader = await changing(c);
      const id = (await readForm(c)).text("id");
      return orAgain(
        async () => {
          await end(reader.account, id);
          return c.redirect(`/settings/sign-in?said=${saying}`, 303);
        },
        (problem) => page(c, reader, { problem }),
      );
    });
  app.get("/settings/sign-in", async (c) => {
    const error = c.req.query("error");
    if (error === undefined) return page(c, await reading(c), { said: said(c) });
    const message = WAYS_BACK[error] ?? "The other site's account could not be connected.";
    return page(c, await reading(c), { problem: { field: undefined, message, status: 200 } });
  });
  ending("/settings/sessions/end", "ended", async ({ id: by }, id) => {
    if (!(await sessions.end(by, id))) throw notFound("That browser is signed out already.");
  });
  app.post("/settings/sessions/end-all", async (c) => {
    const { account } = await changing(c);
    await sessions.endAll(account.id);
    return leave(c, "/sign-in", await signInOf(context).signOut(c.req.raw));
  });
  ending("/settings/passkeys/remove", "removed", async ({ id: by }, id) => {
    if (!(await sessions.removePasskey(by, id))) throw notFound("There is no such passkey of yours.");
  });
  ending("/settings/logins/remove", "removed", async ({ id: by, emailVerified }, id) => {
    if (!emailVerified) throw conflict("Add a mail address first, or you could not sign in any more.");
    if (!(await sessions.removeLogin(by, id))) throw notFound("That site is not connected.");
  });
}

function addData(app: Hono, parts: AccountParts, { reading, changing }: Doors): void {
  const { store, settings } = parts.context;
  const show = shower(parts);
  const farewell = async (c: Context, { reader: _gone, ...nobody }: Site) => {
    const cookies = await signInOf(parts.context).signOut(c.req.raw);
    const text = `Your account at ${settings.siteName} is gone, with all that belonged to it.`;
    const answer = await show(c, personal(askPage({ site: nobody, title: "Deleted", text }), "Deleted"));
    for (const cookie of cookies) answer.headers.append("Set-Cookie", cookie);
    return answer;
  };
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
    const typed = (await readForm(c)).text("handle");
    return orAgain(
      async () => {
        if (typed.trim().replace(/^@/, "") !== account.handle) {
          throw new FieldError("handle", invalid(`Type ${account.handle} to confirm. Nothing was deleted.`));
        }
        if ((await store.accounts.erase(account.id)) === "last-admin") {
          throw conflict("You are the only administrator. Make somebody else one first.");
        }
        return farewell(c, site);
      },
      (problem) => show(c, personal(dataPage({ site, account, typed, problem }), "Your data", problem.status)),
    );
  });
}
