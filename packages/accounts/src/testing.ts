/** Sign-in over a fresh store, and a browser that keeps cookies; for tests. */

import { openSignIn, type SignInOptions } from "./open-sign-in.ts";
import { newSecret } from "./secrets.ts";
import type { SignInDesk } from "./sign-in-desk.ts";

export const TEST_ORIGIN = "https://papers.example.org";

export function openTestSignIn(store: SignInOptions["store"], more: Partial<SignInOptions> = {}): Promise<SignInDesk> {
  return openSignIn({
    store,
    baseUrl: TEST_ORIGIN,
    siteName: "Paperwire",
    providers: {},
    invites: "off",
    clock: Date.now,
    newKey: newSecret,
    onProblem: () => undefined,
    ...more,
  });
}

/** Cookies as a browser would keep and send them, by name. */
export class CookieJar {
  readonly #values = new Map<string, string>();

  take(setCookies: readonly string[]): void {
    for (const cookie of setCookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie) ?? [];
      if (name === undefined || value === undefined) continue;
      if (/max-age=0(?:;|$)/i.test(cookie)) this.#values.delete(name);
      else this.#values.set(name, value);
    }
  }

  get header(): string {
    return [...this.#values].map(([name, value]) => `${name}=${value}`).join("; ");
  }

  get names(): string[] {
    return [...this.#values.keys()];
  }

  request(path = "/", init: RequestInit = {}): Request {
    const headers = new Headers(init.headers);
    if (this.#values.size > 0) headers.set("cookie", this.header);
    return new Request(TEST_ORIGIN + path, { ...init, headers });
  }
}
