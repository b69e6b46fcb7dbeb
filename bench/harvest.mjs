/**
 * How fast records of OAI-PMH are parsed and stored, and whether memory stays the same over a long harvest. A second
 * process makes up the records (1.9 KB each, 3,500 to a page, as arXiv sends them). Nobody waits between requests.
 * usage: npm run bench -- harvest [--records 35000] [--database postgres://…] [--parse-only]
 */
import { fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";

const PAGE = 3_500;
/** Made-up words, so that no two abstracts are alike: papers that are would be taken for one work, and compared. */
const SYLLABLES = "ba de ki lo mu ra se ti vo nu".split(" ");
const WORDS = Array.from({ length: 2_000 }, (_, n) =>
  [n % 10, Math.floor(n / 10) % 10, Math.floor(n / 100) % 10, Math.floor(n / 1000)].map((at) => SYLLABLES[at]).join(""),
);

/** @source the final mix of MurmurHash3 */
function mixed(value) {
  const half = Math.imul(value ^ (value >>> 16), 0x85ebca6b);
  return Math.imul(half ^ (half >>> 13), 0xc2b2ae35) >>> 8;
}

const { values: options } = parseArgs({
  options: {
    records: { type: "string", default: "35000" },
    database: { type: "string" },
    "parse-only": { type: "boolean", default: false },
    serve: { type: "boolean", default: false },
  },
});
if (options.serve) serve(Number(options.records));
else await measure(Number(options.records));

function serve(total) {
  const server = createServer((request, response) => {
    const query = new URL(request.url, "http://localhost").searchParams;
    const skip = Number(query.get("resumptionToken") ?? 0);
    const last = Math.min(skip + PAGE, total);
    response.setHeader("content-type", "text/xml; charset=utf-8");
    response.write(
      '<?xml version="1.0"?><OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/"><responseDate>2026-11-24T12:00:00Z</responseDate><ListRecords>',
    );
    let at = skip;
    const more = () => {
      while (at < last) if (!response.write(record(at++))) return void response.once("drain", more);
      response.end(`<resumptionToken>${last < total ? last : ""}</resumptionToken></ListRecords></OAI-PMH>`);
    };
    more();
  });
  server.listen(0, "127.0.0.1", () => process.send(server.address().port));
}

function record(n) {
  const month = String(1 + (Math.floor(n / 90_000) % 12)).padStart(2, "0");
  const id = `${10 + Math.floor(n / 1_080_000)}${month}.${String(n % 90_000).padStart(5, "0")}`;
  const text = Array.from({ length: 220 }, (_, at) => WORDS[mixed(n * 220 + at) % WORDS.length]).join(" ");
  const authors = Array.from({ length: 5 }, (_, at) => `Ada ${at} Author${(n * 31 + at) % 5_000}`).join(", ");
  return `<record><header><identifier>oai:arXiv.org:${id}</identifier><datestamp>2026-11-24</datestamp><setSpec>cs:cs:CL</setSpec></header><metadata><arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/"><id>${id}</id><submitter>Ada</submitter><version version="v1"><date>Mon, 23 Nov 2026 15:00:00 GMT</date><size>12kb</size></version><title>Record ${n} of a long list: ${WORDS[n % WORDS.length]} &amp; ${WORDS[(n * 3) % WORDS.length]}</title><authors>${authors}</authors><categories>cs.CL cs.LG</categories><comments>12 pages</comments><license>http://arxiv.org/licenses/nonexclusive-distrib/1.0/</license><abstract>  ${text}\n</abstract></arXivRaw></metadata></record>`;
}

async function measure(total) {
  const ingest = (name) => import(new URL(`../packages/ingest/dist/${name}.js`, import.meta.url).href);
  const [{ harvestArxiv }, { createOaiClient }, { createMemoryTurns }, { createPoliteFetcher }, { openStore }] =
    await Promise.all([
      ingest("harvest-arxiv"),
      ingest("oai/client"),
      ingest("polite/host-turns"),
      ingest("polite/polite-fetcher"),
      import("@paperwire/store"),
    ]);
  const child = fork(import.meta.filename, ["--serve", "--records", String(total)]);
  const [port] = await once(child, "message");
  const folder = mkdtempSync(join(tmpdir(), "paperwire-bench-"));
  const location = options.database ? { kind: "postgres", url: options.database } : { kind: "embedded", folder };
  const store = options["parse-only"] ? nowhere() : await openStore({ location, clock: Date.now });
  const turns = createMemoryTurns({ clock: () => 0, sleep: async () => undefined });
  const fetcher = createPoliteFetcher({ name: "the server", turns });
  const source = createOaiClient({ fetcher, baseUrl: `http://127.0.0.1:${port}/oai` });
  const memory = [];
  const began = performance.now();
  let shown = 0;
  const summary = await harvestArxiv({
    source,
    papers: store.papers,
    marks: store.sources,
    turns,
    set: "cs",
    since: "2026-11-01",
    onProgress: ({ read }) => {
      if (read < ((shown + 1) * total) / 10) return;
      shown++;
      const { rss, heapUsed } = process.memoryUsage();
      memory.push(Math.round(rss / 1e6));
      console.log(
        `${read} read, ${Math.round((read / (performance.now() - began)) * 1_000)} records/s, RSS ${Math.round(rss / 1e6)} MB, heap ${Math.round(heapUsed / 1e6)} MB`,
      );
    },
  });
  const seconds = (performance.now() - began) / 1_000;
  await store.close();
  child.kill();
  rmSync(folder, { recursive: true, force: true });
  const where = options["parse-only"] ? "parse only" : options.database ? "PostgreSQL" : "PGlite";
  if (summary.stopped) console.log(summary.stopped);
  console.log(
    JSON.stringify({
      where,
      records: summary.read,
      added: summary.added,
      seconds,
      perSecond: Math.round(summary.read / seconds),
      rssMb: memory,
    }),
  );
}

/** Takes everything and keeps nothing. */
function nowhere() {
  const papers = { takeIn: async (records) => records.map(() => "added"), find: async () => null };
  return { papers, sources: { findMark: async () => null }, close: async () => undefined };
}
