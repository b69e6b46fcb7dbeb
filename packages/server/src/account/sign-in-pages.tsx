/** The pages of signing in; each works without scripts. */
import { INVITE_WANTED, LINK_MINUTES, type Provider } from "@paperwire/accounts";
import { HANDLE_CHARS, NAME_CHARS_MAX } from "@paperwire/domain";
import type { ComponentChildren } from "preact";
import { fieldMarks, type Problem, ProblemLine } from "../field-problem.tsx";
import type { Site } from "../site.ts";
import { Layout } from "../views/layout.tsx";
import { EMAIL_CHARS_MAX } from "../views/subscribe-form.tsx";

/** What another site's answer means for a person, by its code. */
export const WAYS_BACK: Readonly<Record<string, string>> = {
  account_not_linked:
    "There is an account with this address already. Sign in by mail first, then connect the other site in your settings.",
  access_denied: "The other site was told not to say who you are. Nothing has changed.",
  email_not_found:
    "The other site gave no confirmed mail address. Sign in by mail first, then connect it in your settings.",
  unable_to_get_user_info:
    "The other site did not say who you are. Try again in a few minutes, or sign in by mail; nothing has changed.",
  account_already_linked_to_different_user:
    "That account of the other site belongs to another account here. Sign in with it, and disconnect it there first.",
  invitation_wanted: INVITE_WANTED,
  invalid_code: "The other site took its word back, perhaps because it took too long. Try again.",
  other: "That did not work. Try again, or sign in by mail.",
};

/** @param problem of no field: what another site said, or a link that does not work */
export function signInPage({ site, ways, problem }: { site: Site; ways: Omit<WaysProps, "site">; problem?: string }) {
  const required = site.settings.invites === "required" && ways.invite === undefined;
  return (
    <Layout site={site} title="Sign in" path="/sign-in" indexed={false}>
      <article class="prose door">
        <h1>Sign in</h1>
        {problem && (
          <p class="notice" role="alert">
            {problem}
          </p>
        )}
        <p>To upvote, comment, put papers forward and keep collections. There are no passwords.</p>
        {required && (
          <p class="notice">
            New accounts need an invitation here: ask somebody who has one for a link, and open it first.
          </p>
        )}
        <WaysIn site={site} {...ways} />
      </article>
    </Layout>
  );
}

type WaysProps = {
  site: Site;
  next: string;
  providers: readonly Provider[];
  invite?: string;
  /** What was typed, and what is wrong with it. */
  email?: string;
  emailProblem?: Problem;
};

/** Every way in; an invitation goes with each of them. */
export function WaysIn({ site, next, providers, invite, email, emailProblem }: WaysProps) {
  const required = site.settings.invites === "required" && invite === undefined;
  const carried: ComponentChildren = (
    <>
      <input type="hidden" name="next" value={next} />
      {invite !== undefined && <input type="hidden" name="invite" value={invite} />}
    </>
  );
  return (
    <>
      <form class="stacked" method="post" action="/sign-in">
        {carried}
        <label for="sign-in-email">Your mail address</label>
        <span class="field">
          <input
            id="sign-in-email"
            type="email"
            name="email"
            required
            maxLength={EMAIL_CHARS_MAX}
            autocomplete="username webauthn"
            placeholder="you@example.org"
            value={email}
            {...fieldMarks({ field: "email", problem: emailProblem })}
          />
          <button type="submit">Mail me a link</button>
        </span>
        <ProblemLine field="email" problem={emailProblem} />
        {!required && <small>New here? The same link makes your account.</small>}
      </form>
      {invite === undefined && (
        <p class="passkey" hidden data-passkey="sign-in" data-next={next}>
          <button type="button">Sign in with a passkey</button>
          <span role="status" />
        </p>
      )}
      {providers.map(({ id, name }) => (
        <form method="post" action={`/sign-in/with/${id}`}>
          {carried}
          <button type="submit">Sign in with {name}</button>
        </form>
      ))}
      <p class="credit">Signing in sets one cookie, for this site only, that says who you are. Visitors get none.</p>
      {invite === undefined && <script type="module" src={site.assets.url("passkey.js")} />}
    </>
  );
}

/** For an address that nobody has an account with, where new ones need an invitation. */
export function inviteWantedPage(site: Site, email: string) {
  return (
    <Layout site={site} title="You need an invitation" path="/sign-in" indexed={false}>
      <article class="prose door">
        <h1>You need an invitation</h1>
        <p>
          There is no account with the address <b>{email}</b>. {INVITE_WANTED}
        </p>
        <p>
          <a href="/sign-in">Sign in with another address</a>
        </p>
      </article>
    </Layout>
  );
}

