import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { DomainError } from "@paperwire/domain";
import { openStore, type Store } from "@paperwire/store";
import { Command, CommanderError } from "commander";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { addCommunityCommands } from "./community-program.ts";
import { addPaperCommands } from "./papers-program.ts";
import type { Terminal } from "./terminal.ts";

const NOON_MS = Date.UTC(2025, 2, 29, 12);
const EDITIONS = ["2025-03-26", "2025-03-27", "2025-03-28"];
const AUTHORS = [{ name: "Ada Example" }, { name: "Bela Example" }];
/** Long enough to be compared. */
const ABSTRACT =
  "We describe an index that keeps its postings in blocks, adds documents without rebuilding, and answers short queries " +
  "in less than a millisecond on one core, with the order of results proven equal to that of a slow reference.";

let folder: string;
/** Stays open, as of a running site: the commands join it. */
let store: Store;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperwire-community-"));
  vi.stubEnv("PAPERWIRE_DATA", folder);
  vi.stubEnv("DATABASE_URL", "");
  vi.stubEnv("BASE_URL", "https://papers.example.org");
  store = await openStore({ location: { kind: "embedded", folder, whenInUse: "refuse" }, clock: () => NOON_MS });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await store?.close();
  await rm(folder, { recursive: true, force: true, maxRetries: 5 });
});

type Ended = { code: number; said: string; complained: string };

/** As it is typed. An expected failure is a sentence and code 1, as in main.ts. */
async function paperwire(...args: string[]): Promise<Ended> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  const heard = { said: "", complained: "" };
  stdout.on("data", (chunk) => (heard.said += chunk));
  stderr.on("data", (chunk) => (heard.complained += chunk));
  const terminal: Terminal = { stdin: Readable.from([]), stdout, stderr, clock: () => NOON_MS };
  const program = new Command("paperwire")
    .exitOverride()
    .configureOutput({ writeErr: (text) => stderr.write(text), writeOut: (text) => stdout.write(text) });
  addCommunityCommands(program, terminal);
  addPaperCommands(program, terminal);
  process.exitCode = undefined;
  try {
    await program.parseAsync(args, { from: "user" });
    return { code: Number(process.exitCode ?? 0), ...heard };
  } catch (error) {
    if (error instanceof CommanderError) return { code: error.exitCode, ...heard };
    if (error instanceof DomainError) return { code: 1, ...heard, complained: error.message };
    throw error;
  } finally {
    process.exitCode = undefined;
  }
}

