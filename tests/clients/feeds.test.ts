/** Feed readers that nobody here wrote, and schemas of the formats, on the built-in edition with some hostile papers in it. */
import { execFile } from "node:child_process";
import { createReadStream } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { IncomingRecord } from "@paperwire/domain";
import { importSeedEdition } from "@paperwire/ingest";
import { parseFeed, parseOpml } from "feedsmith";
import Parser from "rss-parser";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { preparePython, runPythonTests } from "./python.ts";
import { type RunningSite, startSiteOf } from "./running-site.ts";

const SEED = fileURLToPath(new URL("../../packages/cli/seed/edition-2025-03-28.jsonl", import.meta.url));
const START_LIMIT_MS = 90_000;
const RUN_LIMIT_MS = 90_000;
const HOSTILE: IncomingRecord[] = [
  {
    identifiers: [{ scheme: "arxiv", value: "2503.99991" }],
    facts: {
      title: "Ranking in $O(n^2)$ & <script>alert(1)</script> ]]> \u000béこ\u{1f600}",
      abstract: "First paragraph <script>alert(2)</script> & ]]>.\n\nSecond paragraph, $\\frac{a}{b} < \\epsilon$.",
      authors: [{ name: "Ada Example" }, { name: "Łukasz <b>O’Example</b>" }],
      keywords: ["hostile", "a & b", "<i>", "hostile"],
      links: [{ kind: "code", url: 'https://example.org/?a=1&b="2"' }],
      note: "12 pages & <b>more</b>",
    },
    entry: { edition: "2025-03-28", upvotes: 3, numComments: 1, submittedAt: "2025-03-28T09:00:00.000Z" },
  },
  {
    identifiers: [{ scheme: "arxiv", value: "2503.99992" }],
    facts: { title: "Nothing else is known of this", keywords: ["hostile"] },
    entry: { edition: "2025-03-28" },
  },
  {
    identifiers: [{ scheme: "arxiv", value: "2503.99993" }],
    facts: {
      title: "A collaboration",
      authors: Array.from({ length: 250 }, (_, at) => ({ name: `Member ${at}` })),
      keywords: ["hostile"],
      notices: [{ kind: "retracted", source: "Crossref", date: "2025-03-29" }],
    },
    entry: { edition: "2025-03-28" },
  },
];

const run = promisify(execFile);
const hasNewsboat = await run("newsboat", ["-v"]).then(
  () => true,
  () => false,
);
if (!hasNewsboat) console.warn("Skipped: newsboat is not here (apt-get install newsboat).");
const python = await preparePython("requirements-feeds.txt");
if (python.kind === "absent") console.warn(`Skipped: feedparser and schemas on our feeds: ${python.reason}`);

describe("the feeds of the built-in edition", () => {
  let site: RunningSite;
  beforeAll(async () => {
    site = await startSiteOf(async (store) => {
      await importSeedEdition(createReadStream(SEED), store.papers);
      await store.papers.takeIn(HOSTILE);
    });
  }, START_LIMIT_MS);
  afterAll(() => site?.close());

  test.skipIf(python.kind === "absent")(
    "are valid, and read by feedparser of PyPI",
    async () => {
      const report = await runPythonTests(python as { folder: string }, "test_feeds.py", site.address);
      expect(report).toContain("Ran 10 tests");
    },
    RUN_LIMIT_MS,
  );

  test("are read by rss-parser, with every author", async () => {
    type Item = { "dc:creators"?: string[] };
    const parser = new Parser<object, Item>({
      customFields: { item: [["dc:creator", "dc:creators", { keepArray: true }]] },
    });
    const [rss, atom] = await Promise.all([
      parser.parseURL(`${site.address}/latest.rss`),
      parser.parseURL(`${site.address}/latest.atom`),
    ]);
    expect(rss.title).toBe("Paperwire: Latest papers");
    expect(rss.items).toHaveLength(94);
    expect(rss.items.map(({ link }) => link)).toEqual(atom.items.map(({ link }) => link));
    const hostile = rss.items.find(({ link }) => link?.endsWith("2503.99991"))!;
    expect(hostile["dc:creators"]).toEqual(["Ada Example", "Łukasz <b>O’Example</b>"]);
    expect(hostile.content).toContain("First paragraph &lt;script>");
    expect(rss.items.find(({ link }) => link?.endsWith("2503.99993"))!.title).toBe("[Retracted] A collaboration");
  });

  test.skipIf(!hasNewsboat)("are imported and read by newsboat of Debian", async () => {
    const folder = await mkdtemp(join(tmpdir(), "paperwire-newsboat-"));
    try {
      const at = (name: string) => join(folder, name);
      const newsboat = (...args: string[]) =>
        run("newsboat", ["-u", at("urls"), "-c", at("cache.db"), "-C", at("config"), ...args], {
          env: { ...process.env, HOME: folder },
          timeout: RUN_LIMIT_MS,
        });
      await writeFile(at("config"), "");
      await writeFile(at("urls"), "");
      await writeFile(at("list.opml"), await (await fetch(`${site.address}/topics/hostile.opml`)).text());
      await newsboat("-i", at("list.opml"));
      const imported = (await readFile(at("urls"), "utf8")).match(/http:\S+\.atom/g);
      expect(imported).toContain(`${site.address}/topics/hostile.atom`);
      await writeFile(at("urls"), `${site.address}/latest.rss\n${site.address}/date/2025-03-28.atom\n`);
      await newsboat("-x", "reload");
      const database = new DatabaseSync(at("cache.db"), { readOnly: true });
      const rows = database.prepare("select feedurl, title, author, guid, content from rss_item").all();
      database.close();
      // It knows an entry by its id: the papers of two lists in two formats are the same ones.
      expect(rows).toHaveLength(94);
      const hostile = rows.filter(({ title }) => String(title).includes("alert(1)"));
      expect(hostile).toEqual([
        expect.objectContaining({
          author: "Ada Example, Łukasz <b>O’Example</b>",
          content: expect.stringContaining("Second paragraph"),
        }),
      ]);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  test("are read by feedsmith, which tells the formats apart by itself", async () => {
    for (const form of ["atom", "rss", "json"]) {
      const text = await (await fetch(`${site.address}/latest.${form}`)).text();
      expect(parseFeed(text).format).toBe(form);
    }
    const opml = parseOpml(await (await fetch(`${site.address}/feeds.opml`)).text());
    for (const { xmlUrl } of opml.body!.outlines!.at(-1)!.outlines!.slice(0, 5)) {
      expect((await fetch(xmlUrl!)).headers.get("content-type")).toBe("application/atom+xml; charset=utf-8");
    }
  });
});
