import { createServer, type IncomingHttpHeaders } from "node:http";
import type { AddressInfo } from "node:net";
import { isSignedBody, parseChannels } from "@paperwire/mail";
import type { Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { afterEach, describe, expect, it } from "vitest";
import { openChannelSend, runChannels } from "./channel-run.ts";

/** Saturday, 29 March 2025, noon: the edition of Friday has closed. */
const NOON_MS = Date.UTC(2025, 2, 29, 12);
const SECRET = "a long enough secret";
const EVIL = "<@everyone> & **bold** | `code` ".repeat(3);

type Received = { method: string; path: string; headers: IncomingHttpHeaders; body: string };

describe("telling an edition in channels", () => {
  const closers: (() => Promise<unknown>)[] = [];
  afterEach(async () => {
    for (const close of closers.splice(0).reverse()) await close();
  });

  /** Every channel's other side on one loopback server. */
  const receive = async (answer: (request: Received) => { status: number; body?: string } | "hang-up") => {
    const received: Received[] = [];
    const server = createServer((request, response) => {
      let body = "";
      request.on("data", (chunk) => {
        body += chunk;
      });
      request.on("end", () => {
        const one = { method: request.method!, path: request.url!, headers: request.headers, body };
        received.push(one);
        const said = answer(one);
        if (said === "hang-up") response.destroy();
        else response.writeHead(said.status).end(said.body ?? "{}");
      });
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    closers.push(() => new Promise((resolve) => server.close(resolve)));
    return { received, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}` };
  };

  const setUp = async (text: string) => {
    const time = { nowMs: NOON_MS };
    const store: Store = await openTestStore(() => time.nowMs);
    closers.push(() => store.close());
    await store.papers.takeIn(
      Array.from({ length: 20 }, (_, n) => ({
        identifiers: [{ scheme: "arxiv" as const, value: `2503.000${10 + n}` }],
        facts: { title: n === 0 ? EVIL : `Paper ${n} 👩‍🔬 on graphemes and their length`, authors: [{ name: "Ada" }] },
        entry: { edition: "2025-03-28", upvotes: 30 - n },
      })),
    );
    const run = (known = new Set<string>()) =>
      runChannels({
        store,
        channels: parseChannels(text),
        send: openChannelSend(),
        clock: () => time.nowMs,
        editionClock: { timeZone: "America/New_York", rollOverMinutes: 1290 },
        site: { siteName: "Papers", baseUrl: "https://papers.example.org" },
        known,
      });
    return { store, run, time };
  };

  const all = (url: string) =>
    JSON.stringify([
      { kind: "webhook", name: "hook", url: `${url}/hook`, secret: SECRET },
      { kind: "slack", name: "slack", url: `${url}/slack` },
      { kind: "discord", name: "discord", url: `${url}/discord` },
      { kind: "matrix", name: "matrix", url, room: "!room:example.org", token: "mt" },
      { kind: "telegram", name: "telegram", url, chat: "@papers", token: "tt" },
      { kind: "mastodon", name: "mastodon", url, token: "at" },
      { kind: "bluesky", name: "bluesky", url, user: "papers.example.org", token: "bt" },
    ]);

  it("happens once per channel and edition, in the words of each", async () => {
    const { received, url } = await receive(({ path }) => ({
      status: 200,
      body: path.endsWith("createSession")
        ? JSON.stringify({ accessJwt: `j${"w".repeat(900)}`, did: "did:plc:x" })
        : "{}",
    }));
    const { run } = await setUp(all(url));
    const first = await run();
    expect(first).toMatchObject({ sent: 7, refused: 0, waiting: 0, doubtful: 0, reasons: [] });
    expect(first.told).toHaveLength(7);
    expect(await run()).toMatchObject({ sent: 0, told: [] });
    const at = (path: RegExp) => received.find((one) => path.test(one.path))!;
    const hook = at(/hook$/);
    expect(
      isSignedBody(SECRET, { body: hook.body, header: String(hook.headers["paperwire-signature"]), nowMs: NOON_MS }),
    ).toBe(true);
    expect(JSON.parse(hook.body)).toMatchObject({
      event: "edition.closed",
      edition: { name: "2025-03-28", total: 20 },
    });
    const slack = JSON.parse(at(/slack$/).body);
    expect(slack.blocks[0].text.text).toContain("&lt;@everyone&gt; &amp; **bold** ¦");
    const discord = JSON.parse(at(/discord$/).body);
    expect(discord.allowed_mentions).toEqual({ parse: [] });
    expect(discord.embeds[0].description).toContain("<\\@everyone\\>");
    const matrix = at(/_matrix/);
    expect(matrix).toMatchObject({ method: "PUT", headers: { authorization: "Bearer mt" } });
    expect(matrix.path).toMatch(/rooms\/!room%3Aexample\.org\/send\/m\.room\.message\/[0-9A-Z]{26}$/);
    expect(JSON.parse(matrix.body).formatted_body).toContain("&lt;@everyone&gt;");
    const telegram = at(/\/bottt\/sendMessage$/);
    expect(JSON.parse(telegram.body)).toMatchObject({ chat_id: "@papers", parse_mode: "HTML" });
    const mastodon = at(/statuses$/);
    expect(mastodon.headers["idempotency-key"]).toMatch(/^[0-9A-Z]{26}$/);
    const { record, rkey } = JSON.parse(at(/createRecord$/).body);
    expect(rkey).toMatch(/^[234567a-z]{13}$/);
    expect([...new Intl.Segmenter("en").segment(record.text)].length).toBeLessThanOrEqual(300);
    const bytes = Buffer.from(record.text);
    const last = record.facets.at(-1);
    expect(bytes.subarray(last.index.byteStart, last.index.byteEnd).toString()).toBe(
      "papers.example.org/date/2025-03-28",
    );
  });

  it("waits where the other side is busy, ends where it says no, and asks a person where nobody can know", async () => {
    let busy = true;
    const { received, url } = await receive(({ path }) => {
      if (path === "/busy") return { status: busy ? 503 : 200 };
      return path === "/open" ? "hang-up" : { status: 403, body: "no such hook" };
    });
    const { run, store, time } = await setUp(
      JSON.stringify([
        { kind: "slack", name: "busy", url: `${url}/busy` },
        { kind: "slack", name: "gone", url: `${url}/gone` },
        { kind: "slack", name: "open", url: `${url}/open` },
        { kind: "webhook", name: "again", url: `${url}/open`, secret: SECRET },
      ]),
    );
    expect(await run()).toMatchObject({ sent: 0, waiting: 2, refused: 1, doubtful: 1 });
    busy = false;
    time.nowMs += 3_600_000;
    expect(await run()).toMatchObject({ sent: 1, waiting: 1 });
    expect(received.filter(({ path }) => path === "/busy")).toHaveLength(2);
    expect(await store.outbox.listDoubtful(10)).toMatchObject([{ channel: "channel open" }]);
  });

  it("goes to no address of the operator's own network, unless the operator says so, and follows no redirect", async () => {
    const { received, url } = await receive(() => ({ status: 302 }));
    const { run } = await setUp(
      JSON.stringify([
        { kind: "slack", name: "metadata", url: "http://169.254.169.254/latest" },
        { kind: "slack", name: "lan", url: "http://10.0.0.1/hook" },
        { kind: "slack", name: "redirects", url: `${url}/x` },
      ]),
    );
    const { reasons, sent } = await run();
    expect(sent).toBe(0);
    expect(reasons.join()).toMatch(/metadata: .*169\.254\.169\.254.*lan: .*10\.0\.0\.1/);
    expect(received).toHaveLength(1);
  });
});

describe("the list of channels", () => {
  it.each([
    ["{}", /JSON list/],
    ['[{"kind":"fax","name":"a"}]', /kind is one of/],
    ['[{"kind":"slack","name":"A B","url":"https://x.org"}]', /small letters/],
    ['[{"kind":"slack","name":"a"}]', /needs "url"/],
    ['[{"kind":"slack","name":"a","url":"file:///etc/passwd"}]', /no http/],
    ['[{"kind":"webhook","name":"a","url":"https://x.org","secret":"short"}]', /at least 16/],
    ['[{"kind":"slack","name":"a","url":"https://x.org","cadence":"hourly"}]', /cadence/],
    [
      '[{"kind":"slack","name":"a","url":"https://x.org"},{"kind":"slack","name":"a","url":"https://x.org"}]',
      /two channels/,
    ],
  ])("says what is wrong with %s", (text, words) => {
    expect(() => parseChannels(text)).toThrow(words);
  });
});
