import { describe, expect, it } from "vitest";
import { isLook } from "./is-look.ts";

const FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:146.0) Gecko/20100101 Firefox/146.0";
const CHROME =
  "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/143.0.0.0 Safari/537.36";
const SAFARI =
  "Mozilla/5.0 (iPhone; CPU iPhone OS 26_1 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Version/26.1 Mobile/15E148 Safari/604.1";

const look = (headers: Record<string, string>, method = "GET") => isLook({ method, headers: new Headers(headers) });

describe("a look", () => {
  it.each([FIREFOX, CHROME, SAFARI])("is a page asked for by %s", (agent) => {
    expect(look({ "user-agent": agent })).toBe(true);
    expect(look({ "user-agent": agent, "sec-fetch-dest": "document", dnt: "0" })).toBe(true);
  });

  it.each([
    "",
    "curl/8.9.1",
    "python-requests/2.32",
    "Feedly/1.0 (+http://www.feedly.com/fetcher.html)",
    "Mozilla/5.0 (compatible; Googlebot/2.1; +http://www.google.com/bot.html)",
    "Mozilla/5.0 AppleWebKit/537.36 (KHTML, like Gecko; compatible; bingbot/2.0; +http://www.bing.com/bingbot.htm) Chrome/143.0.0.0 Safari/537.36",
    "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) HeadlessChrome/143.0.0.0 Safari/537.36",
    "Mozilla/5.0 (compatible; archive.org_bot +http://archive.org/details/archive.org_bot)",
    "facebookexternalhit/1.1",
  ])("is not one by %j", (agent) => {
    expect(look({ "user-agent": agent })).toBe(false);
  });

  it.each<Record<string, string>>([
    { dnt: "1" },
    { "sec-gpc": "1" },
    { "sec-purpose": "prefetch;prerender" },
    { purpose: "prefetch" },
    { "x-moz": "prefetch" },
    { "sec-fetch-dest": "empty" },
    { "sec-fetch-dest": "iframe" },
  ])("is not one with %j", (headers) => {
    expect(look({ "user-agent": FIREFOX, ...headers })).toBe(false);
  });

  it("is no question about a page", () => {
    expect(look({ "user-agent": FIREFOX }, "HEAD")).toBe(false);
  });
});
