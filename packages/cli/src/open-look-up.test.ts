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

/** What the other sources answer, by path and query; whatever else is asked for is not there. */
const ANSWERS: Record<string, object> = {
  "/openreview/notes?id=Rv1ewed_01": {
    notes: [
      {
        id: "Rv1ewed_01",
        forum: "Rv1ewed_01",
        cdate: Date.UTC(2025, 2, 27),
        content: { title: { value: "A paper under review" }, authors: { value: ["Bo Example"] } },
      },
    ],
  },
  // As the first version of the API writes a note: its content without boxes, and "TL;DR" for "TLDR".
  "/openreview-v1/notes?id=rkOlder_02": {
    notes: [
      {
        id: "rkOlder_02",
        forum: "rkOlder_02",
        cdate: Date.UTC(2021, 8, 28),
        invitation: "ICLR.cc/2022/Conference/-/Blind_Submission",
        content: {
          title: "A paper of an older meeting",
          authors: ["Dee Example"],
          authorids: ["~Dee_Example1"],
          "TL;DR": "It was there before.",
          keywords: ["questions"],
          pdf: "/pdf/0123.pdf",
          venue: "ICLR 2022 Poster",
          venueid: "ICLR.cc/2022/Conference",
        },
      },
    ],
    count: 1,
  },
  "/openreview-v1/notes?id=Nothing_old": { notes: [], count: 0 },
  // A review has a forum that is not its own.
  "/openreview/notes?id=Answer_to_it": {
    notes: [{ id: "Answer_to_it", forum: "Rv1ewed_01", content: { title: { value: "Thank you for your review" } } }],
  },
  "/crossref/works?doi:10.1234/in-print": works("10.1234/in-print", "A paper in print"),
  "/crossref/works?doi:10.18653/v1/2025.acl-long.1": works("10.18653/v1/2025.acl-long.1", "A paper of a meeting"),
  "/crossref/works?doi:10.1234/nameless": { message: { items: [{ DOI: "10.1234/nameless" }] } },
  "/crossref/works?doi:10.1234/nobody": { message: { items: [] } },
};

function works(doi: string, title: string) {
  const published = { "date-parts": [[2025, 3, 27]] };
  const author = [{ given: "Cleo", family: "Example" }];
  return { message: { items: [{ DOI: doi, title: [title], author, published }] } };
}

let store: Store;
let arxiv: Server;
let answer: string | null;
beforeAll(async () => {
  store = await openTestStore(Date.now);
});
afterAll(() => store?.close());
beforeEach(async () => {
  arxiv = createServer(({ url = "" }, response) => {
    const { pathname, searchParams } = new URL(url, "http://localhost");
    if (!pathname.startsWith("/api/")) {
      const said = ANSWERS[`${pathname}?${searchParams.get("filter") ?? `id=${searchParams.get("id")}`}`];
      response.statusCode = said ? 200 : 404;
      return response.setHeader("content-type", "application/json").end(JSON.stringify(said ?? { status: 404 }));
    }
    if (answer !== null) response.setHeader("content-type", "application/atom+xml").end(answer);
  });
  await new Promise<void>((resolve) => arxiv.listen(0, "127.0.0.1", resolve));
});
afterEach(() => {
  arxiv.closeAllConnections();
  arxiv.close();
});

const address = () => `http://127.0.0.1:${(arxiv.address() as AddressInfo).port}`;
const lookUp = (patienceMs: number) =>
  openLookUp({
    store,
    config: { arxivApi: `${address()}/api/query`, contact: undefined, sourcesMirror: address() },
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

it.each([
  ["openreview", "Rv1ewed_01", "A paper under review"],
  ["openreview", "rkOlder_02", "A paper of an older meeting"],
  ["doi", "10.1234/in-print", "A paper in print"],
  ["acl", "2025.acl-long.1", "A paper of a meeting"],
] as const)("takes in a paper by its name at %s", async (scheme, value, title) => {
  expect(await lookUp(15_000).find({ scheme, value })).toBe(true);
  const id = await store.papers.findByIdentifier({ scheme, value });
  expect(id && (await store.papers.find(id))).toMatchObject({ title });
});

it.each([
  ["openreview", "Nothing_here"],
  ["openreview", "Nothing_old"],
  ["openreview", "Answer_to_it"],
  ["doi", "10.1234/nobody"],
  ["paperlist", "a list"],
] as const)("says that nobody knows it: %s %s", async (scheme, value) => {
  expect(await lookUp(15_000).find({ scheme, value })).toBe(false);
  expect(await store.papers.findByIdentifier({ scheme, value })).toBeNull();
});

it("says why what a source says of a paper cannot be taken in", async () => {
  await expect(lookUp(15_000).find({ scheme: "doi", value: "10.1234/nameless" })).rejects.toThrow(/title.*missing/);
});
