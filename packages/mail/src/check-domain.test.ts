import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { describe, expect, it } from "vitest";
import { checkSenderDomain } from "./check-domain.ts";

const pemOf = () =>
  generateKeyPairSync("rsa", {
    modulusLength: 2048,
    privateKeyEncoding: { type: "pkcs8", format: "pem" },
    publicKeyEncoding: { type: "spki", format: "pem" },
  });
const { privateKey } = pemOf();
const publicText = (pem: string) => createPublicKey(pem).export({ type: "spki", format: "der" }).toString("base64");
const dkim = { domain: "example.org", selector: "digest", privateKey };

const good: Record<string, string[]> = {
  "papers.example.org": ["other=1", "v=spf1 mx -all"],
  "digest._domainkey.example.org": [`v=DKIM1; k=rsa; p=${publicText(privateKey)}`],
  "_dmarc.example.org": ["v=DMARC1; p=quarantine"],
};

async function verdicts(change: Record<string, string[]>, options: { dkim?: typeof dkim } = { dkim }) {
  const zone = { ...good, ...change };
  const findings = await checkSenderDomain(
    { fromDomain: "papers.example.org", ...options },
    async (name) => zone[name] ?? [],
  );
  return Object.fromEntries(findings.map((one) => [one.name, one.verdict]));
}

describe("a sender's domain", () => {
  it("is good where everything is published and fits", async () => {
    expect(await verdicts({})).toEqual({ SPF: "good", DKIM: "good", Alignment: "good", DMARC: "good" });
  });

  it.each([
    [{ "papers.example.org": [] }, "SPF"],
    [{ "papers.example.org": ["v=spf1 mx -all", "v=spf1 a -all"] }, "SPF"],
    [{ "papers.example.org": ["v=spf1 +all"] }, "SPF"],
    [{ "digest._domainkey.example.org": [] }, "DKIM"],
    [{ "digest._domainkey.example.org": [`v=DKIM1; p=${publicText(pemOf().privateKey)}`] }, "DKIM"],
    [{ "_dmarc.example.org": [] }, "DMARC"],
    [{ "_dmarc.example.org": ["v=DMARC2; p=none"] }, "DMARC"],
  ] as [Record<string, string[]>, string][])("is not, with %j, because of %s", async (change, name) => {
    const all = await verdicts(change);
    expect(Object.entries(all).filter(([, verdict]) => verdict === "bad")).toEqual([[name, "bad"]]);
  });

  it("is doubtful without a signature, and bad with one of somebody else", async () => {
    expect(await verdicts({}, {})).toMatchObject({ DKIM: "doubtful", Alignment: "doubtful" });
    expect(await verdicts({}, { dkim: { ...dkim, domain: "example.com" } })).toMatchObject({ Alignment: "bad" });
  });

  it("is doubtful where nobody answers", async () => {
    const findings = await checkSenderDomain({ fromDomain: "example.org", dkim }, () =>
      Promise.reject(new Error("ETIMEOUT")),
    );
    expect(findings.map((one) => one.verdict)).toEqual(["doubtful", "doubtful", "good", "doubtful"]);
  });
});
