/** A message before it becomes bytes, and the port through which it leaves. */
import type { SendResult } from "@paperwire/domain";
import type { MailFolder } from "./mail-folder.ts";

export type Message = {
  /** One address, as `parseMailAddress` gives it. */
  to: string;
  from: { name: string; address: string };
  /** Where delivery reports go (the envelope's sender); by default the address of `from`. */
  returnPath?: string;
  replyTo?: string;
  subject: string;
  text: string;
  /** Absent where the reader wants text only. */
  html?: string;
  /** With angle brackets; the same for every attempt of one delivery. */
  messageId: string;
  dateMs: number;
  /** Further headers, in order; values are ASCII without line breaks. */
  headers: Readonly<Record<string, string>>;
  /** Where many messages differ in a few words only: the texts they share, and this one's words. A shortcut, no more. */
  shared?: { text: SharedText; words: readonly string[] };
};

/** Texts in which `marks` stand for the words that differ. */
export type SharedText = { text: string; html?: string; marks: readonly string[] };

/** What a single mail says, before it has a sender, a date and a name: JSON. */
export type Letter = Pick<Message, "to" | "subject" | "text" | "html" | "headers">;

/** How messages leave this machine. An implementation passes `transport.contract.ts`. */
export type MailTransport = {
  /** For the operator: `smtp://mail.example.org:587`, without user and password. */
  readonly name: string;
  /** One attempt; never throws for what the other side does, and never tries again by itself. */
  send(message: Message): Promise<SendResult>;
  /** Whether messages would be taken, without sending one: null, or why not. */
  check(): Promise<string | null>;
  close(): Promise<void>;
  /** Where the mails lie that stayed here; absent where they leave. */
  readonly folder?: MailFolder;
};

/** Signs as this domain; the public half of the key is published at `<selector>._domainkey.<domain>`. */
export type DkimKey = { domain: string; selector: string; privateKey: string };
