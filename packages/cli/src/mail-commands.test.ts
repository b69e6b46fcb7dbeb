import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { PassThrough, Readable } from "node:stream";
import { startSmtpSink } from "@paperwire/mail/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  digestStatusCommand,
  pauseDigestCommand,
  previewDigestCommand,
  resendDigestCommand,
  resolveDeliveryCommand,
  sendDigestsCommand,
  takeReportsCommand,
} from "./commands/digest.ts";
import { doctorCommand, type Surroundings } from "./commands/doctor.ts";
import { readConfig } from "./config.ts";
import { openConfigured, withStore } from "./open-stores.ts";
import type { Terminal } from "./terminal.ts";

/** Saturday, 29 March 2025, noon: the edition of Friday has closed. */
const NOON_MS = Date.UTC(2025, 2, 29, 12);

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "paperwire-commands-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const configOf = (more: Record<string, string> = {}) =>
  readConfig({ PAPERWIRE_DATA: folder, BASE_URL: "https://papers.example.org", ...more });

/** What a command said, and how it ended. */
async function ran(
  command: (terminal: Terminal) => Promise<number>,
  stdin = "",
): Promise<{ code: number; said: string }> {
  const stdout = new PassThrough();
  let said = "";
  stdout.on("data", (chunk) => {
    said += chunk;
  });
  const code = await command({
    stdin: Readable.from([Buffer.from(stdin)]),
    stdout,
    stderr: new PassThrough(),
    clock: () => NOON_MS,
  });
  return { code, said };
}
const quiet: Terminal = {
  stdin: Readable.from([]),
  stdout: new PassThrough(),
  stderr: new PassThrough(),
  clock: () => NOON_MS,
};

describe("the commands about mail, from first look to last word", () => {
  it("send, look, pause, resend and take reports in", async () => {
    const config = configOf();
    const store = await openConfigured(config, "refuse", quiet);
    await store.papers.takeIn([
      {
        identifiers: [{ scheme: "arxiv", value: "2503.00001" }],
        facts: { title: "One paper" },
        entry: { edition: "2025-03-28", upvotes: 2 },
      },
    ]);
    for (const email of ["ada@example.net", "bo@example.net"]) {
      const answer = await store.subscribers.request({ email, key: email, source: "test", text: "v1" });
      await store.subscribers.confirm(answer.mail === "confirm" ? answer.confirmId : "");
    }
    await store.close();
    const dry = await ran((terminal) => sendDigestsCommand({ dryRun: true }, config, terminal));
    expect(dry).toMatchObject({ code: 0, said: expect.stringMatching(/2025-03-28[^]*2 subscribers/) });
    expect(await readdir(join(folder, "mail")).catch(() => [])).toEqual([]);
    expect((await ran((terminal) => previewDigestCommand("me@example.net", config, terminal))).said).toContain(
      "went to me@example.net",
    );
    await ran((terminal) => pauseDigestCommand(undefined, "pause", config, terminal));
    expect((await ran((terminal) => sendDigestsCommand({}, config, terminal))).said).toContain("switched off");
    await ran((terminal) => pauseDigestCommand(undefined, "resume", config, terminal));
    const sent = await ran((terminal) => sendDigestsCommand({}, config, terminal));
    expect(sent.said).toMatch(/2025-03-28: 2 sent/);
    const files = (await readdir(join(folder, "mail"))).filter((name) => name.endsWith(".eml"));
    expect(files).toHaveLength(3);
    expect((await ran((terminal) => sendDigestsCommand({}, config, terminal))).said).toContain("Nothing is due");
    expect((await ran((terminal) => resendDigestCommand("2025-03-28", "ada@example.net", config, terminal))).code).toBe(
      0,
    );
    expect((await ran((terminal) => sendDigestsCommand({}, config, terminal))).said).toMatch(/1 sent/);
    await expect(
      ran((terminal) => resendDigestCommand("2025-03-28", "eve@example.net", config, terminal)),
    ).rejects.toMatchObject({ code: "not-found" });
    await expect(
      ran((terminal) => resolveDeliveryCommand("01JQ0000000000000000000000", { sent: true }, config, terminal)),
    ).rejects.toMatchObject({ code: "not-found" });
    const toBo = await findMail(files, "bo@example.net");
    const id = /^Message-ID: <d\.([^@]+)@/m.exec(toBo)![1]!;
    const report = `Content-Type: multipart/report; boundary="e"\r\n\r\n--e\r\nContent-Type: message/delivery-status\r\n\r\nA: b\r\n\r\nAction: failed\r\nStatus: 5.1.1\r\n\r\n--e\r\nContent-Type: text/rfc822-headers\r\n\r\nMessage-ID: <d.${id}@papers.example.org>\r\n--e--\r\n`;
    const file = join(folder, "report.eml");
    await writeFile(file, report);
    expect((await ran((terminal) => takeReportsCommand([file], config, terminal))).said).toMatch(/hard.*suppressed/);
    expect(
      (await ran((terminal) => takeReportsCommand(["-"], config, terminal), "Subject: hello\r\n\r\nhi")).said,
    ).toContain("no report of a failure");
    const status = await ran((terminal) => digestStatusCommand(config, terminal));
    expect(status.said).toMatch(/2025-03-28/);
    expect(await withStore(config, quiet, (one) => one.suppressions.count())).toBe(1);
  }, 120_000);
});

