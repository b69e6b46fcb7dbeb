/** Collections of papers without editions: conference lists and arXiv listings, one JSON object per line. */
import { type JsonFormat, jsonFormat } from "../format.ts";
import { adaptPaperLine } from "./adapter.ts";
import { paperLineShape } from "./shape.ts";

export const papers: JsonFormat = jsonFormat({
  name: "papers",
  sentence: "one JSON object per line with `id` (ax-… or pl-…), `title`, `abstract`: a collection of papers",
  shape: paperLineShape,
  recognises: (object) => /^(?:ax|pl)-/.test(String(object["id"])) && "title" in object && "abstract" in object,
  adapter: () => adaptPaperLine,
});
