/** Other sites that may say who somebody is: GitHub, ORCID, and one issuer of the operator's choice. */
import { type GenericOAuthConfig } from "better-auth/plugins";
import { type GithubOptions, githubProvider } from "./github.ts";

export type ClientKeys = { clientId: string; clientSecret: string };

export type ProviderOptions = {
  github?: GithubOptions;
  /** `site` is `https://orcid.org` by default; `https://sandbox.orcid.org` is for trying out. */
  orcid?: ClientKeys & { site?: string };
  /** Any OpenID Connect issuer: a university's or a company's single sign-on. */
  oidc?: ClientKeys & { issuer: string; name: string };
};

export type Provider = { id: "github" | "orcid" | "oidc"; name: string };

/** ORCID gives no address: the account has none until its owner adds one, and mail to this domain goes nowhere. @source RFC 2606 */
const NO_MAIL_DOMAIN = "orcid.invalid";

/** Whether an account has no address of its own yet. */
export const hasNoAddress = (email: string) => email.endsWith(".invalid");

export function listProviders({ github, orcid, oidc }: ProviderOptions): Provider[] {
  return [
    ...(github ? [{ id: "github", name: "GitHub" } as const] : []),
    ...(orcid ? [{ id: "orcid", name: "ORCID" } as const] : []),
    ...(oidc ? [{ id: "oidc", name: oidc.name } as const] : []),
  ];
}

/** @source ORCID, "OAuth and OpenID Connect": explicit addresses, because its discovery document is one request more at each start */
export function genericProviders({ github, orcid, oidc }: ProviderOptions): GenericOAuthConfig[] {
  const configs: GenericOAuthConfig[] = github ? [githubProvider(github)] : [];
  if (orcid) {
    const { site = "https://orcid.org", ...keys } = orcid;
    configs.push({
      ...keys,
      providerId: "orcid",
      authorizationUrl: `${site}/oauth/authorize`,
      tokenUrl: `${site}/oauth/token`,
      userInfoUrl: `${site}/oauth/userinfo`,
      scopes: ["openid"],
      accountSubject: ({ profile }) => String(profile.sub ?? ""),
      mapProfileToUser: orcidProfile,
    });
  }
  if (oidc) {
    const { issuer, name, ...keys } = oidc;
    configs.push({
      ...keys,
      providerId: "oidc",
      name,
      discoveryUrl: `${issuer.replace(/\/$/, "")}/.well-known/openid-configuration`,
      scopes: ["openid", "email", "profile"],
      requireIdTokenVerification: true,
      mapProfileToUser: (profile) => ({
        name: String(profile.name ?? ""),
        email: String(profile.email ?? ""),
        emailVerified: profile["email_verified"] === true,
      }),
    });
  }
  return configs;
}

export function orcidProfile(profile: Readonly<Record<string, unknown>>) {
  const names = [profile["given_name"], profile["family_name"]].filter((part) => typeof part === "string");
  return {
    name: typeof profile["name"] === "string" ? profile["name"] : names.join(" "),
    email: `${String(profile["sub"])}@${NO_MAIL_DOMAIN}`,
    emailVerified: false,
  };
}
