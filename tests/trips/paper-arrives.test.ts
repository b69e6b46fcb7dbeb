/** A paper comes in: by file, by pipe, past bad lines, through a kill, and beside a running site. */
import { once } from "node:events";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { end, House } from "./command.ts";

const entry = (n: number) => ({
  edition: "2025-04-02",
  id: `2504.${String(n).padStart(5, "0")}`,
  title: `Paper number ${n} about careful imports`,
  abstract: "We import, we count, we repeat, and nothing changes the second time.",
  authors: [{ name: "Ada Example" }],
  publishedAt: "2025-04-01T10:00:00.000Z",
  submittedAt: "2025-04-02T01:00:00.000Z",
  upvotes: n % 50,
  numComments: 0,
});
const lines = (records: readonly object[]) => records.map((record) => `${JSON.stringify(record)}\n`).join("");

/** Papers that the tests before the kill left in the house. */
const BEFORE_THE_KILL = 4;

describe("a paper arrives", () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(() => house.close());

  it("keeps good lines, names bad ones by number and reason, and says so in its exit code", async () => {
    const file = join(house.folder, "mixed.jsonl");
    const good = [entry(1), entry(2)];
    const bad = ['{"edition": "2025-04-02", "id": ', JSON.stringify({ ...entry(3), title: "x".repeat(10_000) })];
    const impossible = JSON.stringify({ ...entry(4), edition: "2025-13-40" });
    await writeFile(file, `${lines(good)}${bad.join("\n")}\n${impossible}\n${lines([entry(5)])}`);
    const first = await house.run(["import", "--json", file]);
    expect(first.code).toBe(2);
    const summary = JSON.parse(first.stdout);
    expect(summary).toMatchObject({ format: "hf-entries", read: 6, added: 3, refused: 3 });
    expect(summary.refusals.map(({ line }: { line: number }) => line)).toEqual([3, 4, 5]);
    for (const { reason } of summary.refusals) expect(reason.length).toBeGreaterThan(10);
  });

  it("reads standard input, unpacks it, and changes nothing the second time", async () => {
    const input = gzipSync(lines([entry(1), entry(2), entry(5), entry(6)]));
    const first = await house.run(["import", "--json", "-"], { input });
    expect([first.code, JSON.parse(first.stdout)]).toMatchObject([0, { added: 1, unchanged: 3 }]);
    const second = await house.run(["import", "--json", "-"], { input });
    expect([second.code, JSON.parse(second.stdout)]).toMatchObject([0, { added: 0, updated: 0, unchanged: 4 }]);
  });

  it("says what to do about files that are not there, unknown formats and nonsense", async () => {
    const missing = await house.run(["import", join(house.folder, "nowhere.jsonl")]);
    expect([missing.code, missing.stderr]).toEqual([1, expect.stringContaining("There is no file")]);
    const format = await house.run(["import", "--format", "docx", "-"], { input: Buffer.from("x") });
    expect([format.code, format.stderr]).toEqual([1, expect.stringContaining('no format "docx"')]);
    const nonsense = await house.run(["import", "-"], { input: Buffer.from([0, 1, 2, 3, 255]) });
    expect(nonsense.code).toBe(1);
    expect(nonsense.stdout).toContain("The format was not recognised");
    expect(nonsense.stdout).toContain("hf-entries: ");
  });

  it("loses nothing that it reported when it is killed, and completes when run again", async () => {
    const total = 20_000;
    const file = join(house.folder, "many.jsonl");
    const day = (n: number) => new Date(Date.UTC(2024, 0, 1 + n)).toISOString().slice(0, 10);
    const papers = Array.from({ length: total }, (_, n) => ({
      ...entry(1_000 + n),
      edition: day(Math.floor(n / 100)),
    }));
    await writeFile(file, lines(papers));
    // The site watches: what it has seen must still be there after the kill.
    const { child: site, address } = await house.serve({ SEED_EDITION: "off" });
    const child = house.start(["import", file]);
    const seen = async () => (await (await fetch(`${address}/readyz`)).json()).index.done as number;
    let before = 0;
    while (before < 500) before = await seen();
    const code = await end(child, "SIGKILL");
    expect(code).toBeNull();
    expect(await end(site, "SIGKILL")).toBeNull();
    const again = await house.run(["import", "--json", file]);
    const { added, unchanged } = JSON.parse(again.stdout);
    expect(added + unchanged).toBe(total);
    expect(unchanged).toBeGreaterThanOrEqual(before - BEFORE_THE_KILL);
  }, 120_000);
});

describe("a site", () => {
  let house: House;
  beforeAll(async () => {
    house = await House.open();
  });
  afterAll(() => house.close());

  it("starts from nothing with the built-in edition, keeps others out, takes papers in while it runs, ends in order", async () => {
    const { child, address } = await house.serve();
    const front = await (await fetch(address)).text();
    expect(front).toContain("28 March 2025");
    expect(front.match(/<article/g)?.length).toBe(91);

    const second = await house.run(["serve"], { env: { PORT: "0" } });
    expect([second.code, second.stderr]).toEqual([1, expect.stringContaining(`number ${child.pid}`)]);

    const imported = await house.run(["import", "--json", "-"], { input: Buffer.from(lines([entry(7)])) });
    expect(JSON.parse(imported.stdout)).toMatchObject({ added: 1 });
    expect((await fetch(`${address}/papers/2504.00007`)).status).toBe(200);
    const backup = join(house.folder, "backup.gz");
    expect((await house.run(["backup", backup])).stdout).toContain("92 papers");

    const stdout = createInterface({ input: child.stdout! });
    const said: string[] = [];
    stdout.on("line", (line) => said.push(line));
    expect(await end(child, "SIGTERM")).toBe(0);
    expect(said.join(" ")).toContain("everything is saved");

    const refused = await house.run(["restore", backup]);
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("--replace")]);
    const restored = await house.run(["restore", "--replace", backup]);
    expect([restored.code, restored.stdout]).toEqual([0, expect.stringContaining("92 papers")]);
    const again = await house.serve();
    expect((await fetch(`${again.address}/papers/2504.00007`)).status).toBe(200);
    expect(await end(again.child, "SIGINT")).toBe(0);
  }, 120_000);

  it("says plainly that a port is taken", async () => {
    const { child, address } = await house.serve();
    const other = await House.open();
    const refused = await other.run(["serve"], { env: { PORT: new URL(address).port } });
    expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining("is in use")]);
    await other.close();
    const exited = once(child, "exit");
    child.kill("SIGTERM");
    await exited;
  }, 60_000);
});
