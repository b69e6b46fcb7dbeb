/** A paper in the forms others read: CSL-JSON, BibTeX, RIS, Markdown, schema.org, Highwire tags, and lists as feeds. Pure. */
export { listToBibtex, toBibtex } from "./bibtex.ts";
export { type CslItem, type CslName, listToCslJson, toCslJson } from "./csl-json.ts";
export { FEED_TYPES, type Feed, type FeedEntry, type FeedForm, type FeedLink } from "./feed.ts";
export { type ListMarkdown, listToMarkdown, type MarkdownOptions, paperToMarkdown } from "./markdown.ts";
export { type FeedDirectory, type FeedGroup, type FeedOutline, writeOpml } from "./opml.ts";
export { listToRis, toRis } from "./ris.ts";
export { toHighwire, toSchemaOrg } from "./schema-org.ts";
export { writeFeed } from "./write-feed.ts";
