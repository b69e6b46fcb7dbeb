/**
 * The frame of every HTML part: language, colours for light and dark, one column. Styles stand on the tags, because some
 * readers drop the `style` element; that element only adds what tags cannot say. Nothing is loaded from anywhere.
 */
import { escapeHtml } from "./escape.ts";

/** The site's own colours; a test holds every pair above the 4.5 to 1 that small text needs. */
export const LIGHT = { page: "#fdfcf9", ink: "#1d1b18", muted: "#5f5a52", link: "#9c2f1f", rule: "#e3ddd1" } as const;
export const DARK = { page: "#151412", ink: "#e8e4dc", muted: "#a59e92", link: "#f0957f", rule: "#35312b" } as const;

const SERIF = "Georgia,'Times New Roman',serif";
export const STYLES = {
  text: `font:16px/1.5 ${SERIF};color:${LIGHT.ink};margin:0`,
  small: `font:16px/1.5 ${SERIF};color:${LIGHT.muted};margin:4px 0 0`,
  h1: `font:bold 26px/1.25 ${SERIF};color:${LIGHT.ink};margin:8px 0`,
  h2: `font:bold 19px/1.35 ${SERIF};color:${LIGHT.ink};margin:0`,
  link: `color:${LIGHT.link};display:inline-block;padding:10px 0`,
  titleLink: `color:${LIGHT.ink};text-decoration:underline`,
} as const;

const STYLE_ELEMENT = [
  ":root{color-scheme:light dark;supported-color-schemes:light dark}",
  "@media (prefers-color-scheme:dark){",
  `body,.page{background:${DARK.page}!important}`,
  `.ink{color:${DARK.ink}!important}.muted{color:${DARK.muted}!important}.link{color:${DARK.link}!important}`,
  `.rule{border-color:${DARK.rule}!important}}`,
].join("");

type Frame = {
  title: string;
  /** What a list of mails shows behind the subject; not shown in the mail itself. */
  preheader: string;
  /** HTML, already escaped. */
  body: string;
};

export function htmlFrame({ title, preheader, body }: Frame): string {
  return `<!doctype html>
<html lang="en" dir="ltr"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="color-scheme" content="light dark"><meta name="supported-color-schemes" content="light dark">
<title>${escapeHtml(title)}</title><style>${STYLE_ELEMENT}</style></head>
<body class="page" style="margin:0;padding:0;background:${LIGHT.page}">
<div style="display:none;max-height:0;overflow:hidden">${escapeHtml(preheader)}</div>
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0"><tr><td align="center" style="padding:16px">
<table role="presentation" width="100%" cellpadding="0" cellspacing="0" border="0" style="max-width:600px"><tr><td align="left">
${body}
</td></tr></table>
</td></tr></table>
</body></html>
`;
}

export function link(url: string, text: string): string {
  return `<a class="link" href="${escapeHtml(url)}" style="${STYLES.link}">${escapeHtml(text)}</a>`;
}

/**
 * Bytes of the part as it travels in quoted-printable, which is how mailboxes that clip count it.
 * @source RFC 2045 6.7: everything beside printable ASCII takes three bytes, and each line of 76 adds three
 */
export function encodedBytes(html: string): number {
  let bytes = 0;
  for (const byte of Buffer.from(html)) bytes += byte > 126 || byte === 61 || (byte < 32 && byte !== 10) ? 3 : 1;
  return Math.ceil((bytes * 79) / 76);
}
