/** What a source announced comes in: harvest, interruption, repetition, and the status that an operator reads. */
import { addDays, latestBatchDay } from "@paperwire/domain";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { papersOf } from "../../packages/ingest/src/replay/model.ts";
import { openReplayServer, type ReplayServer } from "../../packages/ingest/src/replay/server.ts";
import { end, House } from "./command.ts";

/** The command looks at the real clock, and waits three seconds between two requests. */
const LIMIT_MS = 90_000;
const day = latestBatchDay(Date.now());
const since = addDays(day, -7);

describe("a source is harvested", () => {
  let house: House;
  let arxiv: ReplayServer;
  const env = () => ({ ARXIV_MIRROR: arxiv.url, CONTACT: "ops@example.org" });
  beforeAll(async () => {
    house = await House.open();
    const papers = [...papersOf(addDays(day, -3), 4), ...papersOf(day, 5, { first: 101 })];
    arxiv = await openReplayServer({ papers, today: day, pageSize: 6, now: Date.now });
  });
  afterAll(async () => {
    await house?.close();
    await arxiv?.close();
  });

  it(
    "says what is wrong with a question",
    async () => {
      const cases: [string[], string][] = [
        [["harvest", "nature"], 'no source "nature"'],
        [["harvest", "arxiv"], "Nothing was harvested before"],
        [["harvest", "arxiv", "--sets", "cs&x", "--since", since], "no archive or category"],
        [["harvest", "arxiv", "--sets", "cs", "--since", "yesterday"], "is not a date"],
        [["harvest", "arxiv", "--sets", "cs"], "cs was never harvested"],
        [["sources", "status", "--days", "0"], "whole number from 1"],
      ];
      for (const [args, reason] of cases) {
        const { code, stderr } = await house.run(args, { env: env() });
        expect([code, stderr]).toEqual([1, expect.stringContaining(reason)]);
      }
      expect(arxiv.requests).toEqual([]);
      expect((await house.run(["sources", "status"])).stdout).toContain("No source was ever asked");
    },
    LIMIT_MS,
  );

  it(
    "Ctrl-C keeps what was done, and the same command goes on there",
    async () => {
      const hung = new Promise<void>((resolve) => {
        arxiv.faults = [
          (response, _, right) => void response.writeHead(200, { "content-type": "text/xml" }).end(right),
          () => resolve(),
        ];
      });
      const child = house.start(["harvest", "arxiv", "--sets", "cs", "--since", since], env());
      await hung;
      expect(await end(child, "SIGINT")).toBe(130);
      const before = arxiv.requests.length;
      const done = await house.run(["harvest", "arxiv", "--sets", "cs", "--since", since, "--json"], { env: env() });
      expect(done).toMatchObject({ code: 0, stderr: "" });
      expect(JSON.parse(done.stdout)).toMatchObject({
        set: "cs",
        read: 3,
        added: 3,
        announcement: { day, state: "complete", failed: [] },
      });
      expect(arxiv.requests[before]!.path).toContain("resumptionToken");
      for (const { userAgent } of arxiv.requests) expect(userAgent).toContain("ops@example.org");
      expect(arxiv.mostOpen).toBe(1);
    },
    LIMIT_MS,
  );

  it(
    "changes nothing the second time, and needs no day and no set any more",
    async () => {
      const { code, stdout } = await house.run(["harvest", "arxiv"], { env: env() });
      expect(code).toBe(0);
      expect(stdout).toContain("0 added, 0 updated, 5 unchanged");
      expect(stdout).toContain(`batch of ${day}: complete, 5 new`);
    },
    LIMIT_MS,
  );

  it(
    "two commands beside a running site take turns",
    async () => {
      const site = await house.serve();
      arxiv.mostOpen = 0;
      const runs = await Promise.all([1, 2].map(() => house.run(["harvest", "arxiv", "--sets", "cs"], { env: env() })));
      for (const { code, stdout } of runs)
        expect([code, stdout]).toEqual([0, expect.stringContaining("0 added, 0 updated")]);
      expect(arxiv.mostOpen).toBe(1);
      await end(site.child, "SIGTERM");
    },
    LIMIT_MS,
  );

  it(
    "the status is a table, and JSON for programs",
    async () => {
      const { code, stdout } = await house.run(["sources", "status"]);
      expect(code).toBe(0);
      const [head, row] = stdout.split("\n");
      expect(head).toMatch(/^day +set +state +new +stored +feed +listing +harvest +asked/);
      expect(row).toMatch(new RegExp(`^${day} +cs +complete +5 +5 +5 +5 +5 +20`));
      const rows = JSON.parse((await house.run(["sources", "status", "--json"])).stdout);
      expect(rows[0]).toMatchObject({ day, set: "cs", state: "complete", announced: 5, stored: 5 });
    },
    LIMIT_MS,
  );
});
