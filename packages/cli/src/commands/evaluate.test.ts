/** What `evaluate search` says while it works and when it is done. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Readable, Writable } from "node:stream";
import { writeCollection } from "@paperwire/engine/eval";
import { afterAll, beforeAll, expect, it } from "vitest";
import { evaluateCommand } from "./evaluate.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperwire-evaluate-"));
  const corpus = ["soup", "salad", "bread"].map((text, at) => ({ id: String(at), title: "", text }));
  const queries = [
    { id: "a", text: "soup" },
    { id: "b", text: "bread" },
  ];
  const qrels = new Map(queries.map(({ id }, at) => [id, new Map([[String(at), 1]])]));
  await writeCollection(folder, { corpus, queries, qrels });
});
afterAll(() => rm(folder, { recursive: true }));

it("says on stderr how far each step is, and one JSON object on stdout", async () => {
  const [stdout, stderr] = [kept(), kept()];
  let now = 0;
  const clock = () => (now += 6_000);
  await evaluateCommand(
    { collection: folder, system: "bm25", json: true },
    { stdin: Readable.from([]), stdout: stdout.stream, stderr: stderr.stream, clock },
  );
  expect(stdout.lines()).toHaveLength(1);
  expect(JSON.parse(stdout.lines()[0] ?? "")).toMatchObject({ system: "bm25", queries: 2 });
  expect(stderr.lines()).toContain("Reading · 3 documents");
  expect(stderr.lines()).toContain("Indexing 66% · 2 of 3 documents");
  expect(stderr.lines()).toContain("Asking 100% · 2 of 2 queries");
  expect(stderr.lines().at(-1)).toBe("Timing 100% · 10 of 10 queries");
});

function kept() {
  let text = "";
  const stream = new Writable({
    write(chunk, _encoding, done) {
      text += String(chunk);
      done();
    },
  });
  return { stream, lines: () => text.split("\n").filter((line) => line !== "") };
}
