/** Facts about one edition with our own one-sentence summaries: the built-in edition is written so. */
import { type JsonFormat, jsonFormat } from "../format.ts";
import { adaptSeedFacts, SEED_EDITION } from "./adapter.ts";
import { factsShape } from "./shape.ts";

export const facts: JsonFormat = jsonFormat({
  name: "facts",
  sentence: "one JSON object per line with `n`, `title`, `arxiv_id`, `tldr`: facts about one edition",
  shape: factsShape,
  recognises: (object) => "n" in object && "title" in object && "arxiv_id" in object,
  adapter: ({ date }) => adaptSeedFacts(date ?? SEED_EDITION),
});
