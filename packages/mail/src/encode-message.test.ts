import { generateKeyPairSync } from "node:crypto";
import fc from "fast-check";
import { dkimVerify } from "mailauth/lib/dkim/verify.js";
import { describe, expect, it } from "vitest";
import { relaxedBody } from "./dkim.ts";
import { createEncoder } from "./encode-message.ts";
import type { Message } from "./message.ts";
import { boundarySeed } from "./shared-body.ts";
import { testMessage } from "./transport.contract.ts";

const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 1024 });
const key = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: "spki", format: "der" }).toString("base64")}`;
const signed = createEncoder({ domain: "example.org", selector: "digest", privateKey: key });
const plain = createEncoder();

const MARKS = ["000-mark.of_one", "000-mark.of_two"];
const WORDS = ["Ada-word.of_one", "Ada-word.of_two"];

/** The same mail, once through what it shares with others, once written for itself. */
function twins(
  text: string,
  html: string | undefined,
  change: Partial<Message> = {},
): { shared: Message; alone: Message } {
  const filled = (one: string) => one.replaceAll(MARKS[0]!, WORDS[0]!).replaceAll(MARKS[1]!, WORDS[1]!);
  const { html: _html, ...base } = testMessage(change);
  const alone = { ...base, text: filled(text), ...(html === undefined ? {} : { html: filled(html) }) };
  const sharedText = { text, ...(html === undefined ? {} : { html }), marks: MARKS };
  return { alone, shared: { ...alone, shared: { text: sharedText, words: WORDS } } };
}

/** Boundaries are named after what is shared, or after the message. */
const withoutBoundary = (bytes: Buffer) => bytes.toString("latin1").replace(/[0-9a-f]{24}/g, "boundary");

describe("a message that shares its text with many", () => {
  it("is the same, byte for byte, as one that was written alone", async () => {
    const piece = fc.oneof(
      fc.constantFrom(...MARKS),
      fc.constantFrom("\n", "\n\n.\n", "=", "é", "模型", " ", "  \n", "\t", "https://example.org/"),
      fc.string({ maxLength: 90 }),
    );
    const words = fc.array(piece, { minLength: 1, maxLength: 30 }).map((pieces) => `${pieces.join("")}x`);
    await fc.assert(
      fc.asyncProperty(words, fc.option(words, { nil: undefined }), async (text, html) => {
        const { shared, alone } = twins(text, html);
        const [one, other] = [await plain(shared), await plain(alone)];
        expect(withoutBoundary(one.bytes)).toBe(withoutBoundary(other.bytes));
        expect(one.envelope).toEqual(other.envelope);
      }),
      { numRuns: 300 },
    );
  });

  it("has a signature that another's program finds good", async () => {
    const { shared } = twins(
      `Grüße  \n\n${"long words ".repeat(20)}${MARKS[0]}\n`,
      `<p>${MARKS[1]}</p>${"é".repeat(90)}`,
    );
    for (const to of ["a@example.net", "another.reader+papers@a-longer-name.example.net"]) {
      const { bytes } = await signed({ ...shared, to });
      const { results } = await dkimVerify(bytes, { resolver: async () => [[record]] });
      expect(results.map((one) => one.status.result)).toEqual(["pass"]);
      expect(bytes.toString()).toContain(`\r\nTo: ${to}\r\n`);
    }
  });

  it("is written alone where its words or its address would move a line break", async () => {
    const { shared } = twins(`${MARKS[0]}\n`, undefined);
    const long = await plain({
      ...shared,
      text: "longer",
      shared: { ...shared.shared!, words: ["longer than it", "x"] },
    });
    expect(long.bytes.toString()).toContain("\r\n\r\nlonger");
    const to = `${"a".repeat(64)}@${"b".repeat(60)}.example.net`;
    expect((await plain({ ...shared, to })).bytes.toString()).toContain(boundaryFree(to));
    const quoted = await plain({ ...shared, to: '"two words"@example.net' });
    expect(quoted.envelope.to).toBe('"two words"@example.net');
  });

  it("names its boundary by what is shared", () => {
    expect(boundarySeed("one")).not.toBe(boundarySeed("two"));
  });
});

const boundaryFree = (address: string) => address.slice(0, 60);

describe("the signed form of a body", () => {
  it("is as the examples of RFC 6376 have it", () => {
    expect(relaxedBody(" C \r\nD \t E\r\n\r\n\r\n")).toBe(" C\r\nD E\r\n");
    expect(relaxedBody("\r\n\r\n")).toBe("");
    expect(relaxedBody("no end")).toBe("no end\r\n");
  });
});
