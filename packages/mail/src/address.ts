/** Reads what a person typed as a mail address: one address, nothing that could become a second header or recipient. */
import { domainToASCII } from "node:url";
import { invalid } from "@paperwire/domain";

export type MailAddress = {
  /** As it is written to: the local part as typed, the domain in ASCII and lower case. */
  address: string;
  /** The same for all spellings that reach one mailbox in practice: lower case. */
  key: string;
  domain: string;
};

/** @source RFC 5321 4.5.3.1: octets of a local part, of a domain, of a path less its brackets */
const LOCAL_BYTES_MAX = 64;
const DOMAIN_BYTES_MAX = 255;
export const ADDRESS_BYTES_MAX = 254;

const ATEXT = "[A-Za-z0-9!#$%&'*+/=?^_`{|}~\\u0080-\\u{10FFFF}-]";
const DOT_ATOM = new RegExp(`^${ATEXT}+(?:\\.${ATEXT}+)*$`, "u");
const QUOTED = /^"(?:[^"\\\p{Cc}]|\\[\x20-\x7e])+"$/u;
const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * @throws DomainError `invalid`: says what is wrong with it
 * @source RFC 5321 4.1.2, RFC 6531 (letters of all languages); no address literals, no comments, no domain without a dot
 */
export function parseMailAddress(typed: string): MailAddress {
  const text = typed.trim().normalize("NFC");
  if (text === "") throw invalid("The e-mail address is missing.");
  if (/\p{Cc}|[\u2028\u2029\p{Bidi_Control}]/u.test(text)) {
    throw invalid("An e-mail address is one line without invisible characters.");
  }
  const at = text.lastIndexOf("@");
  if (at < 1 || at === text.length - 1)
    throw invalid("That is not an e-mail address. It should look like you@example.org.");
  const local = text.slice(0, at);
  const domain = readDomain(text.slice(at + 1));
  if (Buffer.byteLength(local) > LOCAL_BYTES_MAX) {
    throw invalid(`The part before the @ is longer than the ${LOCAL_BYTES_MAX} bytes that mail servers take.`);
  }
  if (!DOT_ATOM.test(local) && !QUOTED.test(local)) {
    throw invalid(
      "The part before the @ holds something that no mail server takes. It should look like you@example.org.",
    );
  }
  const address = `${local}@${domain}`;
  if (Buffer.byteLength(address) > ADDRESS_BYTES_MAX) {
    throw invalid(`The address is longer than the ${ADDRESS_BYTES_MAX} bytes that mail servers take.`);
  }
  return { address, key: address.toLowerCase(), domain };
}

function readDomain(typed: string): string {
  const domain = domainToASCII(typed.replace(/\.$/, "")).toLowerCase();
  const labels = domain.split(".");
  const fine =
    !/[\s[\]:/?#@\\%]/.test(typed) &&
    domain.length <= DOMAIN_BYTES_MAX &&
    labels.length >= 2 &&
    labels.every((label) => LABEL.test(label)) &&
    !/^\d+$/.test(labels.at(-1)!);
  if (!fine) throw invalid("The part after the @ is no domain. It should look like example.org.");
  return domain;
}
