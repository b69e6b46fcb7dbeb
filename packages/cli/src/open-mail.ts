/** Where the configuration says that mail goes, and who signs it. */
import { randomBytes } from "node:crypto";
import { join } from "node:path";
import { invalid } from "@paperwire/domain";
import {
  createMailDesk,
  createTokens,
  type DkimKey,
  type MailDesk,
  type MailSite,
  type MailTransport,
  openFolderTransport,
  openSmtpTransport,
} from "@paperwire/mail";
import type { Store } from "@paperwire/store";
import type { Config } from "./config.ts";

const KEY_SETTING = "mail-link-key";
const KEY_BYTES = 32;

export function baseUrlOf({ baseUrl, port }: Config): string {
  return baseUrl ?? `http://localhost:${port}`;
}

export function siteOf(config: Config): MailSite {
  return {
    siteName: config.siteName,
    baseUrl: baseUrlOf(config),
    ...(config.mailIdentity === undefined ? {} : { senderIdentity: config.mailIdentity }),
  };
}

/**
 * The key of the links in mails is made once and kept with the instance. The caller closes the transport.
 * @throws DomainError `invalid`: half a signature is configured
 */
export async function openMail(config: Config, store: Pick<Store, "settings">): Promise<MailDesk> {
  const key = await store.settings.keep(KEY_SETTING, () => randomBytes(KEY_BYTES).toString("base64url"));
  const from = senderOf(config);
  return createMailDesk({
    site: siteOf(config),
    transport: openTransport(config),
    tokens: createTokens(Buffer.from(key, "base64url")),
    from: { name: from.name ?? config.siteName, address: from.address },
    ...(config.mailBounces === undefined ? {} : { bounceAddress: config.mailBounces }),
    ...(config.mailReplyTo === undefined ? {} : { replyTo: config.mailReplyTo }),
  });
}

/** Where mails lie as files while no mail server is set. */
export const mailFolderOf = ({ dataFolder }: Config) => join(dataFolder, "mail");

function openTransport(config: Config): MailTransport {
  const signed = dkimOf(config);
  const dkim = signed === undefined ? {} : { dkim: signed };
  return config.smtpUrl === undefined
    ? openFolderTransport({ folder: mailFolderOf(config), ...dkim })
    : openSmtpTransport({ url: config.smtpUrl, ...dkim });
}

export function senderOf(config: Config): { name?: string; address: string } {
  return config.mailFrom ?? { address: `digest@${new URL(baseUrlOf(config)).hostname}` };
}

/** @throws DomainError `invalid`: half of it is configured */
export function dkimOf({
  dkimDomain: domain,
  dkimSelector: selector,
  dkimKey: privateKey,
}: Config): DkimKey | undefined {
  if (domain === undefined && privateKey === undefined) return undefined;
  if (domain === undefined || privateKey === undefined)
    throw invalid("DKIM_DOMAIN and DKIM_KEY go together; one is missing.");
  return { domain, selector, privateKey };
}
