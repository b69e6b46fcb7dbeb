/** Puts the ways in together: the library's for strangers, our own look-ups for everybody who is known already. */
import type { InviteMode } from "@paperwire/domain";
import type { Store } from "@paperwire/store";
import { type Asking } from "./account-desk.ts";
import { AUTH_PATH, type Auth, type AuthOptions, cookiePrefix, createAuth } from "./create-auth.ts";
import { type InvitedSignUps, inviteWanted, openInvitedSignUps } from "./invited-sign-up.ts";
import { listProviders, type ProviderOptions } from "./providers.ts";
import { API_TOKEN_PREFIX, hashSecret, newSecret } from "./secrets.ts";
import { readSessionToken } from "./session-cookie.ts";
import type { CurrentSession, PasskeyStep, SignedIn, SignInDesk } from "./sign-in-desk.ts";

export type SignInOptions = {
  store: Pick<Store, "accounts" | "sessions" | "apiTokens" | "settings" | "authDatabase" | "invites">;
  baseUrl: string;
  siteName: string;
  providers: ProviderOptions;
  /** Whether people come by invitations. */
  invites: InviteMode;
  clock: () => number;
  /** Makes the key that signs cookies, the first time; at least 32 random bytes as text. */
  newKey: () => string;
  onProblem: AuthOptions["onProblem"];
};

const KEY_SETTING = "sign-in-key";

const PASSKEY_PATHS: Record<PasskeyStep, string> = {
  "register-options": "generate-register-options",
  register: "verify-registration",
  "sign-in-options": "generate-authenticate-options",
  "sign-in": "verify-authentication",
};

type Parts = SignInOptions & {
  auth: Auth;
  cookieName: string;
  secret: string;
  /** By a number of our own: who waits for the token of the link that is being made. */
  links: Map<string, (token: string) => void>;
  signUps: InvitedSignUps;
};

export async function openSignIn(options: SignInOptions): Promise<SignInDesk> {
  const { store } = options;
  const secret = await store.settings.keep(KEY_SETTING, options.newKey);
  const links: Parts["links"] = new Map();
  const signUps = openInvitedSignUps({ mode: options.invites, invites: store.invites, clock: options.clock });
  const auth = createAuth({
    ...options,
    signUps,
    secret,
    database: store.authDatabase,
    sessions: store.sessions,
    onLink: ({ order, token }) => links.get(order)?.(token),
  });
  const parts: Parts = {
    ...options,
    auth,
    secret,
    links,
    signUps,
    cookieName: `${cookiePrefix(options.baseUrl)}.session_token`,
  };
  return {
    providers: listProviders(options.providers),
    maySpeakFor: (request) => typeof bearerOf(request) === "string" || hasCookie(parts, request),
    accountOf: (request) => accountOf(parts, request),
    sessionOf: (request) => sessionOf(parts, request),
    makeLink: (email) => makeLink(parts, email),
    findLink: (token) => findLink(parts, token),
    openLink: (token, request, by) => openLink(parts, { token, request, by }),
    signOut: (request) => signOut(parts, request),
    startProvider: (start) => startProvider(parts, start),
    finishProvider: (request) => finishProvider(parts, request),
    passkeyStep: (step, request) => passkeyStep(parts, step, request),
  };
}

/** Null for another service's token: clients send theirs to whatever address they are pointed at. */
function bearerOf(request: Request): string | null | undefined {
  const [, token] = /^Bearer\s+(.+)$/i.exec(request.headers.get("authorization") ?? "") ?? [];
  if (token === undefined) return undefined;
  return token.startsWith(API_TOKEN_PREFIX) ? token : null;
}

const hasCookie = ({ cookieName }: Parts, request: Request) =>
  request.headers.get("cookie")?.includes(`${cookieName}=`) ?? false;

async function accountOf(parts: Parts, request: Request): Promise<Asking | undefined> {
  const bearer = bearerOf(request);
  if (bearer === null) return undefined;
  if (bearer === undefined) return (await sessionOf(parts, request))?.account;
  const found = await parts.store.apiTokens.use(hashSecret(bearer));
  // A lost token must not be the loss of an office: what curators, moderators and admins may needs their session.
  return found ? { ...found.account, role: "reader", scopes: found.scopes } : undefined;
}

async function sessionOf(parts: Parts, request: Request): Promise<CurrentSession | undefined> {
  if (!hasCookie(parts, request)) return undefined;
  const token = readSessionToken(request.headers.get("cookie") ?? "", parts.cookieName, parts.secret);
  if (token === null) return undefined;
  const found = await parts.store.sessions.findAccount(hashSecret(token));
  return found ?? undefined;
}

async function makeLink({ auth, links }: Parts, email: string): Promise<string> {
  const order = newSecret();
  let token: string | undefined;
  // The library hands the token to the one who mails it, before it answers.
  links.set(order, (made) => {
    token = made;
  });
  try {
    const body = { email: email.toLowerCase(), metadata: { order } };
    await auth.api.signInMagicLink({ body, headers: new Headers() });
  } finally {
    links.delete(order);
  }
  if (token === undefined) throw new Error("the library made a link without a token");
  return token;
}

/** As the library stores the links it makes. @source better-auth 1.7, plugins/magic-link: SHA-256, base64url */
const linkIdentifier = (token: string) => `magic-link:${hashSecret(token)}`;

