/** What of a whole page of ours a browser would run or fetch, beyond what we put there ourselves; for tests. */
import { type DefaultTreeAdapterTypes, parse } from "parse5";
import { BASE_URL } from "../testing.ts";

type Node = DefaultTreeAdapterTypes.Node;
type Element = DefaultTreeAdapterTypes.Element;

/** Tags that our pages never have. */
const NEVER = new Set(
  (
    "iframe frame frameset object embed applet base style svg animate set use foreignobject image video audio source " +
    "track marquee bgsound portal isindex template keygen annotation-xml semantics mglyph custom-tag x"
  ).split(" "),
);
const ADDRESSES =
  /^(?:href|src|action|formaction|data|poster|background|cite|ping|manifest|xlink:href|srcset|imagesrcset)$/;
/** As browsers read it: control signs and spaces around do not count, tabs and line ends nowhere. */
const RUNS = /^(?:javascript|data|vbscript|blob|file|filesystem|view-source|feed|about|mhtml|jar):/i;

/** @returns a line for each; empty for a page in which all that others wrote is text */
export function livePartsOfPage(html: string): string[] {
  const found: string[] = [];
  const visit = (node: Node) => {
    if ("tagName" in node) found.push(...liveIn(node));
    if ("childNodes" in node) for (const child of node.childNodes) visit(child);
  };
  visit(parse(html));
  return found;
}

function liveIn(element: Element): string[] {
  const { tagName, attrs } = element;
  const found: string[] = [];
  const value = (name: string) => attrs.find((one) => one.name === name)?.value;
  if (NEVER.has(tagName.toLowerCase())) found.push(`<${tagName}>`);
  if (tagName === "script" && !isOurs(value("src")) && value("type") !== "application/ld+json") found.push("<script>");
  if (tagName === "meta" && value("http-equiv") !== undefined) found.push("<meta http-equiv>");
  if (tagName === "link" && !isOurs(value("href"))) found.push(`<link href=${value("href")}>`);
  if (tagName === "img" && !isOurs(value("src"))) found.push(`<img src=${value("src")}>`);
  for (const { name, prefix, value: text } of attrs) {
    const whole = prefix ? `${prefix}:${name}` : name;
    if (/^on/i.test(name) || name === "style" || name === "srcdoc") found.push(`${tagName} ${name}=`);
    // oxlint-disable-next-line no-control-regex
    if (ADDRESSES.test(whole) && RUNS.test(text.replace(/^[\0-\x20]+|[\t\n\r]/g, "")))
      found.push(`${tagName} ${whole}=${text}`);
    if (/^(?:action|formaction)$/.test(name) && !isOurs(text)) found.push(`${tagName} ${name}=${text}`);
  }
  return found;
}

function isOurs(address: string | undefined): boolean {
  return address !== undefined && URL.canParse(address, BASE_URL) && new URL(address, BASE_URL).origin === BASE_URL;
}
