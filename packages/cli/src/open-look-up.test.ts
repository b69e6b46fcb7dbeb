import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import type { Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { pino } from "pino";
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from "vitest";
import { openLookUp } from "./open-look-up.ts";
import type { Terminal } from "./terminal.ts";

const FEED = `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
  <opensearch:totalResults>1</opensearch:totalResults>
  <entry>
    <id>http://arxiv.org/abs/2503.00007v1</id>
    <title>A paper from afar</title>
    <summary>It came when it was asked for.</summary>
    <published>2025-03-27T17:00:00Z</published>
    <updated>2025-03-27T17:00:00Z</updated>
    <author><name>Ada Example</name></author>
    <link href="http://arxiv.org/abs/2503.00007v1" rel="alternate" type="text/html"/>
    <arxiv:primary_category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
</feed>`;

let store: Store;
let arxiv: Server;
let answer: string | null;
beforeAll(async () => {
  store = await openTestStore(Date.now);
});
afterAll(() => store?.close());
beforeEach(async () => {
  arxiv = createServer((_, response) => {
    if (answer !== null) response.setHeader("content-type", "application/atom+xml").end(answer);
  });
  await new Promise<void>((resolve) => arxiv.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  arxiv.closeAllConnections();
  arxiv.close();
});

const lookUp = (patienceMs: number) =>
  openLookUp({
    store,
    config: { arxivApi: `http://127.0.0.1:${(arxiv.address() as AddressInfo).port}/api/query`, contact: undefined },
    terminal: { clock: Date.now, stderr: { write: () => true } } as unknown as Terminal,
    logger: pino({ enabled: false }),
    patienceMs,
  });

it("takes in the paper that arXiv knows", async () => {
  answer = FEED;
  expect(await lookUp(10_000).find({ scheme: "arxiv", value: "2503.00007" })).toBe(true);
  expect(await store.papers.find("2503.00007")).toMatchObject({ title: "A paper from afar" });
});

it("says that nobody knows it", async () => {
  answer = FEED.replace(/<entry>[\s\S]*<\/entry>/, "").replace(">1<", ">0<");
  expect(await lookUp(10_000).find({ scheme: "arxiv", value: "2503.00008" })).toBe(false);
});

it("does not let a reader wait for ever, neither for an answer nor for a turn", async () => {
  answer = null;
  await expect(lookUp(100).find({ scheme: "arxiv", value: "2503.00009" })).rejects.toMatchObject({ code: "upstream" });
  // The request before has its pause: this one waits for its turn, and in vain.
  answer = FEED;
  await expect(lookUp(50).find({ scheme: "arxiv", value: "2503.00010" })).rejects.toMatchObject({ code: "upstream" });
});