export function sentPage(site: Site) {
  return (
    <Layout site={site} title="Look into your mailbox" path="/sign-in" indexed={false}>
      <article class="prose door">
        <h1>Look into your mailbox</h1>
        <p>
          If the address is right, a mail with a link is on its way. The link works once, within {LINK_MINUTES} minutes.
        </p>
        <p>
          Nothing there after a few minutes? Look into the folder for junk, or <a href="/sign-in">ask again</a>.
        </p>
      </article>
    </Layout>
  );
}

export function linkPage({ site, email, action }: { site: Site; email: string; action: string }) {
  return (
    <Layout site={site} title="Sign in" path="/sign-in" indexed={false}>
      <article class="prose door">
        <h1>Sign in</h1>
        <p>
          You are about to sign in to {site.settings.siteName} as <b>{email}</b>.
        </p>
        <form method="post" action={action}>
          <button type="submit" class="main-button">
            Sign in
          </button>
        </form>
        <p>Is that not your address? Then close this page: somebody sent you their own link.</p>
      </article>
    </Layout>
  );
}

type Names = { handle: string; name: string; problem?: Problem | undefined };

export function NameFields({ handle, name, problem }: Names) {
  return (
    <>
      <p>
        <label>
          <span>Handle, shown as @{(problem?.field !== "handle" && handle) || "you"}</span>
          <input
            type="text"
            name="handle"
            required
            minLength={HANDLE_CHARS.least}
            maxLength={HANDLE_CHARS.most}
            pattern="@?[A-Za-z0-9]+(-[A-Za-z0-9]+)*"
            value={handle}
            autocomplete="off"
            autocapitalize="none"
            spellcheck={false}
            {...fieldMarks({ field: "handle", problem })}
          />
        </label>
        <small>
          {HANDLE_CHARS.least} to {HANDLE_CHARS.most} letters a to z, digits, hyphens inside.
        </small>
      </p>
      <ProblemLine field="handle" problem={problem} />
      <p>
        <label>
          <span>Name, if you like</span>
          <input
            type="text"
            name="name"
            maxLength={NAME_CHARS_MAX}
            value={name}
            autocomplete="name"
            {...fieldMarks({ field: "name", problem })}
          />
        </label>
      </p>
      <ProblemLine field="name" problem={problem} />
    </>
  );
}

export function welcomePage({ site, next, ...names }: Names & { site: Site; next: string }) {
  return (
    <Layout site={site} title="Welcome" path="/welcome" indexed={false}>
      <article class="prose door">
        <h1>Welcome</h1>
        <p>You are signed in. How should others call you? Your mail address is shown to nobody.</p>
        <form class="wishes" method="post" action="/welcome">
          <input type="hidden" name="next" value={next} />
          <NameFields {...names} />
          <button type="submit" class="main-button">
            Save and go on
          </button>
        </form>
        <p>
          <a href={next}>Later</a>: until then you are @{site.reader?.handle}.
        </p>
      </article>
    </Layout>
  );
}

type FirstAdmin = { site: Site; action: string; email?: string; problem?: Problem };

export function firstAdminPage({ site, action, email, problem }: FirstAdmin) {
  return (
    <Layout site={site} title="First administrator" path="/first-admin" indexed={false}>
      <article class="prose door">
        <h1>First administrator</h1>
        <ProblemLine problem={problem} />
        <p>
          {site.settings.siteName} has no administrator yet. Whoever has this link becomes one; it works once. Later you
          sign in by links that are mailed to your address.
        </p>
        <form class="stacked" method="post" action={action}>
          <label for="admin-email">Your mail address</label>
          <span class="field">
            <input
              id="admin-email"
              type="email"
              name="email"
              required
              maxLength={EMAIL_CHARS_MAX}
              autocomplete="email"
              value={email}
              {...fieldMarks({ field: "email", problem })}
            />
            <button type="submit">Become administrator</button>
          </span>
          <ProblemLine field="email" problem={problem} />
        </form>
      </article>
    </Layout>
  );
}

/** On the way to another site: a page of ours, because our forms may only lead to ourselves. */
export function goOnPage({ site, url }: { site: Site; url: string }) {
  return (
    <Layout
      site={site}
      title="Go on"
      path="/sign-in"
      indexed={false}
      head={<meta http-equiv="refresh" content={`0;url=${url}`} />}
    >
      <article class="prose door">
        <h1>One moment</h1>
        <p>
          <a href={url}>Go on to {new URL(url).host}</a>
        </p>
      </article>
    </Layout>
  );
}
