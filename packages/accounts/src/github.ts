/**
 * GitHub as a way in. The library has a provider of its own for it, which takes a public, unconfirmed address for its
 * owner's and cannot be pointed at another host; this one asks for the confirmed addresses alone.
 * @source docs.github.com, "Authorizing OAuth apps", "REST API endpoints for emails"
 */
import { type GenericOAuthConfig } from "better-auth/plugins";

export type GithubOptions = {
  clientId: string;
  clientSecret: string;
  /** Where people say yes; `https://github.com` by default. */
  site?: string;
  /** Who answers who they are; `https://api.github.com` by default. */
  api?: string;
};

/** Somebody waits before the screen. */
const PATIENCE_MS = 10_000;
/** Addresses of one person that are read. */
const EMAILS_MAX = 100;

export function githubProvider({
  site = "https://github.com",
  api = "https://api.github.com",
  ...keys
}: GithubOptions): GenericOAuthConfig {
  return {
    ...keys,
    providerId: "github",
    name: "GitHub",
    authorizationUrl: `${site}/login/oauth/authorize`,
    tokenUrl: `${site}/login/oauth/access_token`,
    scopes: ["user:email"],
    accountSubject: ({ profile }) => String(profile.id ?? ""),
    getUserInfo: async ({ accessToken }) => {
      // GitHub refuses a code with status 200 and an answer that holds no token.
      if (!accessToken) return null;
      const [user, emails] = [await ask(`${api}/user`, accessToken), await ask(`${api}/user/emails`, accessToken)];
      const id = idOf(user);
      if (id === null || !Array.isArray(emails)) return null;
      const email = confirmedAmong(emails.slice(0, EMAILS_MAX));
      return { id, name: nameOf(user), ...(email !== undefined && { email }), emailVerified: email !== undefined };
    },
  };
}

/** @returns null for anything but an answer: the person is told to try again */
async function ask(url: string, token: string): Promise<unknown> {
  try {
    const answer = await fetch(url, {
      headers: {
        accept: "application/vnd.github+json",
        authorization: `Bearer ${token}`,
        // Requests without one are refused.
        "user-agent": "paperwire",
        "x-github-api-version": "2022-11-28",
      },
      redirect: "error",
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    return answer.ok ? await answer.json() : null;
  } catch {
    return null;
  }
}

const textIn = (value: unknown, name: string): string => {
  const found = typeof value === "object" && value !== null ? (value as Record<string, unknown>)[name] : undefined;
  return typeof found === "string" ? found : "";
};

function idOf(user: unknown): string | null {
  const id = typeof user === "object" && user !== null ? (user as { id?: unknown }).id : undefined;
  return typeof id === "number" && Number.isSafeInteger(id) && id > 0 ? String(id) : null;
}

const nameOf = (user: unknown) => textIn(user, "name") || textIn(user, "login");

/** The first choice of its owner, else another that they proved to be theirs; GitHub's own forwarding ones count too. */
function confirmedAmong(emails: readonly unknown[]): string | undefined {
  const confirmed = emails.filter((one) => (one as { verified?: unknown } | null)?.verified === true);
  const first = confirmed.find((one) => (one as { primary?: unknown }).primary === true) ?? confirmed[0];
  return textIn(first, "email") || undefined;
}
