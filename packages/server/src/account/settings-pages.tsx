/** One's own account: names, address, ways in, browsers, data. */
import { hasNoAddress, type Provider } from "@paperwire/accounts";
import type { Login, Passkey, StoredAccount, StoredSession } from "@paperwire/store";
import type { ComponentChildren } from "preact";
import { fieldMarks, type Problem, ProblemLine } from "../field-problem.tsx";
import type { Site } from "../site.ts";
import { Layout } from "../views/layout.tsx";
import { EMAIL_CHARS_MAX } from "../views/subscribe-form.tsx";
import { NameFields } from "./sign-in-pages.tsx";

type FrameProps = Told & { site: Site; title: string; here: string; children: ComponentChildren };

/** What is said about the last act: that it is done, or why not. */
export type Told = { said?: string | undefined; problem?: Problem | undefined };

const PAGES = [
  ["/settings", "Profile"],
  ["/settings/sign-in", "Signing in"],
  ["/settings/tokens", "API tokens"],
  ["/settings/data", "Your data"],
] as const;

export function SettingsFrame({ site, title, here, said, problem, children }: FrameProps) {
  return (
    <Layout site={site} title={title} path={here} indexed={false}>
      <article class="prose">
        <h1>{title}</h1>
        <nav class="switch" aria-label="Settings">
          {PAGES.map(([path, name]) => (
            <a href={path} aria-current={path === here ? "page" : undefined}>
              {name}
            </a>
          ))}
        </nav>
        {said && (
          <p class="notice" role="status">
            {said}
          </p>
        )}
        <ProblemLine problem={problem} />
        {children}
      </article>
    </Layout>
  );
}

type WithAccount = Told & { site: Site; account: StoredAccount };

/** @param typed what was sent and cannot be taken as it is */
export function profilePage({
  site,
  account,
  typed = {},
  ...told
}: WithAccount & { typed?: { handle?: string; name?: string; email?: string } }) {
  const { email, emailVerified } = account;
  const { handle = account.handle, name = account.name === account.handle ? "" : account.name } = typed;
  const { problem } = told;
  return (
    <SettingsFrame site={site} title="Profile" here="/settings" {...told}>
      <form class="wishes" method="post" action="/settings">
        <NameFields handle={handle} name={name} problem={problem} />
        <button type="submit">Save</button>
        <p>
          <small>What you were called before stays yours: nobody else gets it, and links to it lead to you.</small>
        </p>
      </form>
      <h2>Mail address</h2>
      <p>
        {hasNoAddress(email) ? (
          "None yet: add one to sign in by mail and to get notifications."
        ) : (
          <>
            <b>{email}</b>
            {!emailVerified && ", not confirmed"}. Nobody else sees it.
          </>
        )}
      </p>
      <form class="stacked" method="post" action="/settings/email">
        <label for="new-email">Another address</label>
        <span class="field">
          <input
            id="new-email"
            type="email"
            name="email"
            required
            maxLength={EMAIL_CHARS_MAX}
            autocomplete="email"
            value={typed.email}
            {...fieldMarks({ field: "email", problem })}
          />
          <button type="submit">Mail a link to it</button>
        </span>
        <ProblemLine field="email" problem={problem} />
        <small>
          It changes once you press the buttons behind that link and the one mailed to the address you have now.
        </small>
      </form>
      <p>
        You are a <b>{account.role}</b> here{account.orcid && `; ORCID ${account.orcid}`}.
      </p>
    </SettingsFrame>
  );
}

type SignInProps = WithAccount & {
  sessions: readonly StoredSession[];
  /** Of this browser. */
  current: string;
  passkeys: readonly Passkey[];
  logins: readonly Login[];
  providers: readonly Provider[];
};

export function signInSettingsPage({ site, said, problem, ...own }: SignInProps) {
  const { sessions, current, passkeys, logins, providers } = own;
  return (
    <SettingsFrame site={site} title="Signing in" here="/settings/sign-in" said={said} problem={problem}>
      <h2>Where you are signed in</h2>
      <ul class="own-things">
        {sessions.map(({ id, userAgent, createdAt }) => (
          <li>
            <span>
              <b>{browserName(userAgent)}</b>
              {id === current && ", this browser"}
              <small>since {createdAt.slice(0, 10)}</small>
            </span>
            <ThingForm action="/settings/sessions/end" id={id} label={`Sign out ${browserName(userAgent)}`}>
              Sign out
            </ThingForm>
          </li>
        ))}
      </ul>
      <form method="post" action="/settings/sessions/end-all">
        <button type="submit">Sign out everywhere</button>
      </form>
      <h2>Passkeys</h2>
      <p>Sign in with your device's own lock instead of a mail.</p>
      <ul class="own-things">
        {passkeys.map(({ id, name, createdAt }) => (
          <li>
            <span>
              <b>{name || "Passkey"}</b>
              <small>since {createdAt.slice(0, 10)}</small>
            </span>
            <ThingForm action="/settings/passkeys/remove" id={id} label={`Remove ${name || "passkey"}`}>
              Remove
            </ThingForm>
          </li>
        ))}
      </ul>
      <p class="passkey field" hidden data-passkey="register" data-next="/settings/sign-in?said=passkey">
        <input type="text" maxLength={60} aria-label="Name of the new passkey" placeholder="My laptop" />{" "}
        <button type="button">Add a passkey</button>
        <span role="status" />
      </p>
      <noscript>
        <p>Adding one needs scripts; everything else works without.</p>
      </noscript>
      {providers.length > 0 && <Providers providers={providers} logins={logins} />}
      <script type="module" src={site.assets.url("passkey.js")} />
    </SettingsFrame>
  );
}

