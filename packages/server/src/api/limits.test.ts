/** Who is counted as whom, and what happens when the share is used up. */
import { Hono } from "hono";
import { afterAll, beforeAll, expect, test } from "vitest";
import { clientAddress } from "./client-address.ts";
import { type ApiUnderTest, openApi } from "./testing.ts";

let api: ApiUnderTest;
beforeAll(async () => {
  api = await openApi([], { quota: 2, trustedProxies: 1 });
});
afterAll(() => api.close());

test("each address has its own share, and the answer says what is left of it", async () => {
  const from = (address: string) => api.get("/api/daily_papers", { "x-forwarded-for": address });
  const first = await from("192.0.2.1");
  expect(first.headers.get("ratelimit")).toBe('"api";r=1;t=300');
  expect(first.headers.get("ratelimit-policy")).toBe('"fixed window";"api";q=2;w=300');
  await from("192.0.2.1");
  const third = await from("192.0.2.1");
  expect(third.status).toBe(429);
  expect(third.headers.get("retry-after")).toBe("300");
  expect(third.headers.get("ratelimit")).toBe('"api";r=0;t=300');
  expect(await third.json()).toEqual({ error: expect.stringContaining("Too many requests") });
  expect((await from("192.0.2.2")).status).toBe(200);
});

test("an address that the client wrote itself does not give it a new share", async () => {
  const statuses = [];
  for (const lie of ["10.0.0.1", "10.0.0.2", "10.0.0.3"]) {
    statuses.push((await api.get("/api/daily_papers", { "x-forwarded-for": `${lie}, 192.0.2.9` })).status);
  }
  expect(statuses).toEqual([200, 200, 429]);
});

const seenAs = async (options: { socket?: string; forwarded?: string; proxies: number }) => {
  const app = new Hono().get("/", (c) => c.text(clientAddress(c, options.proxies)));
  const headers: Record<string, string> =
    options.forwarded === undefined ? {} : { "x-forwarded-for": options.forwarded };
  const env = options.socket === undefined ? {} : { incoming: { socket: { remoteAddress: options.socket } } };
  return (await app.request("/", { headers }, env)).text();
};

test.each([
  ["the socket where no proxy is trusted", { socket: "192.0.2.1", forwarded: "10.0.0.1", proxies: 0 }, "192.0.2.1"],
  ["what the nearest proxy saw", { socket: "127.0.0.1", forwarded: "10.0.0.1, 192.0.2.7", proxies: 1 }, "192.0.2.7"],
  [
    "what the outer of two proxies saw",
    { socket: "::1", forwarded: "x, 192.0.2.7, 10.1.1.1", proxies: 2 },
    "192.0.2.7",
  ],
  ["the socket where the header is too short", { socket: "192.0.2.1", forwarded: "10.0.0.1", proxies: 2 }, "192.0.2.1"],
  ["the socket where the header is missing", { socket: "192.0.2.1", proxies: 1 }, "192.0.2.1"],
  ["an IPv4 address in IPv6 clothes", { socket: "::ffff:192.0.2.1", proxies: 0 }, "192.0.2.1"],
  ["the household of an IPv6 address", { socket: "2001:db8:0:1::5", proxies: 0 }, "2001:db8:0:1::/64"],
  ["the same household, written out", { socket: "2001:0DB8:0000:0001:a:b:c:d", proxies: 0 }, "2001:db8:0:1::/64"],
  ["a port left out", { socket: "x", forwarded: "192.0.2.7:4711", proxies: 1 }, "192.0.2.7"],
  ["one share for all where nothing is known", { proxies: 0 }, "unknown"],
])("counts by %s", async (_, options, expected) => {
  expect(await seenAs(options)).toBe(expected);
});
