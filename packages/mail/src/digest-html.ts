/** The HTML part of a digest. */
import type { DigestParts, DigestRequest, PaperLine } from "./digest-parts.ts";
import { escapeHtml } from "./escape.ts";
import { htmlFrame, LIGHT, link, STYLES } from "./html-frame.ts";

export function digestHtml(parts: DigestParts, { site, links }: DigestRequest): string {
  const body = [
    `<p class="muted" style="${STYLES.small}">${escapeHtml(site.siteName)}</p>`,
    `<h1 class="ink" style="${STYLES.h1}">${escapeHtml(parts.heading)}</h1>`,
    `<p class="muted" style="${STYLES.small}">${escapeHtml(parts.completeness)}</p>`,
    `<p class="muted" style="${STYLES.small}">${link(parts.webUrl, "Read on the web")} · ${link(links.manageUrl, "Fewer, weekly or paused")} · ${link(links.unsubscribeUrl, "Unsubscribe")}</p>`,
    `<ol style="margin:0;padding:0;list-style:none">`,
    ...parts.papers.map((paper, index) => paperItem(paper, index + 1)),
    "</ol>",
    heldBackLine(parts),
    corrections(parts),
    footer(parts, { site, links }),
  ];
  return htmlFrame({
    title: parts.subject,
    preheader: parts.preheader,
    body: body.filter((one) => one !== "").join("\n"),
  });
}

const RULE = `border-top:1px solid ${LIGHT.rule}`;

function paperItem(paper: PaperLine, place: number): string {
  const credit = paper.leadCredit
    ? ` <span class="muted" style="color:${LIGHT.muted}">(${escapeHtml(paper.leadCredit)})</span>`
    : "";
  const links = [{ label: "Paper page", url: paper.url }, ...paper.links];
  return [
    `<li class="rule" style="${RULE};margin:0;padding:16px 0 12px">`,
    `<h2 class="ink" style="${STYLES.h2}">${place}. <a class="ink" href="${escapeHtml(paper.url)}" style="${STYLES.titleLink}">${escapeHtml(paper.title)}</a></h2>`,
    paper.authors && `<p class="muted" style="${STYLES.small}">${escapeHtml(paper.authors)}</p>`,
    paper.lead && `<p class="ink" style="${STYLES.text};padding-top:6px">${escapeHtml(paper.lead)}${credit}</p>`,
    `<p class="muted" style="${STYLES.small}">Why it is here: ${escapeHtml(paper.why)}</p>`,
    `<p class="muted" style="${STYLES.small}">${links.map((one) => link(one.url, one.label)).join(" · ")}</p>`,
    "</li>",
  ]
    .filter((line) => line !== "")
    .join("\n");
}

function heldBackLine({ heldBack, webUrl }: DigestParts): string {
  if (heldBack === 0) return "";
  return `<p class="ink rule" style="${STYLES.text};${RULE};padding:12px 0">${link(webUrl, `${heldBack} more on the web`)}</p>`;
}

function corrections({ corrections: all }: DigestParts): string {
  if (all.length === 0) return "";
  const items = all.map(
    ({ title, what, url }) =>
      `<li style="margin:0 0 12px"><a class="link" href="${escapeHtml(url)}" style="color:${LIGHT.link}">${escapeHtml(title)}</a>: ${escapeHtml(what)}</li>`,
  );
  return `<h2 class="ink" style="${STYLES.h2};padding-top:16px">Corrections</h2>
<ul class="ink" style="${STYLES.text};padding:8px 0 0 20px">${items.join("\n")}</ul>`;
}

function footer({ webUrl }: DigestParts, { site, links }: Pick<DigestRequest, "site" | "links">): string {
  return [
    `<p class="muted rule" style="${STYLES.small};${RULE};padding-top:16px">You get this because you asked ${escapeHtml(site.siteName)} for it and confirmed it. No pixel, no counted links: nobody sees what you read.</p>`,
    `<p class="muted" style="${STYLES.small}">${link(links.unsubscribeUrl, "Unsubscribe")} · ${link(links.manageUrl, "Change what you get")} · ${link(webUrl, "Read on the web")}</p>`,
    site.senderIdentity && `<p class="muted" style="${STYLES.small}">${escapeHtml(site.senderIdentity)}</p>`,
  ]
    .filter(Boolean)
    .join("\n");
}
