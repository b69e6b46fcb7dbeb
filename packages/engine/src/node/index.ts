/** The side door for Node: an index that lives on disk and is written to in the background. */
export { type Changes, type DurableIndex, type OpenOptions, openIndex } from "./open-index.ts";
