/** Qrels, runs and BEIR files: what is read, what is refused and how the refusal reads. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { formatBeirQrels, parseBeirQrels, parseCorpusLine, parseQueryLine } from "./beir.ts";
import { readCollection, readRunFile, writeCollection, writeRunFile } from "./collection-files.ts";
import { formatQrels, parseQrels } from "./qrels.ts";
import { compareBytes, rankHits } from "./rank-order.ts";
import { formatRun, parseRun } from "./run.ts";

const id = fc.string({ minLength: 1, unit: "grapheme" }).filter((text) => /^[^\s#\uFEFF]+$/u.test(text));

describe("a qrels file", () => {
  it("is read past blank lines, comments, a byte order mark and Windows line ends", () => {
    const qrels = parseQrels("\uFEFFq1 0 d1 1\r\n\r\n  \n# note\nq1\t0\td2\t0\nq2 0 d1 -1");
    expect([...qrels].map(([query, judged]) => [query, [...judged]])).toEqual([
      [
        "q1",
        [
          ["d1", 1],
          ["d2", 0],
        ],
      ],
      ["q2", [["d1", -1]]],
    ]);
  });

  it("is refused with file, line and reason", () => {
    expect(() => parseQrels("q1 0 d1 1\n\nq1 0 d2", "my.qrels")).toThrow(
      "my.qrels:3: 4 fields wanted (query 0 document relevance), 3 found",
    );
    expect(() => parseQrels("q1 0 d1 high", "my.qrels")).toThrow('my.qrels:1: relevance "high" is not a whole number');
    expect(() => parseQrels("q1 0 d1 0.5")).toThrow("whole number");
    expect(() => parseQrels("q 0 d 1\nq 0 d 1")).toThrow('document "d" is judged twice for query "q"');
  });

  it("comes back the same from its text", () => {
    const judgements = fc.dictionary(id, fc.dictionary(id, fc.integer({ min: -2, max: 9 }), { minKeys: 1 }));
    fc.assert(
      fc.property(judgements, (plain) => {
        const qrels = new Map(Object.entries(plain).map(([query, judged]) => [query, new Map(Object.entries(judged))]));
        expect(parseQrels(formatQrels(qrels))).toEqual(qrels);
        expect(parseBeirQrels(formatBeirQrels(qrels))).toEqual(qrels);
      }),
    );
  });
});

describe("a run file", () => {
  it("is read without regard for its rank column", () => {
    const run = parseRun("q1 Q0 d1 7 1.5 tag\n\nq1 Q0 d2 1 2e3 tag more words\n");
    expect(run.get("q1")).toEqual([
      { id: "d1", score: 1.5 },
      { id: "d2", score: 2000 },
    ]);
  });

  it("is refused with file, line and reason", () => {
    expect(() => parseRun("q1 Q0 d1 1 0.5", "my.run")).toThrow("my.run:1: 6 fields wanted");
    expect(() => parseRun("q1 Q0 d1 1 high t", "my.run")).toThrow('my.run:1: score "high" is not a number');
    expect(() => parseRun("q Q0 d 1 2 t\nq Q0 d 2 1 t")).toThrow('run:2: document "d" is listed twice for query "q"');
    expect(() => formatRun(new Map([["q 1", []]]))).toThrow("white space");
  });

  it("comes back from its text with the same hits in evaluation order", () => {
    const hits = fc.uniqueArray(fc.record({ id, score: fc.double({ noNaN: true, noDefaultInfinity: true }) }), {
      selector: (hit) => hit.id,
      minLength: 1,
    });
    fc.assert(
      fc.property(hits, (list) => {
        const read = parseRun(formatRun(new Map([["q", list]]))).get("q") ?? [];
        const plain = rankHits(list).map((hit) => ({ id: hit.id, score: hit.score + 0 }));
        expect(read.map((hit) => ({ id: hit.id, score: hit.score + 0 }))).toEqual(plain);
      }),
    );
  });
});

describe("the order of document ids", () => {
  it("is that of their UTF-8 bytes", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), fc.string({ unit: "binary" }), (a, b) => {
        expect(Math.sign(compareBytes(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }),
    );
    expect(compareBytes("\u{1f4dc}", "\uff5e")).toBeGreaterThan(0);
  });
});

describe("a BEIR file", () => {
  it("gives documents and queries with missing parts empty and numbers as ids", () => {
    const place = { file: "corpus.jsonl", line: 1 };
    expect(parseCorpusLine('{"_id": 7, "text": "t", "metadata": {}}', place)).toEqual({
      id: "7",
      title: "",
      text: "t",
    });
    expect(parseCorpusLine('{"_id": "a", "title": null}', place)).toEqual({ id: "a", title: "", text: "" });
    expect(parseQueryLine('{"_id": "q", "text": "why"}', place)).toEqual({ id: "q", text: "why" });
  });

  it("is refused with file, line and reason", () => {
    const place = { file: "corpus.jsonl", line: 12 };
    expect(() => parseCorpusLine("{", place)).toThrow("corpus.jsonl:12: not valid JSON");
    expect(() => parseCorpusLine("[]", place)).toThrow("not a JSON object");
    expect(() => parseCorpusLine('{"text": "t"}', place)).toThrow('"_id" is missing');
    expect(() => parseCorpusLine('{"_id": "a", "text": 5}', place)).toThrow('"text" is not a string');
    expect(() => parseBeirQrels("query-id\tcorpus-id\tscore\nq\td", "test.tsv")).toThrow("test.tsv:2: three columns");
    expect(() => parseBeirQrels("q\t\t1")).toThrow("an id is empty");
    expect(() => parseBeirQrels("q\td\t1\nq\te\tx")).toThrow("not a whole number");
    // Larger than a number can hold: two documents would become one.
    expect(() => parseCorpusLine('{"_id": 12345678901234567891}', place)).toThrow('"_id" is a number too large');
  });

  it("gives judgements with or without a header, in three columns or TREC's four", () => {
    const wanted = new Map([["q 1", new Map([["d", 2]])]]);
    expect(parseBeirQrels("query-id\tcorpus-id\tscore\n\nq 1\td\t2\n")).toEqual(wanted);
    expect(parseBeirQrels("q 1\td\t1\nq 1\td\t2.0\n")).toEqual(wanted);
    expect(parseBeirQrels("q1 0 d 2")).toEqual(new Map([["q1", new Map([["d", 2]])]]));
    expect(parseBeirQrels("query-id\tcorpus-id\tscore\t\nq 1 \td\t2\t \n")).toEqual(wanted);
  });
});

describe("a BEIR directory", () => {
  let directory = "";
  beforeAll(async () => {
    directory = await mkdtemp(join(tmpdir(), "paperwire-eval-"));
  });
  afterAll(() => rm(directory, { recursive: true, force: true }));
  const collection = {
    corpus: [
      { id: "a", title: "Sparse graphs", text: "Line\nbreak and “quotes”, a\u2028separator\u2029or two\u0085" },
      { id: "b", title: "", text: "" },
    ],
    queries: [{ id: "q", text: "graphs?" }],
    qrels: new Map([["q", new Map([["a", 2]])]]),
  };

  it("comes back as it was written", async () => {
    await writeCollection(directory, collection, { split: "dev" });
    expect(await readCollection(directory, { split: "dev" })).toEqual(collection);
    expect(await readCollection(directory)).toEqual(collection);
  });

  it("says which split or file is missing and where a line is broken", async () => {
    await expect(readCollection(directory, { split: "test" })).rejects.toThrow(
      'no split "test" (test.tsv); there is dev',
    );
    await expect(readCollection(join(directory, "nowhere"))).rejects.toThrow("no such folder");
    await writeFile(join(directory, "queries.jsonl"), '{"_id":"q","text":"a"}\n\nnonsense\n');
    await expect(readCollection(directory)).rejects.toThrow("queries.jsonl:3: not valid JSON");
    await rm(join(directory, "queries.jsonl"));
    await expect(readCollection(directory)).rejects.toThrow("queries.jsonl: no such file, nor with .gz");
  });

  it("refuses a packed corpus that was cut off", async () => {
    await writeFile(join(directory, "queries.jsonl"), "");
    await writeFile(join(directory, "corpus.jsonl.gz"), Buffer.from("1f8b08000000", "hex"));
    await expect(readCollection(directory)).rejects.toThrow("corpus.jsonl.gz: cannot be read: unexpected end of file");
    await writeFile(join(directory, "corpus.jsonl.gz"), "no gzip");
    await expect(readCollection(directory)).rejects.toThrow("corpus.jsonl.gz: cannot be read: incorrect header check");
  });

  it("reads lines however they end, in pieces of any size", async () => {
    const lines = Array.from({ length: 3_000 }, (_, at) => `{"_id":"d${at}","text":"é\u2028${"x".repeat(at % 90)}"}`);
    await rm(join(directory, "corpus.jsonl.gz"), { force: true });
    await writeFile(join(directory, "queries.jsonl"), '\uFEFF{"_id":"q","text":"graphs?"}\r\n\r\n');
    await writeFile(join(directory, "corpus.jsonl"), lines.join("\r\n"));
    const { corpus, queries } = await readCollection(directory);
    expect(queries).toEqual(collection.queries);
    expect(corpus.map(({ id, text }) => `{"_id":"${id}","text":"${text}"}`)).toEqual(lines);
    await rm(join(directory, "corpus.jsonl"));
  });

  it("keeps run files beside it", async () => {
    const run = new Map([["q", [{ id: "a", score: 0.1 + 0.2 }]]]);
    await writeRunFile(join(directory, "my.run"), run, "tag");
    expect(await readRunFile(join(directory, "my.run"))).toEqual(run);
    await expect(readRunFile(join(directory, "no.run"))).rejects.toThrow("cannot be read");
    await expect(writeRunFile(join(directory, "no", "my.run"), run, "tag")).rejects.toThrow(
      "my.run: cannot be written",
    );
  });
});
