/** Raw answers of Hugging Face's paper API: a list, a single paper, or one item per line. */
import { type JsonFormat, type JsonObject, jsonFormat } from "../format.ts";
import { kindOf } from "../shape.ts";
import { adaptHfApi } from "./adapter.ts";
import { hfApiShape } from "./shape.ts";

export const hfApi: JsonFormat = jsonFormat({
  name: "hf-api",
  sentence: "a JSON array of items with a `paper` inside (or a single paper): answers of the Hugging Face API",
  shape: hfApiShape,
  recognises: (object) => kindOf(object["paper"]) === "object" || isSinglePaper(object),
  adapter: ({ date }) => adaptHfApi(date),
});

function isSinglePaper(object: JsonObject): boolean {
  return ["id", "title", "summary", "authors", "publishedAt"].every((key) => key in object) && !("edition" in object);
}
