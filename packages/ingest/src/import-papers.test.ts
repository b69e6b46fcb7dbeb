import { createReadStream } from "node:fs";
import { gzipSync } from "node:zlib";
import { invalid } from "@paperwire/domain";
import { describe, expect, test } from "vitest";
import { BATCH_RECORDS, type ImportProgress, importPapers } from "./import-papers.ts";
import { exitCode, REFUSALS_KEPT } from "./import-summary.ts";
import { importText, inChunks, paperLine, SHARED, streamOf, TODAY, withShared } from "./testing.ts";

const lines = (count: number) => Array.from({ length: count }, (_, index) => paperLine(index + 1)).join("");

/** Good line, bad line, good line: the bad one is refused by its number, the others are kept. */
async function between(bad: string | Uint8Array) {
  const { summary, records } = await importText(streamOf(paperLine(1), bad, "\n", paperLine(2)));
  expect(records.map(({ facts }) => facts.title)).toEqual(["Paper number 1", "Paper number 2"]);
  expect(summary).toMatchObject({ read: 3, added: 2, refused: 1 });
  expect(exitCode(summary)).toBe(2);
  expect(summary.refusals[0]!.line).toBe(2);
  return summary.refusals[0]!.reason;
}

describe("bad input, line by line", () => {
  test("broken JSON", async () => {
    expect(await between('{"id": "ax-2503.1')).toBe("This is not valid JSON: it ends too early.");
    expect(await between('{"id": ax}')).toBe("This is not valid JSON.");
  });

  test("a line that is no object", async () => {
    expect(await between("[1, 2]")).toBe("A record should be an object, but is a list.");
    expect(await between("7")).toBe("A record should be an object, but is a number.");
  });

  test("invalid UTF-8", async () => {
    const line = Buffer.concat([Buffer.from('{"title":"'), Buffer.from([0xff, 0xfe]), Buffer.from('"}')]);
    expect(await between(line)).toBe("The line is not valid UTF-8.");
  });

  test("a NUL byte, plain or escaped", async () => {
    expect(await between('{"id":"ax-2503.00009\0"}')).toBe("The line holds a NUL byte.");
    expect(await between(paperLine(9, { title: "a\0b" }).trim())).toBe("A text holds a NUL character.");
  });

  test("a line of 50 MB, which is never held", async () => {
    const part = Buffer.alloc(1_000_000, "x");
    const { summary, records } = await importText(streamOf(paperLine(1), ...Array(50).fill(part), "\n", paperLine(2)));
    expect(records).toHaveLength(2);
    expect(summary.refusals).toEqual([
      { line: 2, reason: "The line has 50,000,000 bytes; at most 1,048,576 are taken." },
    ]);
  });

  test("wrong types and missing fields", async () => {
    expect(await between(paperLine(9, { title: 7 }).trim())).toBe('"title" should be a text, but is a number.');
    expect(await between(paperLine(9, { authors: [null] }).trim())).toBe('"authors.0" should be a text, but is null.');
    expect(await between('{"id": "ax-2503.00009", "abstract": ""}')).toBe('"title" is missing.');
  });

  test("a title of 10,000 characters, and an empty one", async () => {
    const reason = "The title has 10,000 characters; at most 2,000 are taken.";
    expect(await between(paperLine(9, { title: "t".repeat(10_000) }).trim())).toBe(reason);
    expect(await between(paperLine(9, { title: " \t " }).trim())).toBe("The title is empty.");
  });

  test("dates and years that no calendar has", async () => {
    const reason = '"date" is not a day of the calendar, such as 2025-03-28.';
    expect(await between(paperLine(9, { date: "2025-02-30" }).trim())).toBe(reason);
    expect(await between(paperLine(9, { year: 20_250 }).trim())).toBe(
      '"year" is not a whole number from 1000 to 2999.',
    );
  });

  test("an identifier that is none", async () => {
    expect(await between(paperLine(9, { id: "ax-9999.1" }).trim())).toBe('"9999.1" is not an arXiv identifier.');
    const hostile = paperLine(9, { id: "\u001b[2Jevil" }).trim();
    expect(await between(hostile)).toBe('"[2Jevil" is not an id of these collections: ax-… or pl-….');
  });

  test("a damaged first line does not hide the format", async () => {
    const { summary, records } = await importText(`stract": "cut"}\n${paperLine(2)}`);
    expect(records).toHaveLength(1);
    expect(summary).toMatchObject({ format: "papers", refusals: [{ line: 1, reason: "This is not valid JSON." }] });
  });
});

