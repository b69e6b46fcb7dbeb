/** Mail by SMTP: a few connections kept open, one attempt per call, and an honest word about how it ended. */
import { Readable } from "node:stream";
import type { SendResult } from "@paperwire/domain";
import { createTransport } from "nodemailer";
import { createEncoder } from "./encode-message.ts";
import type { DkimKey, MailTransport } from "./message.ts";

export type SmtpOptions = {
  /** `smtp://user:password@host:port` (STARTTLS where offered) or `smtps://…`. */
  url: string;
  dkim?: DkimKey;
  /** Connections at most; by default 5. */
  connections?: number;
  /** PEM: also vouches for the server's certificate. */
  ca?: string;
  timeouts?: { connectMs?: number; idleMs?: number };
};

const CONNECTIONS = 5;
/** Some servers end a connection after a hundred messages. */
const MESSAGES_PER_CONNECTION = 100;
const CONNECT_MS = 15_000;
/** @source RFC 5321 4.5.3.2.6 allows ten minutes after the final dot; a server that slow is better asked again */
const IDLE_MS = 120_000;

export function openSmtpTransport({
  url,
  dkim,
  connections = CONNECTIONS,
  ca,
  timeouts = {},
}: SmtpOptions): MailTransport {
  const encode = createEncoder(dkim);
  const connectMs = timeouts.connectMs ?? CONNECT_MS;
  const pool = createTransport({
    pool: true,
    url,
    maxConnections: connections,
    maxMessages: MESSAGES_PER_CONNECTION,
    // Trying again is for the delivery's own record to decide: the library cannot know whether a message was taken.
    maxRequeues: 0,
    connectionTimeout: connectMs,
    greetingTimeout: connectMs,
    socketTimeout: timeouts.idleMs ?? IDLE_MS,
    dnsTimeout: connectMs,
    ...(ca === undefined ? {} : { tls: { ca } }),
  });
  // The library reads ahead what it is given as `raw`; what a process function returns it reads after the server's 354.
  pool.use("stream", (mail, done) => {
    const { body } = mail.data as { body?: WatchedBody };
    if (body) mail.message.processFunc(() => body);
    done();
  });
  return {
    name: withoutSecrets(url),
    send: async (message) => {
      const { bytes, envelope } = await encode(message);
      const body = new WatchedBody(bytes);
      try {
        const info = (await pool.sendMail({ envelope, raw: " ", body } as object)) as { response?: string };
        return { kind: "accepted", response: info.response ?? "accepted" };
      } catch (error) {
        return judge(error as SmtpError, body.taken);
      }
    },
    check: async () => {
      try {
        await pool.verify();
        return null;
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    },
    close: () => {
      pool.close();
      return Promise.resolve();
    },
  };
}

/** Knows whether anybody began to read it: before that, no server can have taken the message. */
class WatchedBody extends Readable {
  taken = false;
  readonly #bytes: Buffer;

  constructor(bytes: Buffer) {
    super();
    this.#bytes = bytes;
  }

  override _read(): void {
    this.taken = true;
    this.push(this.#bytes);
    this.push(null);
  }
}

type SmtpError = Error & { code?: string; responseCode?: number; response?: string; command?: string };

/** About the session or the account rather than this recipient. */
const OF_THE_SERVER = new Set(["CONN", "EHLO", "HELO", "STARTTLS", "API", "MAIL FROM"]);

/** @param taken whether the message's body was on its way */
function judge(error: SmtpError, taken: boolean): SendResult {
  const reason = (error.response ?? error.message).replace(/\s+/g, " ").slice(0, 300);
  const { responseCode = 0, command = "CONN" } = error;
  const server =
    error.code === "EAUTH" || command.startsWith("AUTH") || OF_THE_SERVER.has(command) || responseCode === 421;
  // A refusal of the sender or of the login says nothing about the reader's address.
  if (responseCode >= 500 && !server) return { kind: "refused", reason };
  if (responseCode >= 400 || !taken) return { kind: "deferred", reason, scope: server ? "server" : "recipient" };
  return { kind: "unknown", reason: `No answer after the message was sent: ${reason}` };
}

function withoutSecrets(url: string): string {
  if (!URL.canParse(url)) return "smtp";
  const { protocol, host } = new URL(url);
  return `${protocol}//${host}`;
}
