/** A digest's mail through Debian's own servers: taken with STARTTLS, forwarded, signed still; its bounce read by IMAP. */
import { execFile } from "node:child_process";
import { generateKeyPairSync } from "node:crypto";
import { readFileSync } from "node:fs";
import { chmod, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { DEFAULT_PREFERENCES, type Digest } from "@paperwire/domain";
import { collectReports, createMailDesk, createTokens, type MailReport, openSmtpTransport } from "@paperwire/mail";
import { type SmtpSink, startSmtpSink } from "@paperwire/mail/testing";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import { afterEach, describe, expect, it } from "vitest";
import { type Python, preparePython } from "../clients/python.ts";
import {
  CERTIFICATE,
  MAILBOX_USER,
  type RunningServer,
  startDovecot,
  startPostfix,
  whyNoDovecot,
  whyNoPostfix,
} from "./servers.ts";

const ID = "01JQ0000000000000000000000";
const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const dkim = {
  domain: "example.org",
  selector: "digest",
  privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
};
const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: "spki", format: "der" }).toString("base64")}`;
const ca = readFileSync(CERTIFICATE, "utf8");

const digest: Digest = {
  name: "2025-03-28",
  cadence: "daily",
  range: { first: "2025-03-28", last: "2025-03-28" },
  items: [
    {
      paperId: "2503.00001",
      title: "Über große Modelle, . at the start and — everywhere",
      authors: ["Béla Példa"],
      authorsTotal: 1,
      lead: `A lead of its own.\n${"long words ".repeat(30)}`,
      upvotes: 3,
      topics: [],
      links: [],
    },
  ],
  total: 1,
  corrections: [],
};

const open: { close(): Promise<unknown> }[] = [];
afterEach(async () => {
  for (const one of open.splice(0).reverse()) await one.close();
});
const opened = <T extends { close(): Promise<unknown> }>(one: T): T => {
  open.push(one);
  return one;
};

/** What postfix hands on: everything it is given, and the reports it writes itself. */
async function sendThroughPostfix(to: string): Promise<{ sink: SmtpSink; kind: string }> {
  const sink = opened(
    await startSmtpSink({ atRecipient: (address) => (address.startsWith("nobody") ? 550 : undefined) }),
  );
  const postfix = opened(await startPostfix({ relayPort: Number(new URL(sink.url).port) }));
  const transport = opened(openSmtpTransport({ url: `smtp://localhost:${postfix.port}`, dkim, ca }));
  const desk = createMailDesk({
    site: { siteName: "Papers", baseUrl: "https://papers.example.org" },
    tokens: createTokens(new Uint8Array(32)),
    from: { name: "Papers, täglich", address: "digest@example.org" },
    bounceAddress: "bounces@example.org",
    transport,
  });
  const message = desk.digestMessage({
    deliveryId: ID,
    subscriberId: ID,
    to,
    digest,
    wishes: DEFAULT_PREFERENCES,
    nowMs: Date.now(),
  })!;
  const { kind } = await transport.send(message);
  return { sink, kind };
}

