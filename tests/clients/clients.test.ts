/** Clients that nobody here wrote, against the running site: the judge of "API that existing clients accept". */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { preparePython, runPythonTests } from "./python.ts";
import { hasEditions, startTestSite } from "./running-site.ts";

const START_LIMIT_MS = 90_000;
const RUN_LIMIT_MS = 60_000;

if (!hasEditions) console.warn("Skipped: tests with real clients, because ../shared/data/hf-daily is not here.");
const python = hasEditions ? await preparePython() : { kind: "absent" as const, reason: "the editions are not here" };
if (python.kind === "absent") console.warn(`Skipped: tests with the Python client: ${python.reason}`);

describe.skipIf(!hasEditions)("with the imported editions", () => {
  let site: Awaited<ReturnType<typeof startTestSite>>;
  beforeAll(async () => {
    site = await startTestSite();
  }, START_LIMIT_MS);
  afterAll(() => site?.close());

  describe.skipIf(python.kind === "absent")("the Python client of PyPI", () => {
    test.each([
      ["passes the assertions of its own paper tests", "test_paper_api.py", 13],
      ["reads every field through every call", "test_every_call.py", 14],
      ["works as the hf command", "test_hf_command.py", 8],
      ["reads and writes collections", "test_collections.py", 8],
      ["finds a valid OpenAPI document", "test_description.py", 1],
    ])(
      "%s",
      async (_, file, count) => {
        const { address, tokens } = site;
        const keys = { PAPERWIRE_TOKEN: tokens.write, PAPERWIRE_READ_TOKEN: tokens.read };
        const report = await runPythonTests(python as { folder: string }, file, address, keys);
        expect(report).toContain(`Ran ${count} tests`.replace("1 tests", count === 1 ? "1 test" : "1 tests"));
      },
      RUN_LIMIT_MS,
    );
  });

  /** The requests of the Hugging Face MCP server's file view of papers, as plain fetches. */
  describe("the requests of the Hugging Face MCP server", () => {
    const get = (path: string, accept = "application/json") => fetch(`${site.address}${path}`, { headers: { accept } });
    type Item = { title: string; paper: { id: string; submittedOnDailyAt: string; submittedOnDailyBy: object } };

    test("a day's list is cut at the limit and says so in its Link header", async () => {
      const response = await get("/api/daily_papers?p=0&limit=20&sort=publishedAt&date=2025-10-29");
      expect((await response.json()) as Item[]).toHaveLength(20);
      const next = /^<(.+)>; rel="next"$/.exec(response.headers.get("link") ?? "")?.[1];
      expect(next).toMatch(new RegExp(`^${site.address}/api/daily_papers\\?.*p=1`));
      const rest = await fetch(next!);
      expect((await rest.json()) as Item[]).toHaveLength(4);
      expect(rest.headers.get("link") ?? "").not.toContain('rel="next"');
    });

    test("the latest list without a date is the newest edition first", async () => {
      const [item] = (await (await get("/api/daily_papers?p=0&limit=100&sort=publishedAt")).json()) as Item[];
      expect(item!.paper.submittedOnDailyAt).toBe("2026-05-29T00:00:00.000Z");
    });

    test("trending is a list of items", async () => {
      const list = (await (await get("/api/daily_papers?p=0&limit=50&sort=trending")).json()) as Item[];
      expect(list).toHaveLength(50);
      expect(list.every(({ paper, title }) => paper.id && title)).toBe(true);
    });

    test("a search marks what it found", async () => {
      const list = (await (await get("/api/papers/search?q=llama")).json()) as {
        highlightedTitle: { type: string }[];
      }[];
      expect(list.some(({ highlightedTitle }) => highlightedTitle.some(({ type }) => type === "highlight"))).toBe(true);
    });

    test("a paper's metadata, text and repositories", async () => {
      expect(await (await get("/api/papers/2601.15621")).json()).toMatchObject({
        numTotalModels: 1,
        numTotalSpaces: 1,
      });
      const text = await get("/papers/2601.15621.md", "text/markdown");
      expect(text.headers.get("content-type")).toContain("text/markdown");
      expect(await text.text()).toMatch(/^# Qwen3-TTS Technical Report/);
      const repos = (await (await get("/api/arxiv/2601.15621/repos")).json()) as Record<string, { id: string }[]>;
      expect(repos.models!.map(({ id }) => id)).toEqual(["Qwen/Qwen3-TTS-12Hz-1.7B-Base"]);
      expect(await (await get("/api/arxiv/1234.56789/repos")).json()).toEqual({ models: [], datasets: [], spaces: [] });
    });

    test("what is not there is a 404 in JSON, also for addresses that other services have", async () => {
      for (const path of ["/api/papers/1234.56789", "/api/agent-harnesses", "/api/models"]) {
        const response = await get(path);
        expect(response.status).toBe(404);
        expect(await response.json()).toHaveProperty("error");
      }
    });
  });
});
