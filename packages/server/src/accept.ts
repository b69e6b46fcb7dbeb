/** Whether a client would rather read Markdown than HTML. */

/** Header values longer than this are not read: no client needs as much. */
const HEADER_CHARS_MAX = 1_000;

/**
 * True where `text/markdown` is named with a higher weight than HTML, or with the same weight and first.
 * Wildcards count for neither: whoever takes anything gets HTML.
 */
export function prefersMarkdown(accept: string | null | undefined): boolean {
  if (!accept?.includes("text/markdown")) return false;
  let best = { type: "", weight: 0 };
  for (const range of accept.slice(0, HEADER_CHARS_MAX).split(",")) {
    const [name = "", ...parameters] = range.split(";").map((part) => part.trim().toLowerCase());
    if (name !== "text/markdown" && name !== "text/html" && name !== "application/xhtml+xml") continue;
    const stated = parameters.find((parameter) => parameter.startsWith("q="));
    const weight = stated ? Number(stated.slice(2)) : 1;
    if (weight > best.weight) best = { type: name, weight };
  }
  return best.type === "text/markdown";
}
