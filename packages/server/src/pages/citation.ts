/** A paper as a file for reference managers: `/papers/ID.bib`, `.ris`, `.csl.json`. */
import type { Handler } from "hono";
import type { ServerContext } from "../context.ts";
import { readRequest } from "../page.ts";
import { citationsOf } from "../views/cite.tsx";

const SUFFIX = /\.(?:bib|ris|csl\.json)$/;

export function citationOf({ discovery }: Pick<ServerContext, "discovery">): Handler {
  return async (c) => {
    const file = readRequest(c).param("file");
    const suffix = SUFFIX.exec(file)?.[0];
    const { paper } = await discovery.paperPage(file.replace(SUFFIX, ""));
    const citation = citationsOf(paper).find((citation) => citation.suffix === suffix)!;
    const name = paper.id.replace(/[^\w.-]/g, "-") + citation.suffix;
    return c.body(citation.text, 200, {
      "Content-Type": citation.type,
      "Content-Disposition": `inline; filename="${name}"`,
      "Cache-Control": "public, no-cache",
    });
  };
}
