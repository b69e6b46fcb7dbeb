/** What the API needs of the server's context: everything it answers comes from here. */
import type { ServerContext } from "../context.ts";

export type ApiContext = Pick<
  ServerContext,
  "store" | "discovery" | "settings" | "clock" | "apiLimiter" | "accounts" | "lookUp" | "onComment"
>;
