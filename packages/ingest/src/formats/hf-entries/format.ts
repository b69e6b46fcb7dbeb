/** Daily editions of Hugging Face as kept by us: one JSON object per line, the edition in each. */
import { type JsonFormat, jsonFormat } from "../format.ts";
import { adaptHfEntries } from "./adapter.ts";
import { hfEntryShape } from "./shape.ts";

export const hfEntries: JsonFormat = jsonFormat({
  name: "hf-entries",
  sentence: "one JSON object per line with `edition`, `id`, `title`: entries of Hugging Face editions",
  shape: hfEntryShape,
  recognises: (object) => "edition" in object && "id" in object && "title" in object,
  adapter: adaptHfEntries,
});
