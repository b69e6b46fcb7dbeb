/** What is kept of an answer, for how long, and in which form it goes out. */
import { setImmediate } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ApiUnderTest, openApi } from "./testing.ts";

let version: string | undefined = "1";
let api: ApiUnderTest;
beforeAll(async () => {
  const facts = {
    title: "A paper about llamas",
    abstract: "Llamas. ".repeat(300),
    publishedAt: "2025-03-20T00:00:00.000Z",
  };
  const entry = { edition: "2025-03-28" };
  const record = (value: string) => ({ identifiers: [{ scheme: "arxiv" as const, value }], facts, entry });
  const records = ["2503.00001", "2503.00002"].map(record);
  api = await openApi(records, { version: { current: () => version } });
});
afterAll(() => api.close());

const LIST = "/api/daily_papers?limit=1";

test("the second one who asks costs the store nothing and gets the same answer", async () => {
  const first = await api.get(LIST);
  api.storeCalls();
  const second = await api.get(LIST);
  expect(api.storeCalls()).toEqual([]);
  expect(await second.text()).toBe(await first.text());
  for (const name of ["content-type", "etag", "link", "cache-control"]) {
    expect(second.headers.get(name)).toBe(first.headers.get(name));
  }
  expect(second.headers.get("link")).toMatch(/rel="next"$/);
  expect(second.headers.get("ratelimit")).not.toBe(first.headers.get("ratelimit"));
});

test("a change of the store makes the answer anew", async () => {
  await api.get(LIST);
  api.storeCalls();
  version = "2";
  await api.get(LIST);
  expect(api.storeCalls()).toEqual(["listEntries"]);
});

test("a client that has the answer is told so", async () => {
  const etag = (await api.get(LIST)).headers.get("etag")!;
  const again = await api.get(LIST, { "if-none-match": etag });
  expect(again.status).toBe(304);
  expect(await again.text()).toBe("");
  expect((await api.get(LIST, { "if-none-match": 'W/"another"' })).status).toBe(200);
});

test("a kept answer is soon packed for those who can unpack it", async () => {
  let response = await api.get(LIST, { "accept-encoding": "gzip" });
  for (let turn = 0; turn < 500 && !response.headers.has("content-encoding"); turn++) {
    await setImmediate();
    response = await api.get(LIST, { "accept-encoding": "gzip" });
  }
  expect(response.headers.get("content-encoding")).toBe("gzip");
  expect(response.headers.get("vary")).toBe("Accept-Encoding");
});

test("failures are not kept, and nothing is while the version is unknown", async () => {
  expect((await api.get("/api/papers/2503.99999")).status).toBe(404);
  api.storeCalls();
  expect((await api.get("/api/papers/2503.99999")).status).toBe(404);
  expect(api.storeCalls()).toEqual(["find"]);
  version = undefined;
  await api.get(LIST);
  await api.get(LIST);
  expect(api.storeCalls()).toEqual(["listEntries", "listEntries"]);
});
