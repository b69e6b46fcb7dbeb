/** What other servers look up about ours before they take its mail: its names both ways, and whether it speaks in secret. */
import { createConnection, isIP, isIPv4 } from "node:net";
import type { Finding } from "./check-domain.ts";

export type NameLookups = {
  /** IP addresses of a name; empty where it has none. */
  addresses(name: string): Promise<string[]>;
  /** Names of an IP address (PTR); empty where it has none. */
  names(address: string): Promise<string[]>;
};

const PROBE_MS = 10_000;
const PROBE_BYTES = 10_000;
const ADDRESSES_MAX = 4;

/** @source RFC 1912 2.1, and what Gmail asks: the address has a name, and the name has that address */
export async function checkServerNames(url: string, { addresses, names }: NameLookups): Promise<Finding> {
  const name = "Reverse DNS";
  const host = new URL(url).hostname.replace(/^\[|\]$/g, "");
  try {
    const own = isIP(host) ? [host] : (await addresses(host)).slice(0, ADDRESSES_MAX);
    if (own.length === 0)
      return { name, verdict: "bad", text: `${host} has no address`, advice: "Check the host in SMTP_URL." };
    if (own.every(isInside)) {
      return {
        name,
        verdict: "doubtful",
        text: `${host} is on this machine or network; what others see cannot be told from here`,
        advice:
          "Its public address needs a PTR record whose name leads back to it; a relay's is the relay's to care for.",
      };
    }
    for (const address of own.filter((one) => !isInside(one))) {
      const back = await names(address);
      if (back.length === 0) return noName(name, address, "has no PTR record");
      const confirmed = await Promise.all(back.map(async (one) => (await addresses(one)).includes(address)));
      if (!confirmed.includes(true))
        return noName(name, address, `is called ${back[0]}, which does not lead back to it`);
    }
    return { name, verdict: "good", text: `${own.join(", ")} and its name lead to each other` };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { name, verdict: "doubtful", text: `could not be asked: ${why}`, advice: "Check this machine's DNS." };
  }
}

function noName(name: string, address: string, text: string): Finding {
  const advice = "Whoever gave you the address sets its PTR; it should be the server's own name.";
  return { name, verdict: "bad", text: `${address} ${text}`, advice };
}

/** Whether mails and the password are said in secret on the way to the server. */
export async function checkServerTls(url: string): Promise<Finding> {
  const name = "TLS";
  const { protocol, hostname, port } = new URL(url);
  if (protocol === "smtps:") return { name, verdict: "good", text: "from the first byte (smtps)" };
  try {
    const offers = await offersStartTls(hostname, port === "" ? 587 : Number(port));
    if (offers) return { name, verdict: "good", text: "the server offers STARTTLS" };
    const inside = hostname === "localhost" || isInside(hostname.replace(/^\[|\]$/g, ""));
    return {
      name,
      verdict: inside ? "doubtful" : "bad",
      text: "the server offers none",
      advice: inside
        ? "Fine on one machine; it must use TLS itself when it passes mail on."
        : "Mails and the password travel in the clear: turn STARTTLS on, or use smtps://.",
    };
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return { name, verdict: "bad", text: `could not be asked: ${why}`, advice: "Check the host and port in SMTP_URL." };
  }
}

function offersStartTls(host: string, port: number): Promise<boolean> {
  return new Promise((resolve, reject) => {
    let text = "";
    const socket = createConnection({ host: host.replace(/^\[|\]$/g, ""), port });
    socket.setTimeout(PROBE_MS, () => socket.destroy(new Error("no answer in time")));
    socket.on("error", reject).on("close", () => reject(new Error("it hung up")));
    let asked = false;
    socket.on("data", (chunk) => {
      text += chunk.toString("latin1");
      if (text.length > PROBE_BYTES) socket.destroy(new Error("it talks too much"));
      else if (!asked && /^\d{3} [^\n]*\n/m.test(text)) {
        asked = true;
        text = "";
        socket.write("EHLO doctor.invalid\r\n");
      } else if (asked && /^\d{3} [^\n]*\n/m.test(text)) {
        resolve(/^250[ -]STARTTLS\s*$/im.test(text));
        socket.end("QUIT\r\n");
      }
    });
  });
}

/** Addresses that say nothing about what the world sees. */
function isInside(address: string): boolean {
  if (!isIPv4(address)) return /^(?:::1$|f[cd]|fe80)/i.test(address);
  return /^(?:127|10)\.|^192\.168\.|^172\.(?:1[6-9]|2\d|3[01])\.|^169\.254\./.test(address);
}