describe("paperwire accounts", () => {
  beforeAll(async () => {
    for (const [handle, role] of [
      ["ada", "reader"],
      ["bela", "admin"],
    ] as const) {
      const names = { handle, name: `Name of ${handle}`, email: `${handle}@example.org` };
      await store.accounts.add({ id: `id-of-${handle}`, ...names, role });
    }
  });

  it("lists who there is, all or those who fit, for people and for programs", async () => {
    const all = await paperwire("accounts", "list");
    expect(all.code).toBe(0);
    expect(all.said.split("\n").filter(Boolean)).toHaveLength(2);
    expect(all.said).toContain("@ada\treader\tada@example.org\tsince 2025-03-29");
    expect((await paperwire("accounts", "list", "BELA@")).said).not.toContain("@ada\t");
    const nobody = await paperwire("accounts", "list", "nobody at all");
    expect(nobody).toMatchObject({ code: 0, said: "There is no such account.\n" });
    const { total, accounts } = JSON.parse((await paperwire("accounts", "list", "ada", "--json")).said);
    expect([total, accounts]).toEqual([
      1,
      [expect.objectContaining({ handle: "ada", role: "reader", trust: 0, createdAt: "2025-03-29T12:00:00.000Z" })],
    ]);
    expect(JSON.parse((await paperwire("accounts", "list", "nobody", "--json")).said)).toEqual({
      total: 0,
      accounts: [],
    });
  });

  it("gives roles by handle, by @handle or by address, and keeps one administrator", async () => {
    expect((await paperwire("accounts", "set-role", "ada", "curator")).said).toBe("@ada is curator now.\n");
    expect((await store.accounts.findByHandle("ada"))!.role).toBe("curator");
    const given = await paperwire("accounts", "set-role", "@Ada", "moderator", "--json");
    expect(JSON.parse(given.said)).toEqual({ handle: "ada", role: "moderator", before: "curator" });
    const last = await paperwire("accounts", "set-role", "bela@example.org", "reader");
    expect(last).toMatchObject({ code: 1, said: "", complained: expect.stringContaining("only administrator") });
    await paperwire("accounts", "set-role", "ADA@example.org", "admin");
    expect((await paperwire("accounts", "set-role", "bela", "reader")).code).toBe(0);
  });

  it("gives another address, which nobody else has", async () => {
    const given = await paperwire("accounts", "set-email", "ada", "Ada.New@example.org");
    expect([given.code, given.said]).toEqual([0, "@ada signs in with ada.new@example.org now.\n"]);
    const taken = await paperwire("accounts", "set-email", "ada", "bela@example.org");
    expect(taken).toMatchObject({ code: 1, complained: "Another account has that address." });
    const back = await paperwire("accounts", "set-email", "ada.new@example.org", "ada@example.org", "--json");
    expect(JSON.parse(back.said)).toEqual({ handle: "ada", email: "ada@example.org" });
  });

  it("prints a link that signs in, once", async () => {
    const { code, said } = await paperwire("accounts", "link", "ada");
    expect(code).toBe(0);
    expect(said).toMatch(
      /^Signs @ada in, once, within 30 minutes:\nhttps:\/\/papers\.example\.org\/sign-in\/link\/\S+\n$/,
    );
    const printed = JSON.parse((await paperwire("accounts", "link", "@ada", "--json")).said);
    expect(printed).toEqual({ handle: "ada", url: expect.stringContaining("/sign-in/link/"), minutes: 30 });
    expect(said).not.toContain(printed.url);
  });

  it.each([
    [["set-role", "ada", "king"], "A role is one of reader, curator, moderator, admin."],
    [["set-role", "nobody", "reader"], "There is no account nobody."],
    [["set-role", "ada"], "missing required argument 'role'"],
    [["set-role"], "missing required argument 'who'"],
    [["link", "nobody@example.org"], "There is no account nobody@example.org."],
    [["set-email", "ada", "no address"], "address"],
    [["set-email", "nobody", "new@example.org"], "There is no account nobody."],
    [["set-email", "ada"], "missing required argument 'address'"],
    [["link"], "missing required argument 'who'"],
    [["link", "ada' or 1=1 --"], "There is no account"],
    [["list", "--all"], "unknown option '--all'"],
    [["remove", "ada"], "unknown command 'remove'"],
  ])("says what is wrong with: accounts %s", async (args, words) => {
    const { code, complained, said } = await paperwire("accounts", ...args);
    expect([code, said]).toEqual([1, ""]);
    expect(complained).toContain(words);
  });
});

describe("paperwire ledger verify", () => {
  beforeAll(async () => {
    for (const [at, edition] of EDITIONS.entries()) {
      await store.papers.takeIn(
        [1, 2].map((n) => ({
          identifiers: [{ scheme: "arxiv", value: `2503.0${at}00${n}` }],
          facts: { title: `Paper ${n} of ${edition}` },
          entry: { edition, upvotes: n },
        })),
      );
    }
  });

  it("has nothing to say of an empty ledger, and finds a whole one whole", async () => {
    expect(await paperwire("ledger", "verify")).toMatchObject({ code: 0, said: expect.stringContaining("empty") });
    for (const date of EDITIONS) await store.desk.close({ date, by: null }, () => null);
    const whole = await paperwire("ledger", "verify");
    expect(whole).toMatchObject({ code: 0, said: expect.stringContaining("3 editions verified") });
    expect(JSON.parse((await paperwire("ledger", "verify", "--json")).said)).toEqual({ editions: 3, faults: [] });
  });

  it.each([
    ["a vote more for one paper", (content: string) => content.replace('"upvotes":1', '"upvotes":9'), null],
    ["another title", (content: string) => content.replace("Paper 1", "Paper One"), null],
    ["other words under the checksum that fits them", (content: string) => `${content} `, "sealed again"],
  ])("finds a database that somebody changed: %s", async (_, change, sealed) => {
    const [, second] = await store.ledger.listFrom(0, 10);
    const { edition, content, checksum } = second!;
    const changed = change(content);
    expect(changed).not.toBe(content);
    const seal = sealed === null ? checksum : (await import("@paperwire/store")).sha256(changed);
    await table(store)
      .updateTable("ledger")
      .set({ content: changed, checksum: seal })
      .where("number", "=", 2)
      .execute();
    const { code, said } = await paperwire("ledger", "verify");
    expect(code).toBe(2);
    expect(said).toContain(`#${sealed === null ? 2 : 3}`);
    if (sealed === null) expect(said).toContain(edition);
    const { faults } = JSON.parse((await paperwire("ledger", "verify", "--json")).said);
    expect(faults.length).toBeGreaterThan(0);
    await table(store).updateTable("ledger").set({ content, checksum }).where("number", "=", 2).execute();
    expect((await paperwire("ledger", "verify")).code).toBe(0);
  });

  it("finds an edition that was taken out of the middle", async () => {
    const [, second] = await store.ledger.listFrom(0, 10);
    await table(store).deleteFrom("ledger").where("number", "=", 2).execute();
    const { code, said } = await paperwire("ledger", "verify");
    expect(code).toBe(2);
    expect(said).toContain("The ledger is broken");
    expect(second!.edition).toBe(EDITIONS[1]);
  });
});

