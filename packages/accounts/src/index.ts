/** Who is asking: sign-in by mail link, passkey or another site's account; sessions; API tokens. */
export type { AccountDesk } from "./account-desk.ts";
