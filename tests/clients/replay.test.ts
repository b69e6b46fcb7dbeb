/** Clients of arXiv that nobody here wrote, against the replay server that our own tests rely on. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { papersOf } from "../../packages/ingest/src/replay/model.ts";
import { openReplayServer, type ReplayServer } from "../../packages/ingest/src/replay/server.ts";
import { preparePython, runPythonTests } from "./python.ts";

const RUN_LIMIT_MS = 60_000;
const python = await preparePython("requirements-replay.txt");
if (python.kind === "absent")
  console.warn(`Skipped: sickle, feedparser and arxiv on the replay server: ${python.reason}`);

describe.skipIf(python.kind === "absent")("the replay server", () => {
  let server: ReplayServer;
  beforeAll(async () => {
    const papers = [...papersOf("2026-11-23", 8), ...papersOf("2026-11-24", 5, { first: 101 })];
    papers[0] = { ...papers[0]!, isDeleted: true };
    server = await openReplayServer({ papers, today: "2026-11-24" });
  });
  afterAll(() => server?.close());

  test(
    "is read by sickle, feedparser and arxiv of PyPI",
    async () => {
      const report = await runPythonTests(python as { folder: string }, "test_replay.py", server.url);
      expect(report).toContain("Ran 7 tests");
    },
    RUN_LIMIT_MS,
  );
});
