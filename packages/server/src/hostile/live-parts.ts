/** What of a page a browser would run or fetch by itself, found by a parser that reads as browsers do; for tests. */
import { type DefaultTreeAdapterTypes, parseFragment } from "parse5";

type Node = DefaultTreeAdapterTypes.Node;

const PLAIN_TAGS = new Set(
  (
    "p br em strong s code pre blockquote ul ol li h1 h2 h3 h4 hr a span div table thead tbody tr th td ins del mark " +
    "math mrow mi mn mo mtext mspace mfrac msqrt mroot mstyle mpadded mphantom menclose msub msup msubsup munder " +
    "mover munderover mtable mtr mtd merror"
  ).split(" "),
);
const HARMLESS_ADDRESS = /^(?:https?:\/\/|mailto:|[/?#](?!\/))/i;

/** @returns a line for each tag, attribute or address that text of readers must never become */
export function livePartsOf(html: string): string[] {
  const found: string[] = [];
  const visit = (node: Node) => {
    if ("tagName" in node) {
      if (!PLAIN_TAGS.has(node.tagName)) found.push(`<${node.tagName}>`);
      for (const { name, value } of node.attrs) {
        if (/^(?:on|style$|src|data|form|action$|background$|xlink|id$|name$)/i.test(name)) found.push(`${name}=`);
        if (name === "href" && !HARMLESS_ADDRESS.test(value)) found.push(`href=${value}`);
      }
    }
    if ("childNodes" in node) for (const child of node.childNodes) visit(child);
  };
  visit(parseFragment(html));
  return found;
}
