/** What mailboxes look up about a sender before they take its mail: SPF, DKIM, DMARC, and whether the names fit. */
import { createPrivateKey, createPublicKey } from "node:crypto";
import type { DkimKey } from "./message.ts";

/** One question and its answer; `advice` says what to do where it is not good. */
export type Finding = { name: string; verdict: "good" | "doubtful" | "bad"; text: string; advice?: string };

/** TXT records of a name, each joined to one text; empty where there are none. Throws where nobody answered. */
export type TxtLookup = (name: string) => Promise<string[]>;

export async function checkSenderDomain(
  { fromDomain, dkim }: { fromDomain: string; dkim?: DkimKey },
  lookup: TxtLookup,
): Promise<Finding[]> {
  const ask = (name: string, judge: (records: string[]) => Finding | Promise<Finding>) => guarded(name, lookup, judge);
  return Promise.all([
    ask(fromDomain, (records) => judgeSpf(fromDomain, records)),
    dkim ? ask(`${dkim.selector}._domainkey.${dkim.domain}`, (records) => judgeDkim(dkim, records)) : unsigned(),
    alignment(fromDomain, dkim),
    ask(`_dmarc.${fromDomain}`, async (records) =>
      judgeDmarc(fromDomain, records.length > 0 ? records : await parentDmarc(fromDomain, lookup)),
    ),
  ]);
}

async function guarded(
  name: string,
  lookup: TxtLookup,
  judge: (records: string[]) => Finding | Promise<Finding>,
): Promise<Finding> {
  try {
    return await judge(await lookup(name));
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return {
      name: `DNS ${name}`,
      verdict: "doubtful",
      text: `could not be asked: ${why}`,
      advice: "Check this machine's DNS and try again.",
    };
  }
}

/** @source RFC 7208 4.5: more than one record is an error, and so none counts */
function judgeSpf(domain: string, records: readonly string[]): Finding {
  const spf = records.filter((record) => /^v=spf1(?:\s|$)/i.test(record));
  const name = "SPF";
  if (spf.length === 0) {
    return {
      name,
      verdict: "bad",
      text: `${domain} has no record`,
      advice: `Publish TXT at ${domain}, such as "v=spf1 mx -all", naming the servers that send.`,
    };
  }
  if (spf.length > 1)
    return {
      name,
      verdict: "bad",
      text: `${domain} has ${spf.length} records`,
      advice: "Keep one: with several none counts.",
    };
  if (/\+all\b|(?:^|\s)all\b/i.test(spf[0]!))
    return { name, verdict: "bad", text: `${spf[0]} lets everybody send`, advice: "End it with -all or ~all." };
  return { name, verdict: "good", text: spf[0]! };
}

function unsigned(): Finding {
  return {
    name: "DKIM",
    verdict: "doubtful",
    text: "mail is not signed here",
    advice:
      "Set DKIM_DOMAIN and DKIM_KEY, unless your mail server signs; List-Unsubscribe and List-Unsubscribe-Post must be among what it signs.",
  };
}

/** The published key must be the other half of ours. @source RFC 6376 3.6.1 */
function judgeDkim({ domain, selector, privateKey }: DkimKey, records: readonly string[]): Finding {
  const name = "DKIM";
  const key = createPublicKey(createPrivateKey(privateKey));
  const own = key.export({ type: "spki", format: "der" }).toString("base64");
  const advice = `Publish TXT at ${selector}._domainkey.${domain}: "v=DKIM1; k=rsa; p=${own}"`;
  const published = records
    .map((record) => /(?:^|;)\s*p=([^;]*)/i.exec(record)?.[1]?.replace(/\s+/g, ""))
    .find((p) => p !== undefined);
  if (published === undefined) return { name, verdict: "bad", text: "no public key is published", advice };
  if (published !== own)
    return { name, verdict: "bad", text: "the published key is not the other half of DKIM_KEY", advice };
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  if (bits < 1_024) return { name, verdict: "bad", text: `the key has ${bits} bits`, advice: "Make one of 2048 bits." };
  return { name, verdict: bits < 2_048 ? "doubtful" : "good", text: `the published key fits, ${bits} bits` };
}

/** Relaxed alignment, taken strictly: one domain is the other or lies under it. @source RFC 7489 3.1 */
function alignment(fromDomain: string, dkim: DkimKey | undefined): Finding {
  const name = "Alignment";
  if (!dkim)
    return {
      name,
      verdict: "doubtful",
      text: "depends on your mail server",
      advice: "It must sign, or send under, the domain of MAIL_FROM.",
    };
  const [from, signer] = [fromDomain.toLowerCase(), dkim.domain.toLowerCase()];
  const fits = from === signer || from.endsWith(`.${signer}`) || signer.endsWith(`.${from}`);
  if (fits) return { name, verdict: "good", text: `${signer} signs for ${from}` };
  // Two names of one organisation fit as well, but only a list of all registries could tell.
  const ends = [from, signer].map((domain) => domain.split(".").slice(-2).join("."));
  if (ends[0] === ends[1]) {
    return { name, verdict: "doubtful", text: `${signer} signs for ${from}`, advice: `Surest is to sign as ${from}.` };
  }
  return {
    name,
    verdict: "bad",
    text: `${signer} signs, but mail is from ${from}`,
    advice: "Let DKIM_DOMAIN and MAIL_FROM have one domain.",
  };
}

/** The policy of the domain above counts where a domain has none of its own. */
async function parentDmarc(domain: string, lookup: TxtLookup): Promise<string[]> {
  const labels = domain.split(".");
  for (let from = 1; from < labels.length - 1; from++) {
    const records = await lookup(`_dmarc.${labels.slice(from).join(".")}`);
    if (records.length > 0) return records;
  }
  return [];
}

function judgeDmarc(domain: string, records: readonly string[]): Finding {
  const name = "DMARC";
  const [policy] = records.filter((record) => /^v=DMARC1\s*(?:;|$)/i.test(record));
  if (policy === undefined) {
    return {
      name,
      verdict: "bad",
      text: "no policy is published",
      advice: `Publish TXT at _dmarc.${domain}: "v=DMARC1; p=none" to begin with.`,
    };
  }
  if (/;\s*p=none\b/i.test(policy))
    return { name, verdict: "good", text: policy, advice: "Later, p=quarantine or p=reject protects your name." };
  return { name, verdict: "good", text: policy };
}
