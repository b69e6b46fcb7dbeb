/** Where the mails of this site are written: who sends them, what their links are, how they are named. */
import { type Digest, type Preferences, toUtcMs } from "@paperwire/domain";
import { createDigestForms } from "./digest-forms.ts";
import type { MailSite, SubscriberLinks } from "./digest-parts.ts";
import { type LetterWords, letterContent } from "./letter.ts";
import { listHeaders, returnPathOf } from "./list-headers.ts";
import type { Letter, MailTransport, Message } from "./message.ts";
import { alreadySubscribedWords, confirmationWords } from "./subscription-messages.ts";
import type { TokenPurpose, Tokens } from "./token.ts";

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
  /**
   * A single mail in this site's dress, with a text and an HTML part; hand it to `Post.send`.
   * @param to  as `parseMailAddress` gives it
   */
  letter(to: string, words: LetterWords): Letter;
  confirmation(mail: { to: string; confirmId: string; untilMs: number; nowMs: number }): Letter;
  alreadySubscribed(mail: { to: string; subscriberId: string; nowMs: number }): Letter;
  /** Gives a letter its sender, date and name: the same for every attempt of one id. */
  seal(letter: Letter, mark: { id: string; nowMs: number }): Message;
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

/** As long as a subscriber's id, and none. */
const NOBODY = "0".repeat(26);
const HOUR_MS = 3_600_000;
/** Some law wants a way out that works for 30 or 60 days; people find old mails later than that. */
const LINK_MS = 400 * 24 * HOUR_MS;

export function createMailDesk(options: MailDeskOptions): MailDesk {
  const { site, transport, tokens, from, bounceAddress } = options;
  const { linksOf } = linkMaker({ site, tokens });
  const mailHost = from.address.slice(from.address.lastIndexOf("@") + 1);
  const envelope = { from, ...(options.replyTo === undefined ? {} : { replyTo: options.replyTo }) };
  const letter = (to: string, words: LetterWords): Letter => ({
    to,
    ...letterContent(site, words),
    headers: { "Auto-Submitted": "auto-replied" },
  });
  const reportsTo = (id: string) =>
    bounceAddress === undefined ? {} : { returnPath: returnPathOf(bounceAddress, id) };
  return {
    transport,
    tokens,
    links: linksOf,
    letter,
    confirmation: ({ to, confirmId, untilMs, nowMs }) => {
      const token = tokens.sign({ purpose: "confirm", subject: confirmId, expiresMs: untilMs });
      const confirmUrl = `${site.baseUrl}/subscription/confirm/${token}`;
      const hours = Math.max(1, Math.round((untilMs - nowMs) / HOUR_MS));
      return letter(to, confirmationWords({ siteName: site.siteName, confirmUrl, hours }));
    },
    alreadySubscribed: ({ to, subscriberId, nowMs }) => {
      const { manageUrl } = linksOf(subscriberId, nowMs);
      return letter(to, alreadySubscribedWords({ siteName: site.siteName, manageUrl }));
    },
    seal: (mail, { id, nowMs }) => ({
      ...envelope,
      ...mail,
      ...reportsTo(id),
      messageId: `<p.${id}@${mailHost}>`,
      dateMs: nowMs,
    }),
    digestMessage: createDigestWriter({ site, tokens, mailHost, envelope, reportsTo }),
  };
}

type Signers = Pick<MailDeskOptions, "site" | "tokens">;

function linkMaker({ site, tokens }: Signers) {
  const tokenOf = (purpose: TokenPurpose, subject: string, fromMs: number) =>
    tokens.sign({ purpose, subject, expiresMs: fromMs + LINK_MS });
  const linksOf = (subscriberId: string, fromMs: number): SubscriberLinks => ({
    manageUrl: `${site.baseUrl}/subscription/${tokenOf("manage", subscriberId, fromMs)}`,
    unsubscribeUrl: `${site.baseUrl}/unsubscribe/${tokenOf("unsubscribe", subscriberId, fromMs)}`,
  });
  return { tokenOf, linksOf };
}

type WriterParts = Signers & {
  mailHost: string;
  envelope: Pick<Message, "from" | "replyTo">;
  reportsTo(id: string): Pick<Message, "returnPath">;
};

function createDigestWriter({ site, tokens, mailHost, envelope, reportsTo }: WriterParts): MailDesk["digestMessage"] {
  const { tokenOf, linksOf } = linkMaker({ site, tokens });
  const wordsOf = (subscriberId: string, fromMs: number) => [
    tokenOf("manage", subscriberId, fromMs),
    tokenOf("unsubscribe", subscriberId, fromMs),
  ];
  const forms = createDigestForms({
    site,
    // Links of nobody: as long as everybody's, and nobody can write them into a title.
    marksOf: (digest) => wordsOf(NOBODY, toUtcMs(digest.range.last)),
    linksOf: (digest) => linksOf(NOBODY, toUtcMs(digest.range.last)),
  });
  const { siteName, baseUrl } = site;
  const host = new URL(baseUrl).hostname;
  return ({ deliveryId, subscriberId, to, digest, wishes, nowMs }) => {
    const form = forms.find(digest, wishes);
    if (form === null) return null;
    const words = wordsOf(subscriberId, toUtcMs(digest.range.last));
    const unsubscribeUrl = `${baseUrl}/unsubscribe/${words[1]}`;
    const { cadence, name: digestName } = digest;
    return {
      ...envelope,
      ...reportsTo(deliveryId),
      to,
      subject: form.subject,
      ...form.fill(words),
      messageId: `<d.${deliveryId}@${mailHost}>`,
      dateMs: nowMs,
      headers: listHeaders({ siteName, host, unsubscribeUrl, cadence, digestName }),
      shared: { text: form.text, words },
    };
  };
}
