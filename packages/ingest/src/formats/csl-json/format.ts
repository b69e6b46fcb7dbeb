/** References as CSL-JSON: what Zotero and most citation tools write. */
import { z } from "zod";
import { plainJats } from "../../sources/plain-markup.ts";
import { adaptReference } from "../citation/adapter.ts";
import { arxivIn, cslDate, cslName, datePartsOf, sayName } from "../citation/csl.ts";
import { type JsonFormat, jsonFormat } from "../format.ts";
import { optionalString } from "../shape.ts";

const cslShape = z.object({
  type: z.string(),
  title: z.string(),
  author: z.array(cslName).nullish(),
  issued: cslDate.nullish(),
  "container-title": z.union([z.string(), z.array(z.string())]).nullish(),
  abstract: optionalString,
  keyword: optionalString,
  note: optionalString,
  DOI: optionalString,
  URL: optionalString,
  number: z.union([z.string(), z.number()]).nullish(),
  archive: optionalString,
  archive_location: optionalString,
});

/** @source https://docs.citationstyles.org/en/stable/specification.html#appendix-iii-types */
const TYPES =
  /^(?:article(?:-journal|-magazine|-newspaper)?|paper-conference|book|chapter|thesis|report|manuscript|document|dataset|software|webpage|post(?:-weblog)?|speech|entry(?:-[a-z]+)?|review(?:-book)?|preprint)$/;

export const cslJson: JsonFormat = jsonFormat({
  name: "csl-json",
  sentence: "a JSON array of items with `type`, `title`, `author` and `issued`: CSL-JSON, as Zotero exports it",
  shape: cslShape,
  recognises: (object) =>
    TYPES.test(String(object["type"])) && "title" in object && !("abstract" in object && "authors" in object),
  adapter: () => (said) => {
    const container = said["container-title"];
    return adaptReference({
      title: plainJats(said.title),
      authors: (said.author ?? []).map(sayName),
      venue: plainJats((Array.isArray(container) ? container[0] : container) ?? ""),
      date: datePartsOf(said.issued),
      abstract: plainJats(said.abstract ?? ""),
      keywords: (said.keyword ?? "").split(/[,;]/).map((word) => word.trim()),
      doi: said.DOI,
      arxiv: arxivIn(
        String(said.number ?? ""),
        said.archive_location,
        `${said.archive ?? ""}:${said.archive_location ?? ""}`,
        said.note,
      ),
      urls: [said.URL],
    });
  },
});