describe("gzip", () => {
  test("is unpacked without being asked", async () => {
    const packed = gzipSync(lines(2 * BATCH_RECORDS + 200));
    const { summary, batches } = await importText(inChunks(packed, 7));
    expect(summary).toMatchObject({ format: "papers", added: 1_200, refused: 0, bytesRead: packed.length });
    expect(batches).toEqual([BATCH_RECORDS, BATCH_RECORDS, 200]);
    expect(exitCode(summary)).toBe(0);
  });

  test("cut short: the lines before the break are kept, the break is a refusal with its line", async () => {
    const text = Array.from({ length: 2_000 }, (_, i) => paperLine(i + 1, { note: Math.sin(i) })).join("");
    const packed = gzipSync(text);
    const { summary, records } = await importText(packed.subarray(0, Math.floor(packed.length / 2)));
    expect(records.length).toBeGreaterThan(900);
    expect(summary.refusals).toEqual([
      { line: records.length + 1, reason: "The gzip data break off here: the file is cut short." },
    ]);
    expect(summary.added).toBe(records.length);
    expect(exitCode(summary)).toBe(2);
  });

  test("cut inside the trailer: every line is there, and still it is said", async () => {
    const { summary, records } = await importText(gzipSync(lines(3)).subarray(0, -4));
    expect(records).toHaveLength(3);
    expect(summary.refusals[0]!.line).toBe(4);
  });

  test("damaged: what came before is kept", async () => {
    const text = Array.from({ length: 20_000 }, (_, i) => paperLine(i + 1, { note: Math.sin(i) })).join("");
    const packed = gzipSync(text);
    packed.fill(0xff, Math.floor(packed.length / 2), Math.floor(packed.length / 2) + 64);
    const { summary, records } = await importText(packed);
    expect(records.length).toBeGreaterThan(8_000);
    expect(summary.refusals.at(-1)!.reason).toMatch(/damaged|not valid/);
    expect(summary.refusals.at(-1)!.line).toBeGreaterThan(records.length);
  });

  test("nothing but a broken head: nothing could be read", async () => {
    const { summary } = await importText(Buffer.from([0x1f, 0x8b, 0x08, 0x00]));
    expect(summary).toMatchObject({ added: 0, refused: 1 });
    expect(exitCode(summary)).toBe(1);
  });
});

