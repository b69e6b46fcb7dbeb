/** GitHub and ORCID as far as signing in goes, on a port of this machine, with their shapes and their faults; for tests. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export type FakeSite = {
  url: string;
  /** Everything that was asked, in order: method and path. */
  asked: string[];
  close(): Promise<void>;
};

type Answer = { status?: number; json?: unknown; location?: string };
type Ask = { url: URL; body: URLSearchParams; token: string };

export type GithubPerson = {
  id: number;
  login: string;
  name: string | null;
  /** Of the public profile; it may be anything. */
  email: string | null;
};
export type GithubEmail = { email: string; primary: boolean; verified: boolean; visibility: string | null };

export type FakeGithub = FakeSite & {
  person: GithubPerson;
  emails: GithubEmail[];
  fault?:
    | "denied"
    | "bad code"
    | "token is down"
    | "user is down"
    | "emails are down"
    | "emails are forbidden"
    | undefined;
};

export const CLIENT = { clientId: "paperwire", clientSecret: "a secret of the test" };

/** @source docs.github.com, "Authorizing OAuth apps": addresses, parameters, the answer that holds an error with status 200 */
export async function openFakeGithub(): Promise<FakeGithub> {
  const codes = new Set<string>();
  const site = await openSite({
    "GET /login/oauth/authorize": ({ url }) => {
      const back = new URL(url.searchParams.get("redirect_uri")!);
      back.searchParams.set("state", url.searchParams.get("state")!);
      if (github.fault === "denied") {
        back.searchParams.set("error", "access_denied");
        back.searchParams.set("error_description", "The user has denied your application access.");
      } else {
        const code = `code-${codes.size}`;
        codes.add(code);
        back.searchParams.set("code", code);
      }
      return { status: 302, location: back.href };
    },
    "POST /login/oauth/access_token": ({ body }) => {
      if (github.fault === "token is down") return { status: 503 };
      const isRight = body.get("client_id") === CLIENT.clientId && body.get("client_secret") === CLIENT.clientSecret;
      if (!isRight) return { json: { error: "incorrect_client_credentials", error_description: "…" } };
      if (github.fault === "bad code" || !codes.delete(body.get("code") ?? "")) {
        const error_description = "The code passed is incorrect or expired.";
        return { json: { error: "bad_verification_code", error_description, error_uri: "https://docs.github.com" } };
      }
      return { json: { access_token: "gho_test", scope: "user:email", token_type: "bearer" } };
    },
    "GET /user": ({ token }) => {
      if (github.fault === "user is down") return { status: 502 };
      if (token !== "gho_test") return { status: 401, json: { message: "Bad credentials" } };
      return { json: { ...github.person, node_id: "x", avatar_url: "https://avatars.example.org/u/1", type: "User" } };
    },
    "GET /user/emails": () => {
      if (github.fault === "emails are down") return { status: 500 };
      if (github.fault === "emails are forbidden") return { status: 404, json: { message: "Not Found" } };
      return { json: github.emails };
    },
  });
  const github: FakeGithub = {
    ...site,
    person: { id: 1, login: "ada", name: "Ada Example", email: null },
    emails: [],
  };
  return github;
}

export type FakeOrcid = FakeSite & { person: { sub: string; given_name?: string; family_name?: string } };

/** @source info.orcid.org, "OpenID Connect": the token's answer names the iD, and userinfo holds names and no address */
export async function openFakeOrcid(): Promise<FakeOrcid> {
  const site = await openSite({
    "GET /oauth/authorize": ({ url }) => {
      if (url.searchParams.get("scope") !== "openid") return { status: 400 };
      const back = new URL(url.searchParams.get("redirect_uri")!);
      back.searchParams.set("state", url.searchParams.get("state")!);
      back.searchParams.set("code", "a-code");
      return { status: 302, location: back.href };
    },
    "POST /oauth/token": ({ body }) => {
      if (body.get("code") !== "a-code" || body.get("client_secret") !== CLIENT.clientSecret) {
        return { status: 400, json: { error: "invalid_grant", error_description: "Invalid authorization code" } };
      }
      const { sub, given_name: name } = orcid.person;
      const token = { access_token: "orcid-token", token_type: "bearer", refresh_token: "r", expires_in: 631_138_518 };
      return { json: { ...token, scope: "openid", name, orcid: sub } };
    },
    "GET /oauth/userinfo": ({ token }) =>
      token === "orcid-token"
        ? { json: { id: `https://orcid.org/${orcid.person.sub}`, name: null, ...orcid.person } }
        : { status: 401, json: { error: "invalid_token" } },
  });
  const orcid: FakeOrcid = {
    ...site,
    person: { sub: "0000-0002-1825-0097", given_name: "Bo", family_name: "Example" },
  };
  return orcid;
}

async function openSite(routes: Readonly<Record<string, (ask: Ask) => Answer>>): Promise<FakeSite> {
  const asked: string[] = [];
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    const url = new URL(request.url ?? "/", "http://localhost");
    const name = `${request.method} ${url.pathname}`;
    asked.push(name);
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const token = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1] ?? "";
    const said = routes[name]?.({ url, token, body: new URLSearchParams(Buffer.concat(parts).toString()) });
    const { status = said ? 200 : 404, json, location } = said ?? {};
    response.writeHead(status, {
      "content-type": "application/json; charset=utf-8",
      ...(location !== undefined && { location }),
    });
    response.end(JSON.stringify(json ?? {}));
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    asked,
    close: () => new Promise((resolve) => server.close(() => resolve())),
  };
}
