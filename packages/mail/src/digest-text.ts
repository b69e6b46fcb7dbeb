/** The text part of a digest: the same papers in the same order, wrapped, with the links as footnotes. */
import type { DigestParts, DigestRequest, PaperLine } from "./digest-parts.ts";
import { wrap } from "./escape.ts";

const INDENT = "    ";
const RULE = "-".repeat(72);

export function digestText(parts: DigestParts, { site, links }: DigestRequest): string {
  const footnotes: string[] = [];
  const note = (url: string) => {
    const known = footnotes.indexOf(url);
    return known >= 0 ? known + 1 : footnotes.push(url);
  };
  const papers = parts.papers.map((paper, index) => paperText(paper, index + 1, note));
  const corrections = parts.corrections.map(({ title, what, url }) => wrap(`* ${title} [${note(url)}]: ${what}`));
  return [
    `${site.siteName}\n${parts.heading}`,
    wrap(parts.completeness),
    `Unsubscribe: ${links.unsubscribeUrl}\nFewer, weekly or paused: ${links.manageUrl}`,
    RULE,
    ...papers,
    parts.heldBack > 0 ? `${parts.heldBack} more on the web [${note(parts.webUrl)}]` : "",
    corrections.length > 0 ? `Corrections\n\n${corrections.join("\n")}` : "",
    RULE,
    `Links\n\n${footnotes.map((url, index) => `[${index + 1}] ${url}`).join("\n")}`,
    RULE,
    wrap(
      `You get this because you asked ${site.siteName} for it and confirmed it. No counted links: nobody sees what you read.`,
    ),
    `Unsubscribe: ${links.unsubscribeUrl}\nChange what you get: ${links.manageUrl}\nRead on the web: ${parts.webUrl}`,
    site.senderIdentity ? wrap(site.senderIdentity) : "",
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}

function paperText(paper: PaperLine, place: number, note: (url: string) => number): string {
  const title = `${place}.`.padEnd(INDENT.length) + wrap(`${paper.title} [${note(paper.url)}]`, INDENT).trimStart();
  const links = paper.links.map(({ label, url }) => `${label} [${note(url)}]`).join(", ");
  const credit = paper.leadCredit ? ` (${paper.leadCredit})` : "";
  return [
    title,
    paper.authors && wrap(paper.authors, INDENT),
    paper.lead && wrap(`${paper.lead}${credit}`, INDENT),
    wrap(`Why it is here: ${paper.why}`, INDENT),
    links && wrap(links, INDENT),
  ]
    .filter(Boolean)
    .join("\n");
}
