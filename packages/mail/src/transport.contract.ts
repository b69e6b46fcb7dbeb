/** What every way of sending owes a digest: the same suite runs on the folder and on a real SMTP server. */
import { generateKeyPairSync } from "node:crypto";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import { afterEach, describe, expect, it } from "vitest";
import { listHeaders } from "./list-headers.ts";
import type { DkimKey, MailTransport, Message } from "./message.ts";

export type OpenedTransport = {
  transport: MailTransport;
  /** The bytes that arrived, without what the way itself put in front. */
  received(): Promise<{ bytes: Buffer; from: string; to: string }[]>;
  close(): Promise<void>;
};

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
const DKIM: DkimKey = {
  domain: "example.org",
  selector: "digest",
  privateKey: privateKey.export({ type: "pkcs8", format: "pem" }).toString(),
};
const RECORD = `v=DKIM1; k=rsa; p=${publicKey.export({ type: "spki", format: "der" }).toString("base64")}`;

const UNSUBSCRIBE = `https://papers.a-rather-long-name-of-an-institute.example.org/unsubscribe/${"01JQ0000000000000000000000.zzzzzz.0123456789abcdef"}`;

export function testMessage(change: Partial<Message> = {}): Message {
  return {
    to: "reader@example.net",
    from: { name: "Papers, daily", address: "digest@example.org" },
    returnPath: "bounces+01jq0000000000000000000000@example.org",
    subject: `28 March 2025: Über große Modelle – ${"long subject ".repeat(8)}`,
    text: `Grüße\n.\nA line with a lone dot above.\n${"words ".repeat(40)}\n`,
    html: "<!doctype html><p>Grüße</p>",
    messageId: "<d.01JQ0000000000000000000000@example.org>",
    dateMs: Date.UTC(2025, 2, 29, 8),
    headers: listHeaders({
      siteName: "Papers",
      host: "papers.example.org",
      unsubscribeUrl: UNSUBSCRIBE,
      cadence: "daily",
      digestName: "2025-03-28",
    }),
    ...change,
  };
}

export function describeTransport(name: string, open: (dkim: DkimKey) => Promise<OpenedTransport>): void {
  describe(`mail by ${name}`, () => {
    let opened: OpenedTransport | undefined;
    afterEach(async () => {
      await opened?.close();
      opened = undefined;
    });

    const sendOne = async (message: Message) => {
      opened = await open(DKIM);
      const result = await opened.transport.send(message);
      return { result, received: await opened.received() };
    };

    it("arrives once, whole, under the envelope that reports come back to", async () => {
      const { result, received } = await sendOne(testMessage());
      expect(result.kind).toBe("accepted");
      expect(received).toHaveLength(1);
      expect(received[0]).toMatchObject({
        from: "bounces+01jq0000000000000000000000@example.org",
        to: "reader@example.net",
      });
      const text = received[0]!.bytes.toString();
      expect(text).toMatch(/^Content-Type: multipart\/alternative/m);
      expect(text.indexOf("text/plain")).toBeLessThan(text.indexOf("text/html"));
      expect(text).toContain("Message-ID: <d.01JQ0000000000000000000000@example.org>");
    });

    it("keeps the unsubscribe headers on one line each, and signs both", async () => {
      const { received } = await sendOne(testMessage());
      const text = received[0]!.bytes.toString();
      expect(text).toContain(`\r\nList-Unsubscribe: <${UNSUBSCRIBE}>\r\n`);
      expect(text).toContain("\r\nList-Unsubscribe-Post: List-Unsubscribe=One-Click\r\n");
      // The subject is folded, and the signature covers it all the same.
      expect(text).toMatch(/\r\nSubject: [^\r]*\r\n /);
      const { results } = await dkimVerify(received[0]!.bytes, { resolver: async () => [[RECORD]] });
      expect(results.map((one) => one.status.result)).toEqual(["pass"]);
      const signed = results[0]!.signingHeaders!.keys.toLowerCase().split(/\s*:\s*/);
      expect(signed).toEqual(
        expect.arrayContaining([
          "from",
          "to",
          "subject",
          "date",
          "message-id",
          "list-id",
          "list-unsubscribe",
          "list-unsubscribe-post",
        ]),
      );
    });

    it("fails the check when a signed header was changed on the way", async () => {
      const { received } = await sendOne(testMessage());
      const altered = Buffer.from(received[0]!.bytes.toString("binary").replace("One-Click", "Two-Click"), "binary");
      const { results } = await dkimVerify(altered, { resolver: async () => [[RECORD]] });
      expect(results.map((one) => one.status.result)).toEqual(["fail"]);
    });

    it("is the same bytes at every attempt", async () => {
      opened = await open(DKIM);
      await opened.transport.send(testMessage());
      const [first] = await opened.received();
      await opened.close();
      opened = await open(DKIM);
      await opened.transport.send(testMessage());
      const [second] = await opened.received();
      // The signature has the time in it.
      const bare = (bytes: Buffer) => bytes.toString().replace(/^DKIM-Signature:.*\r\n(?:[ \t].*\r\n)*/m, "");
      expect(bare(second!.bytes)).toBe(bare(first!.bytes));
    });

    it("says beforehand whether it would take mail", async () => {
      opened = await open(DKIM);
      expect(await opened.transport.check()).toBeNull();
    });

    it("has one part where text only is wanted", async () => {
      const { html: _html, ...textOnly } = testMessage();
      const { received } = await sendOne(textOnly);
      expect(received[0]!.bytes.toString()).toMatch(/^Content-Type: text\/plain; charset=utf-8/m);
    });

    it("takes unusual addresses as they are", async () => {
      const { result, received } = await sendOne(testMessage({ to: "o'brien+papers@example.net" }));
      expect(result).toMatchObject({ kind: "accepted" });
      expect(received[0]!.to).toBe("o'brien+papers@example.net");
    });
  });
}