describe("the input as a whole", () => {
  test("an unknown format is refused with the list of those that can be read", async () => {
    const { summary } = await importText('{"foo": 1}\n{"foo": 2}\n');
    expect(summary).toMatchObject({ format: null, read: 0 });
    expect(summary.unreadable).toContain("its first record has the keys foo");
    for (const name of ["page", "hf-entries", "hf-api", "papers", "facts"]) {
      expect(summary.unreadable).toContain(`  ${name}: `);
    }
    expect(exitCode(summary)).toBe(1);
  });

  test("prose and binaries are no format either", async () => {
    const { summary } = await importText("Dear reader,\n\nthis is a letter.\n");
    expect(summary.unreadable).toContain("no line such as “Mar 28”");
    const noise = await importText(Buffer.from(Array.from({ length: 5_000 }, (_, i) => (i * 37) % 256)));
    expect(exitCode(noise.summary)).toBe(1);
  });

  test("an empty input holds no records", async () => {
    const { summary } = await importText("");
    expect(summary.unreadable).toBe("The input holds no records.");
    expect(exitCode(summary)).toBe(1);
    expect((await importText("\n \n")).summary.unreadable).toContain("no line such as");
  });

  test("where every line is refused, nothing could be read", async () => {
    const { summary } = await importText("nonsense\n".repeat(REFUSALS_KEPT + 5), { format: "papers" });
    expect(summary.refused).toBe(REFUSALS_KEPT + 5);
    expect(summary.refusals).toHaveLength(REFUSALS_KEPT);
    expect(exitCode(summary)).toBe(1);
  });

  test("a device that fails half-way is a break like any other", async () => {
    async function* failing() {
      yield Buffer.from(lines(3));
      throw new Error("EIO");
    }
    const { summary } = await importText(failing());
    expect(summary).toMatchObject({ added: 3, refused: 1 });
    expect(summary.refusals).toEqual([{ line: 4, reason: "The input broke off here: it could not be read further." }]);
  });

  test("a mark before UTF-8 and lines ending in CRLF are taken as they are meant", async () => {
    const { summary } = await importText(`\ufeff${lines(2).replaceAll("\n", "\r\n")}`);
    expect(summary).toMatchObject({ added: 2, refused: 0 });
  });

  test("chunks of any size give the same records", async () => {
    const bytes = Buffer.from(lines(40));
    const whole = await importText(bytes);
    for (const size of [1, 3, 64]) expect((await importText(inChunks(bytes, size))).records).toEqual(whole.records);
  });
});

describe("the store", () => {
  test("counts are what it committed: progress never runs ahead of it", async () => {
    const committed: number[] = [];
    const seen: ImportProgress[] = [];
    let total = 0;
    await importPapers({
      input: streamOf(lines(1_100)),
      format: "papers",
      options: { today: TODAY },
      papers: {
        takeIn: async (records) => {
          committed.push((total += records.length));
          return records.map(() => "added");
        },
      },
      onProgress: (progress) => seen.push(progress),
    });
    expect(seen.map(({ added }) => added)).toEqual(committed);
    expect(seen.at(-1)).toMatchObject({ read: 1_100, added: 1_100 });
  });

  test("a record that it turns away does not take its batch with it", async () => {
    const { records, summary } = await withPicky("Paper number 2");
    expect(records).toEqual(["Paper number 1", "Paper number 3"]);
    expect(summary.refusals).toEqual([{ line: 2, reason: "Two papers claim this id." }]);
  });

  test("a store that cannot work ends the import with its own error", async () => {
    const papers = { takeIn: () => Promise.reject(new Error("disk full")) };
    const request = { format: "papers", options: { today: TODAY }, papers } as const;
    await expect(importPapers({ input: streamOf(lines(1)), ...request })).rejects.toThrow("disk full");
  });

  async function withPicky(bad: string) {
    const records: string[] = [];
    const summary = await importPapers({
      input: streamOf(lines(3)),
      format: "auto",
      options: { today: TODAY },
      papers: {
        takeIn: async (taken) => {
          if (taken.some(({ facts }) => facts.title === bad)) throw invalid("Two papers claim this id.");
          records.push(...taken.map(({ facts }) => facts.title));
          return taken.map(() => "added");
        },
      },
    });
    return { records, summary };
  }
});

describe.skipIf(!withShared)("real data", () => {
  test.each([
    ["seed/page.txt", "page", 91],
    ["seed/facts.jsonl", "facts", 91],
    ["data/hf-daily/api-sample-2025-03-28.json", "hf-api", 19],
    ["data/hf-daily/api-sample-2026-05-11.json", "hf-api", 41],
    ["data/hf-daily/editions.jsonl.gz", "hf-entries", 8_498],
    ["data/papers/sample-2000.jsonl.gz", "papers", 2_000],
  ])("%s is recognised and every record is good", async (path, format, records) => {
    const { summary } = await importText(createReadStream(`${SHARED}${path}`));
    expect(summary).toMatchObject({ format, read: records, added: records, refused: 0, refusals: [] });
  });
});
