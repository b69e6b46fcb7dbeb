/** The site follows its sources by itself; killed in the middle, it loses nothing, doubles nothing and goes on. */
import { addDays, latestBatchDay } from "@paperwire/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { papersOf } from "../../packages/ingest/src/replay/model.ts";
import { openReplayServer, type ReplayServer } from "../../packages/ingest/src/replay/server.ts";
import { end, House } from "./command.ts";

/** The site looks at the real clock, and waits three seconds between two requests. */
const LIMIT_MS = 240_000;
const day = latestBatchDay(Date.now());

describe("a site that follows arXiv", () => {
  let house: House;
  let arxiv: ReplayServer;
  const env = () => ({ ARXIV_MIRROR: arxiv.url, HARVEST_ARXIV: "cs", SEED_EDITION: "off" });
  beforeAll(async () => {
    house = await House.open();
    const papers = [...papersOf(addDays(day, -3), 4), ...papersOf(day, 5, { first: 101 })];
    arxiv = await openReplayServer({ papers, today: day, pageSize: 4, now: Date.now });
  });
  afterAll(async () => {
    await house?.close();
    await arxiv?.close();
  });

  type Job = { name: string; state: string; nextAt: string; error: string | null; outcome: string };
  const jobs = async (): Promise<Job[]> =>
    JSON.parse((await house.run(["sources", "status", "--json", "--jobs"], { env: env() })).stdout);
  async function untilAsked(path: RegExp, from: number) {
    while (!arxiv.requests.slice(from).some((one) => path.test(one.path)))
      await new Promise((resolve) => setTimeout(resolve, 100));
  }

  it(
    "harvests without being told, is killed in the middle, and goes on behind what it has",
    async () => {
      const hung = new Promise<void>((resolve) => {
        arxiv.faults = [
          (response, _, right) => void response.writeHead(200, { "content-type": "text/xml" }).end(right),
          () => resolve(),
        ];
      });
      const first = await house.serve(env());
      await hung;
      await end(first.child, "SIGKILL");
      const before = arxiv.requests.length;
      const second = await house.serve(env());
      await untilAsked(/^\/list\//, before);
      // The page in flight when it was killed is asked for again, and none before it.
      expect(arxiv.requests[before]!.path).toContain("resumptionToken");
      const site = await fetch(`${second.address}/api/papers?limit=100`);
      expect(((await site.json()) as unknown[]).length).toBe(9);
      await end(second.child, "SIGTERM");
      const { stdout } = await house.run(["harvest", "arxiv", "--json"], { env: env() });
      expect(JSON.parse(stdout)).toMatchObject({ added: 0, updated: 0, announcement: { state: "complete" } });
      expect(arxiv.mostOpen).toBe(1);
    },
    LIMIT_MS,
  );

  it(
    "says when it wakes next, on the command line and on its page",
    async () => {
      const site = await house.serve(env());
      let [job] = await jobs();
      while (job?.state !== "waiting") [job] = await jobs();
      expect(job).toMatchObject({ name: "arxiv", error: null, outcome: expect.stringContaining("cs: ") });
      expect(Date.parse(job.nextAt)).toBeGreaterThan(Date.now());
      const page = await (await fetch(`${site.address}/sources`)).text();
      expect(page).toContain("arXiv: changes and announcements");
      expect(page).toContain(job.outcome);
      await end(site.child, "SIGTERM");
    },
    LIMIT_MS,
  );

  it(
    "does not start with an option that its source does not understand",
    async () => {
      const { code, stderr } = await house.run(["serve"], { env: { ...env(), HARVEST_ARXIV: "cs&x" } });
      expect([code, stderr]).toEqual([1, expect.stringContaining("no archive or category")]);
    },
    LIMIT_MS,
  );
});
