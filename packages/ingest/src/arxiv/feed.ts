/** arXiv's Atom answer as it comes: its shape, and how bytes become entries. */
import { upstream } from "@paperwire/domain";
import { XMLParser, XMLValidator } from "fast-xml-parser";
import { z } from "zod";
import { misfit } from "../formats/shape.ts";
import { quote } from "../refusal.ts";

/** Characters of one answer that are looked at for its kind. */
const HEAD_CHARS = 1_000;
const ERROR_ID = /\/api\/errors/;

/** The parser gives an element with attributes as an object with its text inside. */
const text = z.preprocess((said) => (said as { "#text"?: unknown } | null)?.["#text"] ?? said, z.string());

/** @source https://info.arxiv.org/help/api/user-manual.html, 3.3.2 */
const entryShape = z.object({
  /** `http://arxiv.org/abs/2503.00001v2` */
  id: text,
  title: text,
  /** The abstract. */
  summary: text,
  /** When version 1 was submitted. */
  published: z.iso.datetime({ offset: true }),
  /** When this version was submitted. */
  updated: z.iso.datetime({ offset: true }).optional(),
  author: z.array(z.object({ name: text })),
  "arxiv:comment": text.optional(),
  "arxiv:primary_category": z.object({ "@term": z.string() }).optional(),
  category: z.array(z.object({ "@term": z.string() })),
});

/** Enough to tell an error from a paper, and a misfit by its name. */
const outlineShape = z.object({ id: text.catch(""), summary: text.catch("") }).catch({ id: "", summary: "" });

export type ArxivEntry = z.output<typeof entryShape>;

export type ArxivFeed = {
  entries: ArxivEntry[];
  /** Entries that lack what every paper has: arXiv sends such for some ids it does not know. */
  misfits: { id: string; reason: string }[];
};

const LISTS = new Set(["entry", "author", "category", "link"]);

/** Entities are never expanded by the parser: a document may define its own and let them grow. */
const parser = new XMLParser({
  ignoreAttributes: false,
  attributeNamePrefix: "@",
  parseTagValue: false,
  parseAttributeValue: false,
  processEntities: false,
  trimValues: true,
  isArray: (name) => LISTS.has(name),
  tagValueProcessor: (_, value) => decodeReferences(value),
  attributeValueProcessor: (_, value) => decodeReferences(value),
});

/**
 * @throws DomainError `upstream`: HTML or plain text instead of a feed, cut short, a document type declaration, or
 *   arXiv's own error entry (which comes with status 200)
 */
export function parseFeed(xml: string): ArxivFeed {
  const head = xml.slice(0, HEAD_CHARS);
  if (/rate exceeded/i.test(head) && !head.includes("<")) throw upstream("arXiv says that it is asked too often.");
  if (!/<feed[\s>]/.test(head)) throw upstream("arXiv did not answer with a feed.");
  if (/<!(?:DOCTYPE|ENTITY)/i.test(xml)) throw upstream("arXiv's answer declares a document type, which no feed does.");
  if (XMLValidator.validate(xml) !== true) throw upstream("arXiv's answer is damaged or cut short.");
  const document = parser.parse(xml) as { feed?: { entry?: unknown[] } | "" };
  const feed: ArxivFeed = { entries: [], misfits: [] };
  for (const said of (document.feed || {}).entry ?? []) {
    const fitted = entryShape.safeParse(said);
    const { id, summary } = outlineShape.parse(said);
    if (ERROR_ID.test(id)) throw upstream(`arXiv answers: ${quote(summary)}.`);
    if (fitted.success) feed.entries.push(fitted.data);
    else feed.misfits.push({ id, reason: misfit(fitted.error, said) });
  }
  return feed;
}

const NAMED: Record<string, string> = { amp: "&", lt: "<", gt: ">", quot: '"', apos: "'" };

/** The five references that XML has without a declaration, and numbers. @source XML 1.0, 4.1 and 4.6 */
function decodeReferences(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([\da-f]{1,6})|(\w{1,4}));/gi, (whole, decimal, hex, name) => {
    if (name) return NAMED[name as string] ?? whole;
    const code = decimal ? Number(decimal) : Number.parseInt(hex as string, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}
