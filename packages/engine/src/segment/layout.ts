/** A schema as index structures see it: text fields heaviest first, everything else by number. */
import { fieldKind, type Schema } from "../schema.ts";
import { capsFor, frequenciesOf } from "./codes.ts";

/** To be raised whenever the golden file of the analysis changes: terms on disk and terms of a query must be the same. */
const ANALYSIS_VERSION = 2;

export type Layout = {
  schema: Schema;
  /** Text fields, heaviest first; equal weights by name. The first is the title. */
  textFields: readonly string[];
  weights: readonly number[];
  caps: readonly number[];
  /** Weighted frequency per code. */
  frequencies: Float64Array;
  /** Name and identifier fields in a fixed order; their numbers are part of the term keys. */
  otherFields: readonly string[];
  facets: readonly string[];
  /** Changes when stored segments can no longer be read with this schema. */
  fingerprint: string;
};

export function layoutOf(schema: Schema): Layout {
  const names = Object.keys(schema.fields).sort();
  const textFields = names
    .filter((name) => fieldKind(schema, name) === "text")
    .sort((a, b) => schema.fields[b].weight - schema.fields[a].weight || (a < b ? -1 : 1));
  const otherFields = names.filter((name) => fieldKind(schema, name) !== "text");
  const weights = textFields.map((name) => schema.fields[name].weight);
  const caps = capsFor(textFields.length);
  const facets = Object.keys(schema.facets ?? {}).sort();
  const shape = [
    ANALYSIS_VERSION,
    caps,
    // Lengths are stored as these weights made them.
    weights,
    textFields,
    otherFields.map((name) => [name, fieldKind(schema, name)]),
    facets.map((name) => [name, (schema.facets ?? {})[name]]),
  ];
  return {
    schema,
    textFields,
    weights,
    caps,
    frequencies: frequenciesOf(weights, caps),
    otherFields,
    facets,
    fingerprint: JSON.stringify(shape),
  };
}
