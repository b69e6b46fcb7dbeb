/** The ways in that the configuration allows. */
import { randomBytes } from "node:crypto";
import { openSignIn, type ProviderOptions, type SignInDesk } from "@paperwire/accounts";
import { type Clock, invalid } from "@paperwire/domain";
import type { Store } from "@paperwire/store";
import type { Logger } from "pino";
import type { Config } from "./config.ts";
import { baseUrlOf } from "./open-mail.ts";

const KEY_BYTES = 32;

type Parts = { store: Store; logger: Pick<Logger, "warn">; clock: Clock };

export function openAccounts(config: Config, { store, logger, clock }: Parts): Promise<SignInDesk> {
  return openSignIn({
    store,
    baseUrl: baseUrlOf(config),
    siteName: config.siteName,
    providers: providersOf(config),
    invites: config.invites,
    clock,
    newKey: () => randomBytes(KEY_BYTES).toString("base64url"),
    onProblem: (message) => logger.warn({ message }, "signing in"),
  });
}

/** @throws DomainError `invalid`: one half of a pair is missing */
export function providersOf(config: Config): ProviderOptions {
  const github = pair("GITHUB_CLIENT", config.githubClientId, config.githubClientSecret);
  const orcid = pair("ORCID_CLIENT", config.orcidClientId, config.orcidClientSecret);
  const oidc = pair("OIDC_CLIENT", config.oidcClientId, config.oidcClientSecret);
  if (oidc && config.oidcIssuer === undefined) throw invalid("OIDC_CLIENT_ID needs OIDC_ISSUER, the issuer's address.");
  return {
    ...(github && { github }),
    ...(orcid && { orcid }),
    ...(oidc && { oidc: { ...oidc, issuer: config.oidcIssuer!, name: config.oidcName } }),
  };
}

function pair(name: string, clientId: string | undefined, clientSecret: string | undefined) {
  if (clientId === undefined && clientSecret === undefined) return undefined;
  if (clientId === undefined || clientSecret === undefined) {
    throw invalid(`${name}_ID and ${name}_SECRET go together; one is missing.`);
  }
  return { clientId, clientSecret };
}
