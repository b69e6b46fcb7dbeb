/** Where the mails of this site are written: who sends them, what their links are, how they are named. */
import { type Digest, type Preferences, type SendResult, toUtcMs } from "@paperwire/domain";
import { composeDigest } from "./digest-message.ts";
import type { MailSite, SubscriberLinks } from "./digest-parts.ts";
import { listHeaders, returnPathOf } from "./list-headers.ts";
import type { MailTransport, Message } from "./message.ts";
import { alreadySubscribedContent, confirmationContent, type SimpleContent } from "./subscription-messages.ts";
import type { Tokens } from "./token.ts";

export type MailDeskOptions = {
  site: MailSite;
  transport: MailTransport;
  tokens: Tokens;
  from: { name: string; address: string };
  /** `bounces@example.org`, whose server knows plus-addresses; without it reports go to the sender's address. */
  bounceAddress?: string;
  replyTo?: string;
};

export type MailDesk = {
  readonly transport: MailTransport;
  readonly tokens: Tokens;
  /** Links of a mail that is read from `fromMs` on; they hold for more than a year. */
  links(subscriberId: string, fromMs: number): SubscriberLinks;
  sendConfirmation(mail: { to: string; confirmId: string; untilMs: number; nowMs: number }): Promise<SendResult>;
  sendAlreadySubscribed(mail: { to: string; subscriberId: string; nowMs: number }): Promise<SendResult>;
  /** The mail of one delivery: the same whenever it is made, but for its date. Null where nothing fits the wishes. */
  digestMessage(delivery: DigestDelivery): Message | null;
};

export type DigestDelivery = {
  deliveryId: string;
  subscriberId: string;
  to: string;
  digest: Digest;
  wishes: Preferences;
  nowMs: number;
};

const HOUR_MS = 3_600_000;
/** Some law wants a way out that works for 30 or 60 days; people find old mails later than that. */
const LINK_MS = 400 * 24 * HOUR_MS;

export function createMailDesk(options: MailDeskOptions): MailDesk {
  const { site, transport, tokens, from, bounceAddress } = options;
  const linksOf = (subscriberId: string, fromMs: number): SubscriberLinks => {
    const expiresMs = fromMs + LINK_MS;
    return {
      manageUrl: `${site.baseUrl}/subscription/${tokens.sign({ purpose: "manage", subject: subscriberId, expiresMs })}`,
      unsubscribeUrl: `${site.baseUrl}/unsubscribe/${tokens.sign({ purpose: "unsubscribe", subject: subscriberId, expiresMs })}`,
    };
  };
  const host = new URL(site.baseUrl).hostname;
  const mailHost = from.address.slice(from.address.lastIndexOf("@") + 1);
  const envelope = { from, ...(options.replyTo === undefined ? {} : { replyTo: options.replyTo }) };
  const sendSimple = (to: string, content: SimpleContent, { id, nowMs }: { id: string; nowMs: number }) =>
    transport.send({
      ...envelope,
      ...content,
      to,
      messageId: `<c.${id}.${nowMs.toString(36)}@${mailHost}>`,
      dateMs: nowMs,
      headers: { "Auto-Submitted": "auto-replied" },
    });
  return {
    transport,
    tokens,
    links: linksOf,
    sendConfirmation: ({ to, confirmId, untilMs, nowMs }) => {
      const token = tokens.sign({ purpose: "confirm", subject: confirmId, expiresMs: untilMs });
      const confirmUrl = `${site.baseUrl}/subscription/confirm/${token}`;
      const hours = Math.max(1, Math.round((untilMs - nowMs) / HOUR_MS));
      return sendSimple(to, confirmationContent({ site, confirmUrl, hours }), { id: confirmId, nowMs });
    },
    sendAlreadySubscribed: ({ to, subscriberId, nowMs }) => {
      const { manageUrl } = linksOf(subscriberId, nowMs);
      return sendSimple(to, alreadySubscribedContent({ site, manageUrl }), { id: subscriberId, nowMs });
    },
    digestMessage: ({ deliveryId, subscriberId, to, digest, wishes, nowMs }) => {
      const links = linksOf(subscriberId, toUtcMs(digest.range.last));
      const content = composeDigest({ digest, wishes, site, links });
      if (content === null) return null;
      const { cadence, name: digestName } = digest;
      return {
        ...envelope,
        ...(bounceAddress === undefined ? {} : { returnPath: returnPathOf(bounceAddress, deliveryId) }),
        to,
        subject: content.subject,
        text: content.text,
        ...(content.html === undefined ? {} : { html: content.html }),
        messageId: `<d.${deliveryId}@${mailHost}>`,
        dateMs: nowMs,
        headers: listHeaders({
          siteName: site.siteName,
          host,
          unsubscribeUrl: links.unsubscribeUrl,
          cadence,
          digestName,
        }),
      };
    },
  };
}
