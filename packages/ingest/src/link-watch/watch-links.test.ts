import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { openTestStore } from "@paperwire/store/testing";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createMemoryTurns } from "../polite/host-turns.ts";
import * as faults from "../replay/faults.ts";
import type { Fault } from "../replay/server.ts";
import { createLinkDoor } from "./link-door.ts";
import { namedBy, readPaperLinks } from "./read-papers.ts";
import { watchLinks } from "./watch-links.ts";

type TestStore = Awaited<ReturnType<typeof openTestStore>>;
type Host = { stars: number; size: number } | "missing" | Fault;
let store: TestStore;
let server: Server;
let port = "";
let nowMs = Date.UTC(2026, 10, 1, 12);
/** What stands at each path. */
const hosts = new Map<string, Host>();
let asked: { path: string; authorization: string | undefined; etag: string | undefined }[] = [];
/** Where names lead; one that is not here leads to the server, at an address that stands for a public one. */
const names = new Map<string, string[]>();
const PUBLIC = "127.0.0.2";

beforeAll(async () => {
  store = await openTestStore(() => nowMs);
});
afterAll(() => store?.close());
beforeEach(async () => {
  server = createServer((request, response) => {
    const path = request.url!;
    const { authorization, "if-none-match": etag } = request.headers;
    asked.push({ path, authorization, etag });
    const host = hosts.get(path);
    if (typeof host === "function") return host(response, request, "{}");
    if (host === undefined || host === "missing") return void response.writeHead(404).end("{}");
    const tag = `"${host.stars}"`;
    if (etag === tag) return void response.writeHead(304).end();
    response.setHeader("etag", tag);
    response.end(
      JSON.stringify({
        stargazers_count: host.stars,
        size: host.size,
        pushed_at: "2026-10-03T01:02:03Z",
        license: { spdx_id: "MIT" },
        archived: false,
      }),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "0.0.0.0", resolve));
  port = String((server.address() as AddressInfo).port);
  hosts.clear();
  names.clear();
  asked = [];
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const turns = () =>
  createMemoryTurns({
    clock: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
  });
const door = (more: { githubToken?: string; also?: (address: string) => boolean } = {}) =>
  createLinkDoor({
    turns: turns(),
    githubApi: `http://127.0.0.1:${port}/github`,
    resolve: async (name) => (names.get(name) ?? [PUBLIC]).map((address) => ({ address, family: 4 })),
    stranger: { also: more.also ?? ((address) => address === PUBLIC), ports: [port] },
    timeoutMs: 200,
    ...more,
  });
const look = (url: string, more = {}) => door(more).look(url, { etag: null });

describe("a look at a repository", () => {
  test("says its stars, its licence, its last commit, and whether anything is in it", async () => {
    hosts.set("/github/repos/a/b", { stars: 12, size: 100 });
    hosts.set("/github/repos/a/empty", { stars: 0, size: 0 });
    expect(await look("https://github.com/a/b", { githubToken: "ghp_secret" })).toEqual({
      sight: "there",
      reason: null,
      facts: { etag: '"12"', stars: 12, license: "MIT", changedAt: "2026-10-03T01:02:03.000Z", isArchived: false },
    });
    expect(asked[0]!.authorization).toBe("Bearer ghp_secret");
    expect(await look("https://github.com/a/empty")).toMatchObject({ sight: "empty" });
    expect(await look("https://github.com/a/nothing")).toEqual({ sight: "missing", reason: null });
  });

  test("asks only whether it changed, where it is known", async () => {
    hosts.set("/github/repos/a/b", { stars: 12, size: 100 });
    expect(await door().look("https://github.com/a/b", { etag: '"12"' })).toEqual({ sight: "there", reason: null });
    expect(asked[0]!.etag).toBe('"12"');
  });

  test.each([
    ["a limit", faults.status(403)],
    ["another limit", faults.status(429)],
  ])("stops at %s", async (_, fault) => {
    hosts.set("/github/repos/a/b", fault);
    await expect(look("https://github.com/a/b")).rejects.toThrow("GitHub answers no more questions for now");
    expect(asked).toHaveLength(1);
  });

  test.each([
    ["HTML", faults.html],
    ["a broken connection", faults.broken],
    ["a drip", faults.drip],
    ["a server that is down", faults.status(500)],
  ])("says nothing of the repository where it meets %s", async (_, fault) => {
    hosts.set("/github/repos/a/b", fault);
    expect(await look("https://github.com/a/b")).toMatchObject({ sight: "unreachable", reason: /GitHub/ });
  });
});

describe("a look at a page that somebody named", () => {
  const page = (path: string, host = "page.example.org") => `http://${host}:${port}${path}`;

  test("says whether it is there, however much it sends, and follows it to other public places", async () => {
    hosts.set("/endless", faults.endless);
    hosts.set(
      "/moved",
      (response) => void response.writeHead(301, { location: page("/endless", "other.example.org") }).end(),
    );
    hosts.set("/guarded", faults.status(403));
    for (const path of ["/endless", "/moved", "/guarded"])
      expect(await look(page(path))).toEqual({ sight: "there", reason: null });
    expect(await look(page("/nothing"))).toMatchObject({ sight: "missing" });
  });

  test.each([
    ["a name that leads to this machine", ["127.0.0.1"]],
    ["a name that leads into the house", ["10.1.2.3"]],
    ["a name that leads to the cloud's own address", ["169.254.169.254"]],
    ["a name of which one address is private", [PUBLIC, "192.168.1.1"]],
    ["a name that leads home by IPv6", ["::1"]],
    ["a name that hides an address in IPv6", ["::ffff:127.0.0.1"]],
    ["a name that leads nowhere", []],
  ])("%s is never asked", async (_, addresses) => {
    names.set("page.example.org", addresses);
    expect(await look(page("/x"))).toMatchObject({ sight: "unreachable" });
    expect(asked).toEqual([]);
  });

  test.each(["127.0.0.1", "localhost", "2130706433", "0x7f.1", "[::1]", "169.254.169.254", "0.0.0.0"])(
    "%s written as it is, is never asked",
    async (host) => {
      names.set("localhost", ["127.0.0.1"]);
      expect(await look(page("/x", host))).toMatchObject({ sight: "unreachable" });
      expect(asked).toEqual([]);
    },
  );

  test("a name that resolves otherwise a moment later gains nothing: the connection goes where it was checked", async () => {
    let looks = 0;
    const turning = createLinkDoor({
      turns: turns(),
      resolve: async () => [{ address: looks++ === 0 ? PUBLIC : "127.0.0.1", family: 4 }],
      stranger: { also: (address) => address === PUBLIC, ports: [port] },
      timeoutMs: 200,
    });
    hosts.set("/x", { stars: 1, size: 1 });
    expect(await turning.look(page("/x"), { etag: null })).toMatchObject({ sight: "there" });
    expect(looks).toBe(1);
    expect(await turning.look(page("/x"), { etag: null })).toMatchObject({ sight: "unreachable" });
    expect(asked).toHaveLength(1);
  });

  test.each([
    ["this machine", "http://127.0.0.1:PORT/secret"],
    ["a private name", "http://inside.example.org:PORT/secret"],
    ["the cloud's own address", "http://169.254.169.254/latest/meta-data"],
    ["another port", "http://page.example.org:22/"],
    ["a file", "file:///etc/passwd"],
    ["a user name", "http://me:secret@page.example.org:PORT/"],
  ])("a redirect to %s is not followed", async (_, location) => {
    names.set("inside.example.org", ["10.0.0.1"]);
    hosts.set("/x", faults.redirect(location.replace("PORT", port)));
    hosts.set("/secret", { stars: 1, size: 1 });
    expect(await look(page("/x"))).toMatchObject({ sight: "unreachable" });
    expect(asked.map(({ path }) => path)).toEqual(["/x"]);
  });

  test("redirects that go round in a circle, and ports that nobody serves pages at, are given up", async () => {
    hosts.set("/x", faults.redirect("/x"));
    expect(await look(page("/x"))).toMatchObject({ sight: "unreachable", reason: /redirects more than 3 times/ });
    expect(await look("http://page.example.org:6379/")).toMatchObject({ sight: "unreachable", reason: /port 6379/ });
  });
});

describe("the watch", () => {
  const paper = (n: number, abstract: string) => ({
    identifiers: [{ scheme: "arxiv" as const, value: `2610.${String(n).padStart(5, "0")}` }],
    facts: {
      title: `Paper ${n}`,
      abstract,
      publishedAt: "2026-10-28T01:00:00.000Z",
      publishedPrecision: "instant" as const,
    },
  });
  const read = async () =>
    readPaperLinks({
      papers: store.papers,
      links: store.links,
      marks: store.sources,
      epoch: await store.epoch(),
      nowMs,
    });
  const watch = (more = {}) =>
    watchLinks({
      links: store.links,
      door: door(),
      clock: () => nowMs,
      turn: { touch: async () => undefined },
      ...more,
    });
  const history = async (n: number) => store.links.historyOf(`2610.${String(n).padStart(5, "0")}`);

  test("tells what was promised, when it appeared, its stars by day, and since when it is gone", async () => {
    nowMs = Date.UTC(2026, 10, 1, 12);
    await store.papers.takeIn([
      paper(1, "We win. Code will be released at https://github.com/A/Promised."),
      paper(2, "See https://github.com/a/there/ for code."),
      paper(3, "Code will be released upon acceptance."),
    ]);
    expect(await read()).toBe(3);
    expect(await read()).toBe(0);
    hosts.set("/github/repos/a/there", { stars: 5, size: 9 });
    expect(await watch()).toMatchObject({ looked: 2, due: 2, there: 1, missing: 1 });
    expect(await history(1)).toMatchObject({
      promise: { said: "Code will be released at https://github.com/A/Promised.", since: "2026-10-28" },
      links: [
        { url: "https://github.com/a/promised", state: "missing", isPromised: true, since: "2026-10-28", events: [] },
      ],
    });
    expect((await store.papers.find("2610.00001"))!.links ?? []).toEqual([]);
    expect((await store.papers.find("2610.00002"))!.links).toEqual([
      { kind: "code", url: "https://github.com/a/there", stars: 5 },
    ]);
    expect((await history(3)).promise!.said).toBe("Code will be released upon acceptance.");

    // Nothing is due before its time.
    expect(await watch()).toMatchObject({ looked: 0 });
    nowMs = Date.UTC(2026, 10, 12, 12);
    hosts.set("/github/repos/a/promised", { stars: 1, size: 3 });
    hosts.set("/github/repos/a/there", { stars: 50, size: 9 });
    expect(await watch()).toMatchObject({ looked: 2, there: 2 });
    expect((await history(1)).links[0]).toMatchObject({
      state: "there",
      events: [{ day: "2026-11-12", event: "appeared" }],
    });
    expect((await history(2)).links[0]).toMatchObject({
      stars: [
        { day: "2026-11-01", stars: 5 },
        { day: "2026-11-12", stars: 50 },
      ],
      license: "MIT",
    });
    expect((await store.papers.find("2610.00001"))!.links).toMatchObject([{ kind: "code", stars: 1 }]);

    hosts.delete("/github/repos/a/there");
    for (const days of [8, 1.1, 1.1]) {
      nowMs += days * 86_400_000;
      await watch();
    }
    expect((await history(2)).links[0]!).toMatchObject({ state: "gone", events: [{ event: "gone" }] });
  });

  test("a host that answers no more is left alone for this run, and its links keep what is known", async () => {
    nowMs = Date.UTC(2027, 0, 1);
    await store.papers.takeIn([paper(11, "https://github.com/x/one https://github.com/x/two")]);
    await read();
    for (const name of ["one", "two"]) hosts.set(`/github/repos/x/${name}`, faults.status(403));
    const summary = await watch();
    expect(summary).toMatchObject({ limited: ["github.com"] });
    expect(asked.filter(({ path }) => path.startsWith("/github/repos/x/"))).toHaveLength(1);
    expect((await history(11)).links.map(({ state, checkedAt }) => [state, checkedAt])).toEqual([
      ["unknown", null],
      ["unknown", null],
    ]);
    expect(await store.links.countDue()).toBe(0);
    hosts.clear();
    hosts.set("/github/repos/x/one", { stars: 1, size: 1 });
    nowMs += 3_700_000;
    await watch();
    expect((await history(11)).links.map(({ state }) => state)).toEqual(["there", "missing"]);
  });

  test("broken off anywhere, it goes on with what is left", async () => {
    nowMs = Date.UTC(2028, 0, 1);
    await watch();
    await store.papers.takeIn([paper(21, [1, 2, 3, 4].map((n) => `https://github.com/y/r${n}`).join(" "))]);
    await read();
    const stop = new AbortController();
    asked = [];
    await expect(
      watch({
        signal: stop.signal,
        onProgress: ({ looked }: { looked: number }) => looked === 2 && stop.abort(new Error("stopped")),
      }),
    ).rejects.toThrow("stopped");
    await watch();
    expect(asked.map(({ path }) => path).sort()).toEqual([1, 2, 3, 4].map((n) => `/github/repos/y/r${n}`));
  });

  test("a paper's links from its sources are watched, too; its PDF and its own page are not", () => {
    const named = namedBy(
      {
        id: "x",
        revision: 1,
        title: "T",
        abstract: "See https://a.github.io/page and https://arxiv.org/abs/2503.00001.",
        links: [
          { kind: "pdf", url: "https://example.org/x.pdf" },
          { kind: "code", url: "https://github.com/a/b" },
          { kind: "model", url: "https://huggingface.co/a/m", label: "a/m" },
        ],
      },
      nowMs,
    );
    expect(named.links.map(({ url }) => url)).toEqual([
      "https://github.com/a/b",
      "https://huggingface.co/a/m",
      "https://a.github.io/page",
    ]);
  });
});
