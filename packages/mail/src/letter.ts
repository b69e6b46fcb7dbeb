/** A single mail in the site's dress: one heading, a few sentences, at most one thing to do. */
import type { MailSite } from "./digest-parts.ts";
import { escapeHtml, wrap } from "./escape.ts";
import { htmlFrame, link, STYLES } from "./html-frame.ts";

/** Plain text; the markup and the line breaks are made here. */
export type LetterWords = {
  /** One line, at most about 90 characters. */
  subject: string;
  heading: string;
  /** A paragraph each. */
  before: readonly string[];
  action?: { url: string; text: string };
  after?: readonly string[];
};

export function letterContent(
  site: MailSite,
  { subject, heading, before, action, after = [] }: LetterWords,
): { subject: string; text: string; html: string } {
  const identity = site.senderIdentity ?? "";
  const paragraph = (text: string) => `<p class="ink" style="${STYLES.text};padding:8px 0">${escapeHtml(text)}</p>`;
  const body = [
    `<p class="muted" style="${STYLES.small}">${escapeHtml(site.siteName)}</p>`,
    `<h1 class="ink" style="${STYLES.h1}">${escapeHtml(heading)}</h1>`,
    ...before.map(paragraph),
    action && `<p class="ink" style="${STYLES.text};padding:8px 0;font-size:18px">${link(action.url, action.text)}</p>`,
    ...after.map(paragraph),
    identity && `<p class="muted" style="${STYLES.small}">${escapeHtml(identity)}</p>`,
  ]
    .filter(Boolean)
    .join("\n");
  const text = [
    `${site.siteName}\n${heading}`,
    ...before.map((one) => wrap(one)),
    action ? `${action.text}:\n${action.url}` : "",
    ...after.map((one) => wrap(one)),
    wrap(identity),
  ];
  return {
    subject,
    text: `${text.filter((part) => part !== "").join("\n\n")}\n`,
    html: htmlFrame({ title: subject, preheader: before[0] ?? heading, body }),
  };
}
