/** Makes a page with all its forms from a list. */
import type { Surface } from "@paperwire/domain";
import { listToMarkdown } from "@paperwire/formats";
import type { ServerContext } from "../context.ts";
import type { Page, PageView } from "../page.ts";
import type { Site } from "../site.ts";
import { formUrl } from "../views/urls.ts";
import { isTold, listData } from "./list-data.ts";
import type { ListRoute, PaperList } from "./paper-list.ts";

export function listPage({ list: source, surface }: Pick<ListRoute, "list" | "surface">): Page {
  return async (request, context, site) => {
    const answer = await source(request, context, site);
    return "items" in answer ? viewOf(answer, { context, site, surface }) : answer;
  };
}

type Around = { context: ServerContext; site: Site; surface: Surface };

function viewOf(list: PaperList, { context, site, surface }: Around): PageView {
  const { title, intro, heading = title, items, status = 200, keep = true } = list;
  const { baseUrl, hubUrl } = site.settings;
  return {
    status,
    keep,
    html: list.html,
    shown: { surface, papers: items.map(({ paper }) => paper.id), first: (list.page - 1) * list.perPage + 1 },
    markdown: () => listToMarkdown({ title: heading, intro, items, baseUrl }),
    data: listData(list, context, site),
    fileName: fileNameOf(list.path),
    ...(hubUrl !== undefined &&
      isTold(list) && { hub: { url: hubUrl, selfOf: (form) => baseUrl + formUrl(list.path, form) } }),
  };
}

/** Letters and digits of the address: `topics-cs.cl`. */
function fileNameOf(path: string): string {
  const name = decodeSafely(path)
    .replace(/[^A-Za-z0-9.]+/g, "-")
    .replace(/^[-.]+|[-.]+$/g, "");
  return name.slice(0, 80) || "latest";
}

function decodeSafely(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
