/** A paper in the forms others read: CSL-JSON, BibTeX, RIS, Markdown, schema.org, Highwire tags. Pure, nothing throws. */
export { listToBibtex, toBibtex } from "./bibtex.ts";
export { type CslItem, type CslName, listToCslJson, toCslJson } from "./csl-json.ts";
export { type ListMarkdown, listToMarkdown, type MarkdownOptions, paperToMarkdown } from "./markdown.ts";
export { listToRis, toRis } from "./ris.ts";
export { toHighwire, toSchemaOrg } from "./schema-org.ts";