async function findMail(files: readonly string[], to: string): Promise<string> {
  for (const name of files) {
    const text = await readFile(join(folder, "mail", name), "utf8");
    if (text.includes(`Delivered-To: ${to}`)) return text;
  }
  throw new Error(`no mail to ${to}`);
}

describe("the doctor", () => {
  const zone: Record<string, string[]> = {
    "example.org": ["v=spf1 mx -all"],
    "_dmarc.example.org": ["v=DMARC1; p=none"],
  };
  const around: Surroundings = {
    txt: async (name) => zone[name] ?? [],
    addresses: async (name) =>
      ({ "mail.example.org": ["203.0.113.5"], "other.example.org": ["203.0.113.6"] })[name] ?? [],
    names: async (address) =>
      ({ "203.0.113.5": ["mail.example.org"], "203.0.113.6": ["elsewhere.example.org"] })[address] ?? [],
    fetch: async () =>
      new Response("", { status: 404, headers: { "x-request-id": "1", date: new Date(NOON_MS).toUTCString() } }),
  };
  const lineOf = (said: string, name: string) => said.split("\n").find((line) => line.includes(` ${name}: `)) ?? "";

  it("says what is well, and what to do about the rest", async () => {
    const sink = await startSmtpSink();
    try {
      const config = configOf({ SMTP_URL: sink.url, MAIL_FROM: "digest@example.org" });
      const { code, said } = await ran((terminal) => doctorCommand(config, terminal, around));
      expect(lineOf(said, "SPF")).toMatch(/^ok/);
      expect(lineOf(said, "DMARC")).toMatch(/^ok/);
      expect(lineOf(said, "Mail server")).toMatch(/^ok/);
      expect(lineOf(said, "TLS")).toMatch(/^\?.*offers none/);
      expect(lineOf(said, "Reverse DNS")).toMatch(/^\?.*this machine/);
      expect(lineOf(said, "Bounces")).toMatch(/^\?/);
      expect(said).toContain("Set MAIL_BOUNCES and MAIL_REPORTS");
      expect(lineOf(said, "Unsubscribe address")).toMatch(/^ok/);
      expect(lineOf(said, "Clock")).toMatch(/^ok/);
      expect(lineOf(said, "Outbox")).toMatch(/^ok/);
      expect(code).toBe(0);
    } finally {
      await sink.close();
    }
  }, 60_000);

  it("ends with 2 where something is bad: a site that is not there, a server that is none, a clock that is off", async () => {
    const off = new Date(NOON_MS + 3_600_000).toUTCString();
    const elsewhere: Surroundings = {
      ...around,
      txt: async () => [],
      fetch: async () => new Response("", { status: 200, headers: { date: off } }),
    };
    const config = configOf({
      SMTP_URL: "smtp://127.0.0.1:1",
      MAIL_FROM: "digest@example.org",
      BASE_URL: "http://x.org",
    });
    const { code, said } = await ran((terminal) => doctorCommand(config, terminal, elsewhere));
    for (const name of ["SPF", "DMARC", "Mail server", "TLS", "BASE_URL", "Unsubscribe address", "Clock"]) {
      expect(lineOf(said, name)).toMatch(/^BAD/);
    }
    expect(code).toBe(2);
  }, 60_000);
});
