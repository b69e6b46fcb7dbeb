/**
 * Reads what mail providers report by webhook: our own plain form, and the shapes of the big ones. Everything is foreign
 * input; what is not understood is passed over.
 */
import { hmacHex, sameText } from "./hook-signature.ts";
import { isHardRefusal, type MailReport, mailIdOf } from "./read-report.ts";

/** A report that may name an address where it cannot name the mail. */
export type HookReport = MailReport & { address: string | null };

/** One request carries no more; providers send the rest in the next. */
const EVENTS_MAX = 1_000;
const REASON_CHARS = 300;

type Fields = Readonly<Record<string, unknown>>;

/**
 * @param body  parsed JSON: `{"events": [{"kind": "hard" | "soft" | "complaint", "address": …, "messageId": …, "reason": …}]}`,
 *   or what Mailgun, Postmark, SendGrid or Amazon SES (through SNS) send
 */
export function readMailHook(body: unknown): HookReport[] {
  return eventsOf(body)
    .slice(0, EVENTS_MAX)
    .flatMap((event) => ownEvent(event) ?? mailgun(event) ?? postmark(event) ?? sendgrid(event) ?? ses(event) ?? []);
}

/**
 * Mailgun signs inside the body: an HMAC over a time and a token.
 * @returns whether it is such a body, and well signed
 */
export function isSignedByMailgun(secret: string, body: unknown, { nowMs, ageMs }: { nowMs: number; ageMs: number }) {
  const signature = fieldsOf(fieldsOf(body)["signature"]);
  const [timestamp, token, given] = [
    text(signature["timestamp"]),
    text(signature["token"]),
    text(signature["signature"]),
  ];
  if (timestamp === "" || token === "" || given === "") return false;
  return Math.abs(nowMs - Number(timestamp) * 1000) <= ageMs && sameText(hmacHex(secret, timestamp + token), given);
}

function eventsOf(body: unknown): Fields[] {
  if (Array.isArray(body)) return body.map(fieldsOf);
  const { events, ...single } = fieldsOf(body);
  return Array.isArray(events) ? events.map(fieldsOf) : [single];
}

function ownEvent(event: Fields): HookReport[] | undefined {
  const kind = (["hard", "soft", "complaint"] as const).find((one) => one === event["kind"]);
  if (!kind) return undefined;
  return [report(kind, { address: event["address"], messageId: event["messageId"], reason: event["reason"] })];
}

/** @source documentation.mailgun.com, "event-data" of webhooks */
function mailgun(body: Fields): HookReport[] | undefined {
  const event = fieldsOf(body["event-data"]);
  const status = fieldsOf(event["delivery-status"]);
  const about = {
    address: event["recipient"],
    messageId: fieldsOf(fieldsOf(event["message"])["headers"])["message-id"],
    reason: text(status["message"]) || text(status["description"]) || text(event["reason"]),
  };
  if (event["event"] === "complained") return [report("complaint", about)];
  if (event["event"] !== "failed") return undefined;
  return [
    report(event["severity"] === "permanent" ? hardOrSoft(status["enhanced-code"], about.reason) : "soft", about),
  ];
}

/** @source postmarkapp.com/developer/webhooks */
function postmark(event: Fields): HookReport[] | undefined {
  const about = { address: event["Email"], messageId: undefined, reason: text(event["Description"]) };
  if (event["RecordType"] === "SpamComplaint") return [report("complaint", about)];
  if (event["RecordType"] !== "Bounce") return undefined;
  return [report(["HardBounce", "BadEmailAddress"].includes(text(event["Type"])) ? "hard" : "soft", about)];
}

/** @source docs.sendgrid.com, Event Webhook */
function sendgrid(event: Fields): HookReport[] | undefined {
  const about = { address: event["email"], messageId: event["smtp-id"], reason: text(event["reason"]) };
  if (event["event"] === "spamreport") return [report("complaint", about)];
  if (event["event"] !== "bounce" && event["event"] !== "dropped") return undefined;
  const hard = event["event"] === "bounce" && event["type"] !== "blocked";
  return [report(hard ? hardOrSoft(event["status"], about.reason) : "soft", about)];
}

/** @source docs.aws.amazon.com/ses, notification contents; SNS wraps them in a text */
function ses(body: Fields): HookReport[] | undefined {
  const event = body["Type"] === "Notification" ? fieldsOf(parseJson(text(body["Message"]))) : body;
  const mail = fieldsOf(event["mail"]);
  const messageId = fieldsOf(mail["commonHeaders"])["messageId"];
  const type = text(event["notificationType"]) || text(event["eventType"]);
  if (type === "Complaint") {
    const complaint = fieldsOf(event["complaint"]);
    return listOf(complaint["complainedRecipients"]).map(({ emailAddress: address }) =>
      report("complaint", { address, messageId, reason: text(complaint["complaintFeedbackType"]) }),
    );
  }
  if (type !== "Bounce") return undefined;
  const bounce = fieldsOf(event["bounce"]);
  return listOf(bounce["bouncedRecipients"]).map(({ emailAddress: address, diagnosticCode: reason, status }) =>
    report(bounce["bounceType"] === "Permanent" ? hardOrSoft(status, text(reason)) : "soft", {
      address,
      messageId,
      reason,
    }),
  );
}

/** A permanent failure is the address's fault only where its code says so; without a code the provider is believed. */
function hardOrSoft(code: unknown, reason: string): "hard" | "soft" {
  const words = `${text(code)} ${reason}`;
  return /\b[45]\.\d{1,3}\.\d{1,3}\b/.test(words) && !isHardRefusal(words) ? "soft" : "hard";
}

type About = { address: unknown; messageId: unknown; reason: unknown };

function report(kind: MailReport["kind"], { address, messageId, reason }: About): HookReport {
  const said = text(reason)
    .replace(/[\s\p{Cc}]+/gu, " ")
    .trim()
    .slice(0, REASON_CHARS);
  const to = text(address).trim().toLowerCase();
  return {
    kind,
    deliveryId: mailIdOf(text(messageId)),
    address: to.length <= 320 && to.includes("@") ? to : null,
    reason: said === "" ? kind : said,
  };
}

function fieldsOf(value: unknown): Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Fields) : {};
}

function listOf(value: unknown): Fields[] {
  return Array.isArray(value) ? value.slice(0, EVENTS_MAX).map(fieldsOf) : [];
}

function text(value: unknown): string {
  return typeof value === "string" ? value : typeof value === "number" ? String(value) : "";
}

function parseJson(value: string): unknown {
  try {
    return JSON.parse(value);
  } catch {
    return null;
  }
}
