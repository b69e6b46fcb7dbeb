import { afterEach, expect, test } from "vitest";
import { createArxivClient } from "./client.ts";
import { type ArxivServer, entryXml, type Fault, feedXml, openArxivServer } from "./testing.ts";

let server: ArxivServer | undefined;
afterEach(async () => {
  await server?.close();
  server = undefined;
});

/** A clock that only sleeping moves. */
async function clientOf(faults: Fault[] = [], options: { contact?: string; timeoutMs?: number } = {}) {
  server = await openArxivServer(faults);
  const slept: number[] = [];
  let now = 0;
  const client = createArxivClient({
    baseUrl: server.url,
    clock: () => now,
    sleep: async (ms, signal) => {
      signal?.throwIfAborted();
      slept.push(ms);
      now += ms;
    },
    ...options,
  });
  return { client, slept, server };
}

const status =
  (code: number, headers: Record<string, string> = {}): Fault =>
  (response) =>
    response.writeHead(code, headers).end("busy");
const body =
  (text: string): Fault =>
  (response) =>
    response.writeHead(200, { "content-type": "text/html" }).end(text);

test("asks for all ids of a batch at once, says who asks, and how many it expects", async () => {
  const { client, server } = await clientOf([], { contact: "ops@example.org\r\nX-Evil: 1 (x)" });
  const feed = await client.fetchEntries(["2503.00001", "2503.00002"]);
  expect(feed.entries.map(({ id }) => id)).toEqual([
    "http://arxiv.org/abs/2503.00001v2",
    "http://arxiv.org/abs/2503.00002v2",
  ]);
  expect(server.requests).toEqual([
    {
      ids: ["2503.00001", "2503.00002"],
      maxResults: "2",
      userAgent: "Paperwire/0.1 (ops@example.orgX-Evil: 1 x)",
    },
  ]);
});

test("one request at a time, three seconds apart, however many are wanted at once", async () => {
  const { client, slept, server } = await clientOf();
  await Promise.all(["2503.00001", "2503.00002", "2503.00003"].map((id) => client.fetchEntries([id])));
  expect(server.requests.map(({ ids }) => ids[0])).toEqual(["2503.00001", "2503.00002", "2503.00003"]);
  expect(slept).toEqual([3_000, 3_000]);
});

test("waits as long as it is told to", async () => {
  const { client, slept } = await clientOf([status(503, { "retry-after": "42" })]);
  expect((await client.fetchEntries(["2503.00001"])).entries).toHaveLength(1);
  expect(slept).toEqual([42_000]);
});

test("a date to wait for is read against the server's own clock", async () => {
  const date = "Sun, 31 May 2026 12:00:00 GMT";
  const { client, slept } = await clientOf([status(429, { date, "retry-after": "Sun, 31 May 2026 12:01:00 GMT" })]);
  await client.fetchEntries(["2503.00001"]);
  expect(slept).toEqual([60_000]);
});

test("a wait beyond the limit is left to another run", async () => {
  const { client, slept } = await clientOf([status(503, { "retry-after": "86400" })]);
  await expect(client.fetchEntries(["2503.00001"])).rejects.toMatchObject({
    code: "upstream",
    message: "arXiv answers with status 503. It asks to wait 86,400 s.",
  });
  expect(slept).toEqual([]);
});

test("gives up after four attempts, each later than the one before", async () => {
  const { client, slept, server } = await clientOf(Array<Fault>(9).fill(status(500)));
  await expect(client.fetchEntries(["2503.00001"])).rejects.toThrow("arXiv answers with status 500.");
  expect(server.requests).toHaveLength(4);
  expect(slept).toEqual([6_000, 12_000, 24_000]);
});

test("a failed request does not hold up the next one", async () => {
  const { client } = await clientOf([status(404)]);
  const [first, second] = await Promise.allSettled([
    client.fetchEntries(["2503.00001"]),
    client.fetchEntries(["2503.00002"]),
  ]);
  expect([first!.status, second!.status]).toEqual(["rejected", "fulfilled"]);
});

test.each([
  ["HTML instead of a feed", body("<html><body>maintenance</body></html>")],
  ["plain text", body("Rate exceeded.")],
  ["half a feed", body(feedXml(entryXml("2503.00001")).slice(0, 300))],
  ["a connection that breaks", ((response) => response.destroy()) as Fault],
])("%s is tried again", async (_, fault) => {
  const { client, server } = await clientOf([fault]);
  expect((await client.fetchEntries(["2503.00001"])).entries).toHaveLength(1);
  expect(server.requests).toHaveLength(2);
});

test("a status that will not change is not tried again", async () => {
  const { client, server } = await clientOf([status(400)]);
  await expect(client.fetchEntries(["2503.00001"])).rejects.toThrow("arXiv answers with status 400.");
  expect(server.requests).toHaveLength(1);
});

test("an answer that never comes is given up", async () => {
  const { client } = await clientOf(
    Array<Fault>(4).fill(() => {}),
    { timeoutMs: 20 },
  );
  await expect(client.fetchEntries(["2503.00001"])).rejects.toThrow("arXiv did not answer within 20 ms.");
});

test("an answer without end is cut off", async () => {
  const flood: Fault = (response) => {
    const part = Buffer.alloc(1_048_576, "<");
    for (let count = 0; count < 12; count++) response.write(part);
    response.end();
  };
  const { client, server } = await clientOf([flood]);
  await expect(client.fetchEntries(["2503.00001"])).rejects.toThrow("arXiv's answer has more than 10,485,760 bytes.");
  expect(server.requests).toHaveLength(1);
});

test("a redirect within the host is followed, one to another place is not", async () => {
  const here = await clientOf([
    (response, request) => response.writeHead(301, { location: `${request.url}&again` }).end(),
  ]);
  expect((await here.client.fetchEntries(["2503.00001"])).entries).toHaveLength(1);
  await here.server.close();
  // "localhost" is the same server under another name: only the name tells that it is another host.
  const elsewhere: Fault = (response, request) =>
    response.writeHead(302, { location: `http://localhost:${request.socket.localPort}/api/query?id_list=x` }).end();
  const away = await clientOf([elsewhere]);
  await expect(away.client.fetchEntries(["2503.00001"])).rejects.toThrow("which is not followed");
  expect(away.server.requests).toHaveLength(1);
});

test("redirects in a circle come to an end", async () => {
  const { client, server } = await clientOf(Array<Fault>(9).fill(status(302, { location: "/api/query" })));
  await expect(client.fetchEntries(["2503.00001"])).rejects.toThrow("arXiv redirects more than 3 times.");
  expect(server.requests).toHaveLength(4);
});

test("stops when it is told to", async () => {
  const { client } = await clientOf([() => {}]);
  const stop = new AbortController();
  const asked = client.fetchEntries(["2503.00001"], stop.signal);
  stop.abort(new Error("stopped by the operator"));
  await expect(asked).rejects.toThrow("stopped by the operator");
});

test("more ids than one request takes is a mistake of the caller", async () => {
  const { client } = await clientOf();
  expect(() => client.fetchEntries([])).toThrow(RangeError);
  expect(() => client.fetchEntries(Array<string>(101).fill("2503.00001"))).toThrow(RangeError);
});