describe("paperwire papers duplicates", () => {
  beforeAll(async () => {
    const facts = { title: "An index that grows", authors: AUTHORS, abstract: ABSTRACT, year: 2025 };
    await store.papers.takeIn([
      { identifiers: [{ scheme: "arxiv", value: "2503.09001" }], facts },
      { identifiers: [{ scheme: "arxiv", value: "2503.09002" }], facts: { title: "Another thing", abstract: "Else." } },
    ]);
  });

  it("finds none where there are none, with code 0", async () => {
    const { code, said } = await paperwire("papers", "duplicates");
    expect([code, said]).toEqual([0, expect.stringMatching(/^0 pairs .*\n0 pairs /)]);
    const printed = JSON.parse((await paperwire("papers", "duplicates", "--json")).said);
    expect(printed).toEqual({ same: 0, likely: 0, merged: 0, pairs: [] });
  });

  it("finds two papers that became one, makes one of them when told to, and takes it back", async () => {
    // Each came in alone; what a newer version says makes them the same.
    await store.papers.takeIn([
      { identifiers: [{ scheme: "doi", value: "10.1234/grown" }], facts: { title: "Growing", abstract: "Soon." } },
    ]);
    await store.papers.takeIn([
      {
        identifiers: [{ scheme: "doi", value: "10.1234/grown" }],
        facts: { title: "An index that grows", authors: AUTHORS, abstract: ABSTRACT, year: 2025 },
      },
    ]);
    const found = await paperwire("papers", "duplicates");
    expect([found.code, found.said]).toEqual([2, expect.stringContaining("1 pair the same work")]);
    expect(found.said).toContain("2503.09001  An index that grows");
    const printed = JSON.parse((await paperwire("papers", "duplicates", "--json")).said);
    expect(printed).toMatchObject({ same: 1, likely: 0, merged: 0, pairs: [{ verdict: "same" }] });
    const merged = await paperwire("papers", "duplicates", "--merge");
    expect([merged.code, merged.said]).toEqual([0, expect.stringContaining("1 pair merged")]);
    expect(await paperwire("papers", "duplicates")).toMatchObject({ code: 0 });
    const { merges } = JSON.parse((await paperwire("papers", "merges", "--json")).said);
    expect(merges).toMatchObject([{ winner: "2503.09001", by: "duplicates" }]);
    const split = await paperwire("papers", "split", merges[0].id);
    expect([split.code, split.said]).toEqual([0, expect.stringContaining("two papers again")]);
    expect(await paperwire("papers", "duplicates", "--merge")).toMatchObject({ code: 0 });
    expect(await store.merges.findWinner(merges[0].loser)).toBeNull();
  });

  it("refuses what it does not know", async () => {
    expect(await paperwire("papers", "duplicates", "--force")).toMatchObject({
      code: 1,
      complained: expect.stringContaining("unknown option '--force'"),
    });
    for (const args of [
      ["merge", "2503.09001", "2503.99999"],
      ["merge", "2503.09001", "2503.09001"],
      ["split", "2503.09001"],
    ]) {
      const { code, complained } = await paperwire("papers", ...args);
      expect([args, code]).toEqual([args, 1]);
      expect(complained).not.toBe("");
    }
  });
});

type Tables = {
  updateTable(name: string): { set(values: object): Where };
  deleteFrom(name: string): Where;
};
type Where = { where(column: string, is: "=", value: number): { execute(): Promise<unknown> } };

/** What somebody with a password could do behind the program's back. */
const table = ({ authDatabase }: Store) => authDatabase.kysely as Tables;
