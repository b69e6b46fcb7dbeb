import type { DomainError } from "@paperwire/domain";
import type { Context } from "hono";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { requestedBy, writtenBy } from "./requested-by.ts";
import { account, accountsByCookie, BASE_URL, NOW_MS, openSite, record, type SiteUnderTest } from "./testing.ts";

const suspended = account("quiet", { suspendedUntil: new Date(NOW_MS + 1) });
const accounts = accountsByCookie([account("ada"), account("cy", { role: "curator" }), suspended]);
const asking = (handle?: string) => {
  const raw = new Request(BASE_URL, handle ? { headers: { cookie: `reader=${handle}` } } : {});
  return { req: { raw, header: (name: string) => raw.headers.get(name) ?? undefined } } as Context;
};
const refusal = (promise: Promise<unknown>) =>
  promise.then(
    () => "none",
    (error: DomainError) => error.code,
  );

describe("a page for somebody", () => {
  let site: SiteUnderTest;
  beforeAll(async () => {
    const open = await openSite([record("2503.00001", "A paper")]);
    site = open.changed(() => ({ accounts }));
  });
  afterAll(() => site.close());

  it("is kept by no cache, neither ours nor another", async () => {
    const visitor = await site.get("/about");
    const reader = await site.get("/about", { cookie: "reader=ada" });
    const stranger = await site.get("/about", { cookie: "reader=nobody" });
    expect(visitor.headers.get("cache-control")).toBe("public, no-cache");
    expect(reader.headers.get("cache-control")).toBe("no-store");
    expect(reader.headers.get("etag")).toBeNull();
    expect(stranger.headers.get("cache-control")).toBe("public, no-cache");
  });
});

describe("who asks", () => {
  it("must be signed in, and have the role", async () => {
    expect(await refusal(requestedBy(asking(), { accounts }))).toBe("unauthorized");
    expect(await refusal(requestedBy(asking("ada"), { accounts }, "curator"))).toBe("forbidden");
    expect((await requestedBy(asking("cy"), { accounts }, "curator")).handle).toBe("cy");
  });

  it("may not write while suspended, and may again afterwards", async () => {
    const at = (nowMs: number) => ({ accounts, clock: () => nowMs });
    expect(await refusal(writtenBy(asking("quiet"), at(NOW_MS)))).toBe("forbidden");
    expect((await writtenBy(asking("quiet"), at(NOW_MS + 1))).handle).toBe("quiet");
  });
});
