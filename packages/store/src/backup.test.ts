import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable, Writable } from "node:stream";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { backup } from "./backup.ts";
import { openStore } from "./open-store.ts";
import { restore } from "./restore.ts";

const clock = () => Date.UTC(2025, 2, 28);

describe("backup and restore", () => {
  let home: string;
  let file: Buffer;
  let counted: Record<string, number>;
  const at = (name: string) => ({ kind: "embedded" as const, folder: join(home, name) });

  beforeAll(async () => {
    home = await mkdtemp(join(tmpdir(), "paperwire-backup-"));
    const store = await openStore({ location: at("one"), clock });
    await store.papers.takeIn(
      Array.from({ length: 450 }, (_, n) => ({
        identifiers: [{ scheme: "arxiv" as const, value: `2503.${String(n).padStart(5, "0")}` }],
        facts: {
          title: `Paper "${n}" \\ with ünicode 🤖`,
          keywords: ["a b", 'c"d', "{e}"],
          authors: [{ name: "Ada Example" }],
          publishedAt: "2025-03-27T17:59:51.123Z",
        },
        entry: { edition: "2025-03-28", upvotes: n % 7, submittedBy: { name: "ak", fullname: "AK" } },
      })),
    );
    await store.subscribers.request({
      email: "reader@example.org",
      key: "reader@example.org",
      source: "web",
      text: "v1",
    });
    await store.close();
    const output = new PassThrough();
    const chunks: Buffer[] = [];
    output.on("data", (chunk: Buffer) => chunks.push(chunk));
    counted = await backup({ location: at("one"), output, clock });
    file = Buffer.concat(chunks);
  });
  afterAll(() => rm(home, { recursive: true, force: true }));

  it("brings everything back into an empty database, under a new epoch", async () => {
    const counts = await restore({ location: at("two"), input: Readable.from([file]), replace: false });
    expect(counted).toMatchObject({ papers: 450, edition_entries: 450, subscribers: 1 });
    expect(counts).toEqual(counted);
    const [one, two] = [
      await openStore({ location: at("one"), clock }),
      await openStore({ location: at("two"), clock }),
    ];
    expect(await two.papers.listChangedSince(0, 5_000)).toEqual(await one.papers.listChangedSince(0, 5_000));
    const query = { order: "edition" as const, limit: 500, offset: 0 };
    expect(await two.editions.listEntries(query)).toEqual(await one.editions.listEntries(query));
    expect(await two.papers.listByTopic("{e}", { limit: 1, offset: 0 })).toMatchObject({ total: 450 });
    expect(await two.epoch()).not.toBe(await one.epoch());
    await one.close();
    await two.close();
  });

  it("refuses a database that holds something, unless told to replace it", async () => {
    const again = () => Readable.from([file]);
    await expect(restore({ location: at("one"), input: again(), replace: false })).rejects.toThrow(/--replace/);
    expect((await restore({ location: at("one"), input: again(), replace: true })).papers).toBe(450);
  });

  it("changes nothing when the file is cut short, damaged or something else", async () => {
    const text = gunzipSync(file).toString();
    const broken: [string, Buffer][] = [
      ["cut gzip", file.subarray(0, file.length - 200)],
      ["cut lines", gzipSync(`${text.trimEnd().split("\n").slice(0, -1).join("\n")}\n`)],
      ["flipped", gzipSync(text.replace('Paper \\"7\\"', 'Paper \\"8\\"'))],
      ["other", gzipSync('{"hello":1}\n')],
      ["not gzip", Buffer.from("hello")],
    ];
    for (const [name, bytes] of broken) {
      const attempt = restore({ location: at("two"), input: Readable.from([bytes]), replace: true });
      const error = await attempt.catch((reason: Error) => reason);
      expect([name, error]).toEqual([name, expect.objectContaining({ code: "invalid" })]);
    }
    const store = await openStore({ location: at("two"), clock });
    expect(await store.papers.count()).toBe(450);
    await store.close();
    // Five restores, each of which makes every table anew.
  }, 90_000);

  it("fails where its output does", async () => {
    const output = new Writable({ write: (_chunk, _encoding, done) => done(new Error("disk full")) });
    await expect(backup({ location: at("one"), output, clock })).rejects.toThrow("disk full");
  });

  it("refuses a backup of a newer program", async () => {
    const newer = gunzipSync(file).toString().replace('"0001_papers.sql"', '"0001_papers.sql","9999_later.sql"');
    const attempt = restore({ location: at("two"), input: Readable.from([gzipSync(newer)]), replace: true });
    await expect(attempt).rejects.toThrow(/newer version/);
  });
});
