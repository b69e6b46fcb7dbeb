/** The two mails around a subscription: please confirm, and you are subscribed already. */
import type { MailSite } from "./digest-parts.ts";
import { escapeHtml, wrap } from "./escape.ts";
import { htmlFrame, link, STYLES } from "./html-frame.ts";

export type SimpleContent = { subject: string; text: string; html: string };

/** @param hours until the link expires */
export function confirmationContent({
  site,
  confirmUrl,
  hours,
}: {
  site: MailSite;
  confirmUrl: string;
  hours: number;
}): SimpleContent {
  return simple(site, {
    subject: `Please confirm: papers from ${site.siteName}`,
    heading: "Please confirm your address",
    before: `Somebody, we hope you, asked ${site.siteName} to send papers to this address. Nothing is sent before it is confirmed on this page:`,
    action: { url: confirmUrl, text: "Confirm the subscription" },
    after: `The link is good for ${hours} hours and for one confirmation. If it was not you, do nothing: no further mail will come.`,
  });
}

/** For an address that asks again: says how to change or leave, to its owner only. */
export function alreadySubscribedContent({ site, manageUrl }: { site: MailSite; manageUrl: string }): SimpleContent {
  return simple(site, {
    subject: `You are subscribed to ${site.siteName}`,
    heading: "You are subscribed already",
    before: `Somebody, perhaps you, asked ${site.siteName} to send papers to this address. They come already; here you can change what you get, pause, or leave:`,
    action: { url: manageUrl, text: "Change what you get" },
    after: "If it was not you, do nothing: nothing has changed.",
  });
}

type Simple = {
  subject: string;
  heading: string;
  before: string;
  action: { url: string; text: string };
  after: string;
};

function simple(site: MailSite, { subject, heading, before, action, after }: Simple): SimpleContent {
  const identity = site.senderIdentity ?? "";
  const paragraph = (text: string) => `<p class="ink" style="${STYLES.text};padding:8px 0">${escapeHtml(text)}</p>`;
  const body = [
    `<p class="muted" style="${STYLES.small}">${escapeHtml(site.siteName)}</p>`,
    `<h1 class="ink" style="${STYLES.h1}">${heading}</h1>`,
    paragraph(before),
    `<p class="ink" style="${STYLES.text};padding:8px 0;font-size:18px">${link(action.url, action.text)}</p>`,
    paragraph(after),
    identity && `<p class="muted" style="${STYLES.small}">${escapeHtml(identity)}</p>`,
  ].join("\n");
  return {
    subject,
    text: `${[`${site.siteName}\n${heading}`, wrap(before), `${action.text}:\n${action.url}`, wrap(after), wrap(identity)].filter((part) => part !== "").join("\n\n")}\n`,
    html: htmlFrame({ title: subject, preheader: before, body }),
  };
}