function Providers({ providers, logins }: Pick<SignInProps, "providers" | "logins">) {
  return (
    <>
      <h2>Other sites</h2>
      <ul class="own-things">
        {providers.map(({ id, name }) => {
          const login = logins.find(({ provider }) => provider === id);
          return (
            <li>
              <span>
                <b>{name}</b>
                <small>{login ? `connected since ${login.createdAt.slice(0, 10)}` : "not connected"}</small>
              </span>
              {login ? (
                <ThingForm action="/settings/logins/remove" id={id} label={`Disconnect ${name}`}>
                  Disconnect
                </ThingForm>
              ) : (
                <form method="post" action={`/sign-in/with/${id}`}>
                  <input type="hidden" name="link" value="yes" />
                  <button type="submit">Connect</button>
                </form>
              )}
            </li>
          );
        })}
      </ul>
    </>
  );
}

type ThingProps = { action: string; id: string; label: string; children: ComponentChildren };

export function ThingForm({ action, id, label, children }: ThingProps) {
  return (
    <form method="post" action={action}>
      <input type="hidden" name="id" value={id} />
      <button type="submit" aria-label={label}>
        {children}
      </button>
    </form>
  );
}

export function dataPage({ site, account, typed, ...told }: WithAccount & { typed?: string }) {
  return (
    <SettingsFrame site={site} title="Your data" here="/settings/data" {...told}>
      <p>
        <a href="/settings/data.json">Everything kept about you, as JSON</a>
      </p>
      <h2>Delete the account</h2>
      <p>
        At once and for good: your sessions, votes, tokens, collections and private things are gone, and what you wrote
        with papers that you put forward. Download your data first if you want to keep them. Nobody else gets your
        handle.
      </p>
      <p>
        What stays: comments as empty places, papers you put forward, and lines of the public log, all without your
        name; links and summaries that you set as an author, as they stand on the paper.
      </p>
      <form class="stacked" method="post" action="/settings/delete">
        <label for="delete-handle">
          Type <b>{account.handle}</b> to confirm
        </label>
        <span class="field">
          <input
            id="delete-handle"
            type="text"
            name="handle"
            required
            autocomplete="off"
            autocapitalize="none"
            value={typed}
            {...fieldMarks({ field: "handle", problem: told.problem })}
          />
          <button type="submit">Delete my account</button>
        </span>
        <ProblemLine field="handle" problem={told.problem} />
      </form>
    </SettingsFrame>
  );
}

/** A page with one sentence and at most one button, or a link. */
export function askPage({
  site,
  title,
  text,
  action,
  button,
  link,
}: Record<"title" | "text", string> & { site: Site; action?: string; button?: string; link?: [string, string] }) {
  return (
    <Layout site={site} title={title} path="/settings" indexed={false}>
      <article class="prose door">
        <h1>{title}</h1>
        <p>{text}</p>
        {action && (
          <form method="post" action={action}>
            <button type="submit" class="main-button">
              {button}
            </button>
          </form>
        )}
        {link && (
          <p>
            <a href={link[0]}>{link[1]}</a>
          </p>
        )}
      </article>
    </Layout>
  );
}

const BROWSERS = ["Edg", "OPR", "Firefox", "Chrome", "Safari"];
const SYSTEMS = ["Android", "iPhone", "iPad", "Windows", "Mac OS X", "Linux"];
const NICER: Record<string, string> = { Edg: "Edge", OPR: "Opera", "Mac OS X": "Mac" };

/** "Firefox on Linux": enough for people to know their own. */
export function browserName(userAgent: string): string {
  const [browser, system] = [BROWSERS, SYSTEMS].map((names) => names.find((name) => userAgent.includes(name)));
  const nicer = (name: string) => NICER[name] ?? name;
  if (!browser) return "A browser";
  return system ? `${nicer(browser)} on ${nicer(system)}` : nicer(browser);
}
