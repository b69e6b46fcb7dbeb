import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { openTestStore } from "@paperwire/store/testing";
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from "vitest";
import { createMemoryTurns } from "../polite/host-turns.ts";
import { createPoliteFetcher } from "../polite/polite-fetcher.ts";
import * as faults from "../replay/faults.ts";
import type { Fault } from "../replay/server.ts";
import { enrichPapers } from "./enrich-papers.ts";
import { createSemanticScholar } from "./semantic-scholar.ts";

type TestStore = Awaited<ReturnType<typeof openTestStore>>;
let store: TestStore;
let server: Server;
let url = "";
let nowMs = Date.UTC(2026, 10, 24, 12);
let fault: Fault | undefined;
let asked: { ids: string[]; key: string | undefined; fields: string | null }[] = [];
/** What the catalogue knows, by the name that it is asked with. */
const known = new Map<string, object>();

beforeAll(async () => {
  store = await openTestStore(() => nowMs);
  const paper = (value: string, facts: object = {}) => ({
    identifiers: [{ scheme: "arxiv" as const, value }],
    facts: { title: `Paper ${value}`, publishedAt: "2026-10-01T00:00:00.000Z", ...facts },
    asOf: "2026-10-01T00:00:00.000Z",
  });
  await store.papers.takeIn([
    paper("2610.00001"),
    paper("2610.00002", { venue: "Our own word" }),
    paper("2610.00003"),
    { identifiers: [], facts: { title: "A paper of no catalogue" } },
  ]);
});
afterAll(() => store?.close());
beforeEach(async () => {
  server = createServer(async (request, response) => {
    let body = "";
    for await (const part of request) body += part;
    if (fault) return fault(response, request, "[]");
    const { ids } = JSON.parse(body) as { ids: string[] };
    asked.push({
      ids,
      key: request.headers["x-api-key"] as string | undefined,
      fields: new URL(request.url!, url).searchParams.get("fields"),
    });
    response.end(JSON.stringify(ids.map((id) => known.get(id) ?? null)));
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  fault = undefined;
  asked = [];
});
afterEach(() => {
  server.closeAllConnections();
  server.close();
});

const enrich = () => {
  const turns = createMemoryTurns({
    clock: () => nowMs,
    sleep: async (ms) => {
      nowMs += ms;
    },
  });
  const fetcher = createPoliteFetcher({ name: "Semantic Scholar", turns });
  const catalogue = createSemanticScholar({ fetcher, key: "secret", baseUrl: url, timeoutMs: 200 });
  return enrichPapers({ catalogue, citations: store.citations, papers: store.papers });
};
const count = async (id: string) => (await store.citations.find(id))?.citations ?? null;

test("figures, DOIs and venues come in one question; what a source said of a paper stays", async () => {
  known.set("ARXIV:2610.00001", {
    citationCount: 12,
    influentialCitationCount: 3,
    venue: "Conference of Things",
    year: 2026,
    externalIds: { DOI: "10.1234/ABC" },
  });
  known.set("ARXIV:2610.00002", { citationCount: 0, venue: "Another word", externalIds: {} });
  expect(await enrich()).toEqual({ asked: 3, known: 2, filled: 1 });
  expect(asked).toEqual([
    {
      ids: ["ARXIV:2610.00001", "ARXIV:2610.00002", "ARXIV:2610.00003"],
      key: "secret",
      fields: expect.stringContaining("citationCount"),
    },
  ]);
  expect(await store.citations.find("2610.00001")).toEqual({
    source: "Semantic Scholar",
    citations: 12,
    influential: 3,
    saidAt: "2026-11-24T12:00:00.000Z",
  });
  expect([await count("2610.00002"), await count("2610.00003")]).toEqual([0, null]);
  expect(await store.papers.find("2610.00001")).toMatchObject({ venue: "Conference of Things", year: 2026 });
  expect((await store.papers.find("2610.00002"))!.venue).toBe("Our own word");
  expect(await store.sources.listIdentifiers("doi", { after: "", limit: 10 })).toEqual(["10.1234/abc"]);
});

test("nobody asks again within a week; then what is unknown now keeps what was said before", async () => {
  expect(await enrich()).toMatchObject({ asked: 0 });
  nowMs += 8 * 86_400_000;
  known.clear();
  known.set("ARXIV:2610.00002", { citationCount: 5 });
  expect(await enrich()).toMatchObject({ asked: 3, known: 1, filled: 0 });
  expect([await count("2610.00001"), await count("2610.00002")]).toEqual([12, 5]);
  expect((await store.citations.find("2610.00001"))!.saidAt).toBe("2026-11-24T12:00:00.000Z");
});

test.each([
  ["429", () => faults.status(429)],
  ["HTML", () => faults.html],
  ["a broken answer", () => faults.broken],
  ["an endless body", () => faults.endless],
  ["a drip", () => faults.drip],
  ["another number of papers", (): Fault => (response) => void response.end("[null]")],
  ["a redirect", () => faults.redirect("/elsewhere")],
])("%s leaves the old figures, and it is said", async (_, open) => {
  nowMs += 8 * 86_400_000;
  fault = open();
  const summary = await enrich();
  expect(summary).toMatchObject({ asked: 0, stopped: /Semantic Scholar/ });
  expect([await count("2610.00001"), await count("2610.00002")]).toEqual([12, 5]);
});
