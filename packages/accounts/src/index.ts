/** Who is asking: sign-in by mail link, passkey or another site's account; sessions; API tokens. */
export type { AccountDesk, Asking } from "./account-desk.ts";
export { AUTH_PATH, LINK_MINUTES, SESSION_DAYS } from "./create-auth.ts";
export { type FirstAdmin, openFirstAdmin } from "./first-admin.ts";
export { INVITE_WANTED } from "./invited-sign-up.ts";
export { openSignIn, type SignInOptions } from "./open-sign-in.ts";
export { type ClientKeys, hasNoAddress, listProviders, type Provider, type ProviderOptions } from "./providers.ts";
export { API_TOKEN_PREFIX, hashSecret, joinSecret, newApiToken, newSecret } from "./secrets.ts";
export {
  type CurrentSession,
  PASSKEY_STEPS,
  type PasskeyStep,
  type SignedIn,
  type SignInDesk,
  TOKEN_SCOPES,
} from "./sign-in-desk.ts";
