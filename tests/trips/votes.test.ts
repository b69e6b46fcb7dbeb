/** A hundred people vote at the same moment, the site is killed in the middle, and every vote that it acknowledged is there. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { freshPostgres } from "../../packages/store/src/fresh-postgres.ts";

const SITE = fileURLToPath(new URL("./voting-site.mjs", import.meta.url));
const VOTERS = 100;
/** Votes that are acknowledged before the rush. */
const BEFORE = 35;
const PAPER = "2503.00001";
const url = process.env.PAPERWIRE_TEST_DATABASE_URL;
if (!url) console.warn("SKIPPED: votes on PostgreSQL. Name a server in PAPERWIRE_TEST_DATABASE_URL to test it, too.");

describe.each(url ? ["embedded", "PostgreSQL"] : ["embedded"])("a hundred voters on the %s database", (kind) => {
  let folder: string;
  let database: { url?: string; drop(): Promise<void> } | undefined;
  const children = new Set<ChildProcess>();
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "paperwire-votes-"));
    if (kind !== "PostgreSQL") return;
    const fresh = await freshPostgres(url!);
    const { location } = fresh;
    database = { ...(location.kind === "postgres" && { url: location.url }), drop: () => fresh.drop() };
  });
  afterAll(async () => {
    for (const child of children) child.kill("SIGKILL");
    await Promise.all([...children].map((child) => child.exitCode === null && once(child, "exit")));
    await database?.drop();
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  async function serve(): Promise<{ child: ChildProcess; address: string }> {
    const args = [SITE, folder, String(VOTERS), ...(database?.url ? [database.url] : [])];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "inherit"] });
    children.add(child);
    child.on("exit", () => children.delete(child));
    for await (const address of createInterface({ input: child.stdout! })) return { child, address };
    throw new Error("the site did not start");
  }

  /** @returns the status; 0 where no answer came */
  const send = async (address: string, voter: number, method = "POST"): Promise<number> => {
    const headers = { cookie: `voter=voter-${voter}`, "sec-fetch-site": "same-origin" };
    const sent = await fetch(`${address}/api/papers/${PAPER}/upvote`, { method, headers }).catch(() => null);
    return sent === null
      ? 0
      : sent.text().then(
          () => sent.status,
          () => 0,
        );
  };
  const counted = async (address: string) => {
    const paper = (await (await fetch(`${address}/api/papers/${PAPER}`)).json()) as Record<string, number>;
    return { all: paper["upvotes"], here: paper["upvotesHere"] ?? 0 };
  };

  it("counts each acknowledged vote once, through a kill -9 and after it", async () => {
    const first = await serve();
    const acknowledged = new Set<number>();
    const gone = once(first.child, "exit");
    const give = async (voter: number) => {
      if ((await send(first.address, voter)) === 200) acknowledged.add(voter);
    };
    await Promise.all(Array.from({ length: BEFORE }, (_, voter) => give(voter)));
    expect(acknowledged.size).toBe(BEFORE);
    // The others vote together, and the first answer to any of them is the site's end.
    const others = Array.from({ length: VOTERS - BEFORE }, (_, at) => give(BEFORE + at));
    await Promise.race(others);
    first.child.kill("SIGKILL");
    await Promise.all([...others, gone]);

    const second = await serve();
    const { here } = await counted(second.address);
    expect(here).toBeGreaterThanOrEqual(acknowledged.size);
    // Taking back what was acknowledged leaves no less than nothing, and just what was in the air when the site died.
    for (const voter of acknowledged) expect(await send(second.address, voter, "DELETE")).toBe(200);
    const answers = await Promise.all(
      Array.from({ length: VOTERS }, async (_, voter) => [
        await send(second.address, voter),
        await send(second.address, voter),
      ]),
    );
    expect(answers.flat().every((status) => status === 200)).toBe(true);
    // A page of the version before may still be shown for up to a second.
    await expect.poll(() => counted(second.address), { timeout: 5_000 }).toEqual({ all: VOTERS + 7, here: VOTERS });
  }, 120_000);
});
