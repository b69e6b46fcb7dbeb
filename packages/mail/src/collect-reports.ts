/** Fetches delivery reports and complaints from a mailbox by IMAP: each is taken in first, and marked as read after. */
import { isIPv4 } from "node:net";
import { ImapFlow } from "imapflow";
import { type MailReport, readMailReport } from "./read-report.ts";

export type ReportMailbox = {
  /** `imaps://user:password@host/Folder`, or `imap://` where the server offers STARTTLS; the folder is INBOX by default. */
  url: string;
  /** Whose plus-addresses name deliveries. */
  bounceAddress?: string;
  /** PEM: also vouches for the server's certificate. */
  ca?: string;
};

export type Collected = { read: number; reports: number };

/** More wait for the next round. */
const MAILS_PER_ROUND = 200;
/** What we look for in a report stands before that. */
const MAIL_BYTES_MAX = 1_000_000;
const CONNECT_MS = 15_000;
const SILENCE_MS = 60_000;

/**
 * May be cut off at any point: a report that was taken in and not marked is taken in once more, which changes nothing.
 * @throws Error  the mailbox cannot be opened
 */
export async function collectReports(
  { url, bounceAddress, ca }: ReportMailbox,
  onReport: (report: MailReport) => Promise<void>,
): Promise<Collected> {
  const { protocol, hostname, port, username, password, pathname } = new URL(url);
  const secure = protocol === "imaps:";
  const client = new ImapFlow({
    host: hostname,
    port: port === "" ? (secure ? 993 : 143) : Number(port),
    secure,
    // A password is said to nobody but in secret; the machine itself may listen.
    ...(secure || isOwnMachine(hostname) ? {} : { doSTARTTLS: true }),
    auth: { user: decodeURIComponent(username), pass: decodeURIComponent(password) },
    logger: false,
    disableAutoIdle: true,
    connectionTimeout: CONNECT_MS,
    greetingTimeout: CONNECT_MS,
    socketTimeout: SILENCE_MS,
    ...(ca === undefined ? {} : { tls: { ca } }),
  });
  // A broken connection is also told to whoever waits for an answer.
  client.on("error", () => undefined);
  try {
    await client.connect();
    await client.mailboxOpen(decodeURIComponent(pathname.replace(/^\//, "")) || "INBOX");
    return await readNew(client, { bounceAddress, onReport });
  } finally {
    await client.logout().catch(() => client.close());
  }
}

type Reading = { bounceAddress: string | undefined; onReport: (report: MailReport) => Promise<void> };

async function readNew(client: ImapFlow, { bounceAddress, onReport }: Reading): Promise<Collected> {
  const found = (await client.search({ seen: false }, { uid: true })) || [];
  const collected = { read: 0, reports: 0 };
  for (const uid of found.slice(0, MAILS_PER_ROUND)) {
    const mail = await client.fetchOne(String(uid), { source: { maxLength: MAIL_BYTES_MAX } }, { uid: true });
    const report = mail && mail.source ? readMailReport(mail.source, bounceAddress) : null;
    if (report !== null) {
      await onReport(report);
      collected.reports++;
    }
    await client.messageFlagsAdd(String(uid), ["\\Seen"], { uid: true });
    collected.read++;
  }
  return collected;
}

function isOwnMachine(host: string): boolean {
  return host === "localhost" || host === "[::1]" || (isIPv4(host) && host.startsWith("127."));
}
