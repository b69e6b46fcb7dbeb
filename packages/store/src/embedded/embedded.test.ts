import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, stat } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openStore } from "../open-store.ts";

const WRITER = fileURLToPath(new URL("../../testdata/writer.ts", import.meta.url));

describe("a data folder", () => {
  let folder: string;
  const children: ChildProcess[] = [];

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "paperwire-store-"));
  });
  afterEach(async () => {
    for (const child of children.splice(0)) child.kill("SIGKILL");
    await rm(folder, { recursive: true, force: true });
  });

  const open = (whenInUse: "refuse" | "join" = "refuse") =>
    openStore({ location: { kind: "embedded", folder, whenInUse }, clock: () => 0 });

  const startWriter = (...args: string[]) => {
    const child = spawn(process.execPath, ["--conditions=paperwire-source", WRITER, folder, ...args], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    children.push(child);
    return { child, lines: createInterface({ input: child.stdout! })[Symbol.asyncIterator]() };
  };

  const read = async (lines: AsyncIterator<string>, count: number) => {
    const seen: string[] = [];
    while (seen.length < count) {
      const { value, done } = await lines.next();
      if (done) break;
      seen.push(value);
    }
    return seen;
  };

  it("refuses a second process and says which one holds it", async () => {
    const store = await open();
    const { lines } = startWriter();
    const [answer] = await read(lines, 1);
    expect(answer).toContain(`in use by another process (number ${process.pid})`);
    expect(answer).toContain("PAPERWIRE_DATA");
    await store.close();
  });

  it("refuses a second opening in the same process, and opens again after closing", async () => {
    const store = await open();
    await expect(open()).rejects.toThrow(/in use/);
    await store.papers.takeIn([{ identifiers: [], facts: { title: "Kept" } }]);
    await store.close();
    const again = await open();
    expect(await again.papers.count()).toBe(1);
    await again.close();
  });

  it("lets another process work through the owner, at the same time", async () => {
    const store = await open();
    const { child, lines } = startWriter("join");
    expect(await read(lines, 1)).toEqual(["2501.00000"]);
    const own = Array.from({ length: 20 }, (_, n) => ({ identifiers: [], facts: { title: `Own ${n}` } }));
    for (const record of own) await store.papers.takeIn([record]);
    const acknowledged = await read(lines, 20);
    child.kill("SIGKILL");
    await once(child, "exit");
    for (const id of acknowledged) expect(await store.papers.find(id)).not.toBeNull();
    expect((await store.papers.listByTitle("Own 19")).length).toBe(1);
    await store.close();
  });

  it("keeps every acknowledged paper when its owner is killed", async () => {
    let next = 0;
    for (let round = 0; round < 3; round++) {
      const { child, lines } = startWriter("refuse", String(next));
      const acknowledged = await read(lines, 15 + round * 7);
      child.kill("SIGKILL");
      await once(child, "exit");
      const store = await open();
      for (const id of acknowledged) expect(await store.papers.find(id)).not.toBeNull();
      next = await store.papers.count();
      await store.close();
    }
    expect(next).toBeGreaterThanOrEqual(15 + 22 + 29);
  }, 60_000);

  it("is readable by its owner alone", async () => {
    const store = await open();
    expect((await stat(join(folder, ".s.PGSQL.5432"))).mode & 0o077).toBe(0);
    await store.close();
  });
});
