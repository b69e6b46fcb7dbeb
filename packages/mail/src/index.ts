/** Messages and how they leave: text and HTML parts, signed links, DKIM, SMTP or a folder. */
export { ADDRESS_BYTES_MAX, type MailAddress, parseMailAddress } from "./address.ts";
export { checkSenderDomain, type Finding, type TxtLookup } from "./check-domain.ts";
export { composeDigest, type DigestContent } from "./digest-message.ts";
export { type DigestRequest, headingOf, type MailSite, type SubscriberLinks } from "./digest-parts.ts";
export { dueFor, type Enlistment, enlistSubscribers } from "./enlist-subscribers.ts";
export { openFolderTransport } from "./folder-transport.ts";
export { type LetterWords } from "./letter.ts";
export { deliveryOfReturnPath, listHeaders, returnPathOf } from "./list-headers.ts";
export { createMailDesk, type DigestDelivery, type MailDesk, type MailDeskOptions } from "./mail-desk.ts";
export type { DkimKey, Letter, MailTransport, Message } from "./message.ts";
export { plainText } from "./plain-formula.ts";
export { createPost, MAIL_CHANNEL, type MailOutbox, type Post, type PostOptions } from "./post.ts";
export { type ProviderLimit, parseProviderLimits, providerOf } from "./provider-lanes.ts";
export { isHardRefusal, type MailReport, readMailReport } from "./read-report.ts";
export { CLAIM_LOST_MS, type DeliveryQueue, type SendOptions, type SendSummary, sendDigest } from "./send-digest.ts";
export { openSmtpTransport, type SmtpOptions } from "./smtp-transport.ts";
export { createTokens, type TokenPurpose, type Tokens } from "./token.ts";