async function firstMail(sink: SmtpSink) {
  for (let tries = 0; sink.mails.length === 0 && tries < 200; tries++) {
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return sink.mails[0]!;
}

/** @returns what dkimpy says: `True` or `False` */
async function askDkimpy(python: Python & { kind: "ready" }, bytes: Buffer): Promise<string> {
  const program = `import sys, dkim
print(dkim.verify(sys.stdin.buffer.read(), dnsfunc=lambda name, timeout=5: ${JSON.stringify(record)}.encode()))`;
  const asked = promisify(execFile)(join(python.folder, "bin", "python"), ["-c", program]);
  asked.child.stdin!.end(bytes);
  return (await asked).stdout.trim();
}

const noPostfix = whyNoPostfix();
if (noPostfix) console.warn(`Skipped: mail through postfix: ${noPostfix}`);
const noDovecot = whyNoDovecot();
if (noDovecot) console.warn(`Skipped: reports by IMAP: ${noDovecot}`);

describe.skipIf(noPostfix !== null)("through Debian's postfix", () => {
  it("a digest arrives by STARTTLS, and two verifiers find its signature good", async () => {
    const { sink, kind } = await sendThroughPostfix("reader@example.net");
    expect(kind).toBe("accepted");
    const { bytes, from } = await firstMail(sink);
    expect(from).toBe(`bounces+${ID.toLowerCase()}@example.org`);
    expect(bytes.toString()).toMatch(/^Received: .*\r\n(?:\s.*\r\n)*\s*\(using TLS/m);
    const { results } = await dkimVerify(bytes, { resolver: async () => [[record]] });
    expect(results.map((one) => one.status.result)).toEqual(["pass"]);
    const python = await preparePython("../mail/requirements.txt");
    if (python.kind === "absent") console.warn(`Skipped: the second verifier, dkimpy: ${python.reason}`);
    else {
      expect(await askDkimpy(python, bytes)).toBe("True");
      expect(
        await askDkimpy(python, Buffer.from(bytes.toString("latin1").replace("One-Click", "Two-Click"), "latin1")),
      ).toBe("False");
    }
  }, 120_000);

  it.skipIf(noDovecot !== null)(
    "a bounce comes back, lies in a mailbox, and is read once",
    async () => {
      const { sink } = await sendThroughPostfix("nobody@example.net");
      const report = await firstMail(sink);
      expect(report.to).toBe(`bounces+${ID.toLowerCase()}@example.org`);
      const reports = await collectTwice(opened(await startDovecot()), report.bytes);
      expect(reports).toMatchObject([{ deliveryId: ID, kind: "soft", reason: expect.stringContaining("550") }]);
    },
    120_000,
  );
});

describe.skipIf(noDovecot !== null)("a mailbox of Debian's dovecot", () => {
  it("keeps what could not be taken in for the next time", async () => {
    const dovecot = opened(await startDovecot());
    await lay(dovecot, Buffer.from(REPORT));
    const url = `imaps://reports:secret@localhost:${dovecot.port}`;
    const mailbox = { url, bounceAddress: "bounces@example.org", ca };
    await expect(collectReports(mailbox, () => Promise.reject(new Error("the disk is full")))).rejects.toThrow(/disk/);
    const taken: MailReport[] = [];
    expect(await collectReports(mailbox, async (one) => void taken.push(one))).toEqual({ read: 1, reports: 1 });
    expect(taken).toMatchObject([{ kind: "hard", deliveryId: ID }]);
    await expect(
      collectReports({ ...mailbox, url: url.replace("secret", "wrong") }, async () => undefined),
    ).rejects.toThrow();
    await expect(collectReports({ url }, async () => undefined)).rejects.toThrow(/self.signed|certificate/i);
  }, 60_000);
});

const REPORT = [
  "From: MAILER-DAEMON@mx.example.net",
  `To: bounces+${ID.toLowerCase()}@example.org`,
  'Content-Type: multipart/report; report-type=delivery-status; boundary="edge"',
  "",
  "--edge",
  "Content-Type: message/delivery-status",
  "",
  "Reporting-MTA: dns; mx.example.net",
  "",
  "Final-Recipient: rfc822; reader@example.net",
  "Action: failed",
  "Status: 5.1.1",
  "",
  "--edge--",
  "",
].join("\r\n");

async function lay({ folder }: RunningServer, bytes: Buffer): Promise<void> {
  const file = join(folder, "mail", MAILBOX_USER, "new", "1743163200.M1P1.test");
  await writeFile(file, bytes);
  // Read by the account that the server runs as.
  await chmod(file, 0o666);
}

async function collectTwice(dovecot: RunningServer, bytes: Buffer): Promise<MailReport[]> {
  await lay(dovecot, bytes);
  const reports: MailReport[] = [];
  const mailbox = { url: `imaps://reports:secret@localhost:${dovecot.port}`, bounceAddress: "bounces@example.org", ca };
  for (let round = 0; round < 2; round++) await collectReports(mailbox, async (one) => void reports.push(one));
  return reports;
}