async function findLink({ auth }: Parts, token: string): Promise<string | null> {
  const { internalAdapter } = await auth.$context;
  const found = await internalAdapter.findVerificationValue(linkIdentifier(token));
  if (!found || new Date(found.expiresAt).getTime() <= Date.now()) return null;
  const { email } = JSON.parse(found.value) as { email?: string };
  return email ?? null;
}

type Opening = { token: string; request: Request; by: Parameters<SignInDesk["openLink"]>[2] };

async function openLink(parts: Parts, { token, request, by = {} }: Opening): Promise<SignedIn | null> {
  const { auth, store, signUps } = parts;
  const email = await findLink(parts, token);
  if (email === null) return null;
  const known = await store.accounts.findByEmail(email);
  const before = await sessionOf(parts, request);
  const verify = () => auth.api.magicLinkVerify({ query: { token }, headers: ownHeaders(request), asResponse: true });
  const { result: answer, refused } = await signUps.during(known ? {} : by, verify);
  if (refused) throw inviteWanted();
  if (!answer.ok) return null;
  if (before) await store.sessions.end(before.account.id, before.sessionId);
  const stored = await store.accounts.findByEmail(email);
  if (!stored) return null;
  const { email: _address, emailVerified: _verified, ...account } = stored;
  return { account, cookies: answer.headers.getSetCookie(), isNew: known === null };
}

/** Of a browser's headers, what the library may know for a sign-in. */
function ownHeaders(request: Request): Headers {
  return new Headers({ "user-agent": request.headers.get("user-agent") ?? "" });
}

async function signOut(parts: Parts, request: Request): Promise<string[]> {
  const current = await sessionOf(parts, request);
  if (current) await parts.store.sessions.end(current.account.id, current.sessionId);
  const { name, attributes } = (await parts.auth.$context).authCookies.sessionToken;
  return [`${name}=; Max-Age=0; Path=/; HttpOnly; SameSite=Lax${attributes.secure ? "; Secure" : ""}`];
}

async function startProvider(
  { auth, providers, baseUrl }: Parts,
  { provider, request, next, welcome, failed, link, invite }: Parameters<SignInDesk["startProvider"]>[0],
) {
  if (!listProviders(providers).some(({ id }) => id === provider)) return null;
  const body = { provider, callbackURL: next, errorCallbackURL: failed, disableRedirect: true };
  const { headers } = request;
  const answer = link
    ? await auth.api.linkSocialAccount({ body, headers, asResponse: true })
    : await auth.api.signInSocial({ body: { ...body, newUserCallbackURL: welcome }, headers, asResponse: true });
  const { url } = (await answer.json()) as { url?: string };
  if (url === undefined) return null;
  const cookies = answer.headers.getSetCookie();
  return { url, cookies: invite ? [...cookies, inviteCookie(baseUrl, invite)] : cookies };
}

/** Long enough to sign in elsewhere. */
const INVITE_COOKIE_SECONDS = 900;
/** An invitation's token is 43 letters, digits, hyphens and underscores. */
const INVITE_IN_COOKIE = /^[\w-]{20,100}$/;

const inviteCookieName = (baseUrl: string) => `${cookiePrefix(baseUrl)}.invite`;

/** Holds the invitation while its bearer is at another site; ends with the way back. */
function inviteCookie(baseUrl: string, token: string): string {
  const value = INVITE_IN_COOKIE.test(token) ? token : "";
  const seconds = value === "" ? 0 : INVITE_COOKIE_SECONDS;
  const secure = baseUrl.startsWith("https:") ? "; Secure" : "";
  return `${inviteCookieName(baseUrl)}=${value}; Max-Age=${seconds}; Path=/; HttpOnly; SameSite=Lax${secure}`;
}

async function finishProvider({ auth, signUps, baseUrl }: Parts, request: Request): Promise<Response> {
  const name = inviteCookieName(baseUrl);
  const invite = (request.headers.get("cookie") ?? "")
    .split(";")
    .map((part) => part.trim())
    .find((part) => part.startsWith(`${name}=`))
    ?.slice(name.length + 1);
  const { result: answer, refused } = await signUps.during({ invite }, () => auth.handler(request));
  if (invite === undefined && !refused) return answer;
  const headers = new Headers(answer.headers);
  if (refused) headers.set("location", `${baseUrl}/sign-in?error=invitation_wanted`);
  if (invite !== undefined) headers.append("set-cookie", inviteCookie(baseUrl, ""));
  return new Response(answer.body, { status: answer.status, headers });
}

async function passkeyStep({ auth, baseUrl }: Parts, step: PasskeyStep, request: Request): Promise<Response> {
  const target = `${baseUrl}${AUTH_PATH}/passkey/${PASSKEY_PATHS[step]}`;
  const { headers: sent } = request;
  const answer = await auth.handler(
    step.endsWith("-options")
      ? new Request(target, { headers: sent })
      : new Request(target, { method: "POST", headers: sent, body: await request.text() }),
  );
  if (!answer.ok || step.endsWith("-options")) return answer;
  // The library's answer holds the session's token, which no script has to see.
  const headers = new Headers({ "cache-control": "no-store" });
  for (const cookie of answer.headers.getSetCookie()) headers.append("set-cookie", cookie);
  return Response.json({ ok: true }, { headers });
}
