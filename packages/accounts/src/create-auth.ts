/** better-auth as this site uses it: our tables, our ids, no passwords, nothing kept that is not needed. */
import { kyselyAdapter } from "@better-auth/kysely-adapter";
import { passkey } from "@better-auth/passkey";
import { NAME_CHARS_MAX, parseName, provisionalHandle } from "@paperwire/domain";
import type { AuthDatabase, SessionStore } from "@paperwire/store";
import { type BetterAuthOptions, betterAuth } from "better-auth";
import { genericOAuth, magicLink } from "better-auth/plugins";
import { withHashedSessions } from "./hashed-sessions.ts";
import type { InvitedSignUps } from "./invited-sign-up.ts";
import { genericProviders, listProviders, type ProviderOptions } from "./providers.ts";
import { randomLetters } from "./secrets.ts";

/** Where other sites send people back to, and where passkeys talk to the library. */
export const AUTH_PATH = "/auth";

/** A link out of a mail. Long enough for mail that is held back for its first delivery. */
export const LINK_MINUTES = 30;

/** From the last sign-in; not made longer by use. */
export const SESSION_DAYS = 90;
const DAY_SECONDS = 86_400;

export type AuthOptions = {
  database: AuthDatabase;
  sessions: Pick<SessionStore, "setOrcid">;
  /** `https://papers.example.org` */
  baseUrl: string;
  siteName: string;
  /** Signs cookies; at least 32 random bytes as text, kept with the instance. */
  secret: string;
  providers: ProviderOptions;
  /** Told what went wrong inside the library; never a token or an address. */
  onProblem: (message: string) => void;
  /** Asked before an account is made, and told of each one that was. */
  signUps: Pick<InvitedSignUps, "permits" | "made">;
  /** Gets the token of each link that is made, with the order it was made for. */
  onLink: (link: { order: string; token: string }) => void;
};

/** `__Host-` binds a cookie to this very host and to TLS. @source RFC 6265bis 4.1.3.2 */
export const cookiePrefix = (baseUrl: string) => (baseUrl.startsWith("https:") ? "__Host-paperwire" : "paperwire");

export type Auth = ReturnType<typeof createAuth>;

export function createAuth(options: AuthOptions) {
  const { database, baseUrl, siteName, secret, providers, onProblem, onLink } = options;
  return betterAuth({
    appName: siteName,
    baseURL: baseUrl,
    basePath: AUTH_PATH,
    secret,
    database: (betterAuthOptions: BetterAuthOptions) =>
      withHashedSessions(
        kyselyAdapter(database.kysely as never, { type: "postgres", transaction: true })(betterAuthOptions),
      ),
    telemetry: { enabled: false },
    // Our own limits stand before every door; see packages/server.
    rateLimit: { enabled: false },
    logger: { level: "warn", log: (level, message) => onProblem(`${level}: ${message}`) },
    onAPIError: { errorURL: `${baseUrl}/sign-in` },
    ...TABLES,
    session: { ...TABLES.session, expiresIn: SESSION_DAYS * DAY_SECONDS, disableSessionRefresh: true },
    account: {
      ...TABLES.account,
      updateAccountOnSignIn: false,
      // Nobody's account is joined with another site's because the address is the same: its owner says so, signed in.
      accountLinking: {
        enabled: true,
        disableImplicitLinking: true,
        allowDifferentEmails: true,
        trustedProviders: listProviders(providers).map(({ id }) => id),
      },
    },
    plugins: [
      magicLink({
        expiresIn: LINK_MINUTES * 60,
        storeToken: "hashed",
        sendMagicLink: async ({ token, metadata }) => onLink({ order: String(metadata?.["order"]), token }),
      }),
      passkey({
        rpID: new URL(baseUrl).hostname,
        rpName: siteName,
        schema: { passkey: { modelName: "passkeys", fields: PASSKEY_FIELDS } },
      }),
      genericOAuth({ config: genericProviders(providers) }),
    ],
    databaseHooks: hooks(options),
    advanced: {
      useSecureCookies: false,
      cookiePrefix: cookiePrefix(baseUrl),
      defaultCookieAttributes: { secure: baseUrl.startsWith("https:"), sameSite: "lax", httpOnly: true, path: "/" },
      database: { generateId: () => database.newId() },
      ipAddress: { disableIpTracking: true },
    },
  });
}

const TIMES = { createdAt: "created_at", updatedAt: "updated_at" } as const;

const TABLES = {
  user: {
    modelName: "accounts",
    fields: { ...TIMES, emailVerified: "email_verified" },
    // Roles and trust are not among its fields: whatever a request says, the library can't write them.
    additionalFields: { handle: { type: "string", required: false, input: false } },
  },
  session: {
    modelName: "sessions",
    fields: {
      ...TIMES,
      userId: "account_id",
      expiresAt: "expires_at",
      ipAddress: "ip_address",
      userAgent: "user_agent",
    },
  },
  account: {
    modelName: "logins",
    fields: {
      ...TIMES,
      userId: "account_id",
      accountId: "subject",
      providerId: "provider",
      accessToken: "access_token",
      refreshToken: "refresh_token",
      idToken: "id_token",
      accessTokenExpiresAt: "access_token_expires_at",
      refreshTokenExpiresAt: "refresh_token_expires_at",
    },
  },
  verification: { modelName: "verifications", fields: { ...TIMES, expiresAt: "expires_at" } },
} as const;

const PASSKEY_FIELDS = {
  publicKey: "public_key",
  userId: "account_id",
  credentialID: "credential_id",
  deviceType: "device_type",
  backedUp: "backed_up",
  createdAt: "created_at",
};

/** What another site's answer brings beside who it was. */
const FORGOTTEN = {
  accessToken: null,
  refreshToken: null,
  idToken: null,
  accessTokenExpiresAt: null,
  refreshTokenExpiresAt: null,
};

const USER_AGENT_CHARS = 300;

function hooks({ sessions, signUps }: Pick<AuthOptions, "sessions" | "signUps">) {
  return {
    user: {
      create: {
        // A name may come from another site; a picture would be a request to it.
        before: async (user: { name: string }) => {
          if (!signUps.permits()) return false;
          const handle = provisionalHandle(randomLetters());
          return {
            data: { ...user, image: null, handle, name: parseName(user.name.slice(0, NAME_CHARS_MAX)) || handle },
          };
        },
        after: async ({ id }: { id: string }) => signUps.made(id),
      },
    },
    session: {
      create: {
        before: async (session: { userAgent?: string | null | undefined }) => ({
          data: { ...session, ipAddress: "", userAgent: (session.userAgent ?? "").slice(0, USER_AGENT_CHARS) },
        }),
      },
    },
    account: {
      create: {
        before: async (account: object) => ({ data: { ...account, ...FORGOTTEN } }),
        after: async (account: { providerId: string; accountId: string; userId: string }) => {
          if (account.providerId === "orcid") await sessions.setOrcid(account.userId, account.accountId);
        },
      },
      update: { before: async (account: object) => ({ data: { ...account, ...FORGOTTEN } }) },
    },
  };
}
