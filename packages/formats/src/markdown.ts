/** A paper, or a list of papers, as Markdown that a person or an agent can read without the page. */
import {
  type EditionEntry,
  type Link,
  type LinkKind,
  type ListedPaper,
  linkOf,
  noticeText,
  type Paper,
  pageUrl,
  pdfUrl,
  type Summary,
  type TextPart,
  versionName,
  type WordChange,
} from "@paperwire/domain";
import { toBibtex } from "./bibtex.ts";
import { autolink, escapeLine, escapeParagraphs, link } from "./markdown-text.ts";

export type MarkdownOptions = {
  /** Where the site is, without a slash at the end: `https://papers.example.org`. */
  baseUrl: string;
};

export type ListMarkdown = MarkdownOptions & {
  title: string;
  /** A sentence or two under the title, plain text. */
  intro?: string;
  items: readonly ListedPaper[];
};

/** Authors named in a list before "and n more". */
const AUTHORS_IN_LIST = 5;
/** Characters of an abstract shown in a list where there is no summary. */
const LEAD_CHARS = 400;
const LINK_NAMES: Record<LinkKind, string> = {
  code: "Code",
  project: "Project page",
  model: "Model",
  dataset: "Dataset",
  demo: "Demo",
  pdf: "PDF",
  page: "Paper",
};

/**
 * The whole paper: facts, summary with its source, abstract, links, editions, how to cite. UTF-8, ends with a line feed.
 * Facts nobody checked say so beside the value; text from elsewhere is escaped and can be neither heading, link nor HTML.
 */
export function paperToMarkdown(
  paper: Paper,
  entries: readonly EditionEntry[],
  { baseUrl, changes = [] }: MarkdownOptions & { changes?: readonly WordChange[] },
): string {
  return `${[
    `# ${escapeLine(paper.title)}`,
    noticeLines(paper),
    factLines(paper, baseUrl).join("\n"),
    summarySection(paper),
    paper.abstract ? `## Abstract\n\n${escapeParagraphs(paper.abstract)}` : undefined,
    paper.note ? `## Note\n\n${escapeParagraphs(paper.note)}` : undefined,
    versionSection(paper, changes),
    linkSection(paper),
    editionSection(entries, baseUrl),
    `## Cite\n\n${fenced(toBibtex(paper), "bibtex")}`,
  ]
    .filter((part) => part !== undefined && part !== "")
    .join("\n\n")}\n`;
}

/** Title, introduction, then one section per paper in the order given. UTF-8, ends with a line feed. */
export function listToMarkdown({ title, intro, items, baseUrl }: ListMarkdown): string {
  const parts = [`# ${escapeLine(title)}`];
  if (intro) parts.push(escapeParagraphs(intro));
  if (items.length === 0) parts.push("No papers.");
  for (const [at, item] of items.entries()) parts.push(itemSection(item, at + 1, baseUrl));
  return `${parts.join("\n\n")}\n`;
}

function factLines(paper: Paper, baseUrl: string): string[] {
  const facts: [string, string | undefined][] = [
    ["Authors", paper.authors?.length ? paper.authors.map((author) => escapeLine(author.name)).join(", ") : undefined],
    ["Published", withDoubt(paper, "published", publishedText(paper))],
    ["Identifier", withDoubt(paper, "id", escapeLine(paper.id))],
    ["Venue", paper.venue && escapeLine(paper.venue)],
    ["Organization", paper.organization && escapeLine(paper.organization.fullname)],
    ["Categories", categoryText(paper)],
    ["Keywords", paper.keywords?.length ? paper.keywords.map(escapeLine).join(", ") : undefined],
    ["This page", autolink(paperAddress(paper.id, baseUrl))],
  ];
  return facts.filter(([, value]) => value).map(([name, value]) => `- **${name}:** ${value}`);
}

function noticeLines({ notices = [] }: Paper): string | undefined {
  return notices.length > 0 ? notices.map((notice) => `**${escapeLine(noticeText(notice))}**`).join("\n\n") : undefined;
}

function summarySection({ summary }: Paper): string | undefined {
  if (!summary) return undefined;
  return `## Summary\n\n${escapeParagraphs(summary.text)}\n\n*${creditOf(summary)}*`;
}

function versionSection({ versions = [] }: Paper, changes: readonly WordChange[]): string | undefined {
  if (versions.length < 2 && changes.length === 0) return undefined;
  const dates = versions.map(({ number, at }) => `- v${number}: ${at.slice(0, 10)}`).join("\n");
  const texts = changes.map(({ from, to, title, abstract }) => {
    const target = to.number === null && to.saidAt === null ? "now" : versionName(to);
    return [
      `### From ${versionName(from)} to ${target}`,
      ...[title, abstract].filter((parts) => parts !== null).map(marked),
    ].join("\n\n");
  });
  return ["## Versions", dates, ...texts].filter((part) => part !== "").join("\n\n");
}

/** Added words in bold, removed ones struck through; spaces stay outside the marks, or they would not be marks. */
function marked(parts: readonly TextPart[]): string {
  return parts
    .map(({ text, change }) => {
      const [, before, core, after] = /^(\s*)(.*?)(\s*)$/s.exec(text)!;
      const words = escapeLine(core!);
      if (change === "same" || core === "") return `${before}${words}${after}`;
      return `${before}${change === "added" ? `**${words}**` : `~~${words}~~`}${after}`;
    })
    .join("")
    .replace(/\s+/g, " ")
    .trim();
}

function linkSection(paper: Paper): string | undefined {
  const page = pageUrl(paper);
  const pdf = pdfUrl(paper);
  const others = (paper.links ?? []).filter(({ kind }) => kind !== "page" && kind !== "pdf");
  const lines = [
    page && `- Paper: ${autolink(page)}`,
    pdf && `- PDF: ${autolink(pdf)}`,
    ...others.map(linkLine),
  ].filter(Boolean);
  return lines.length > 0 ? `## Links\n\n${lines.join("\n")}` : undefined;
}

function linkLine({ kind, url, label, stars }: Link): string {
  const where = label ? link(label, url) : autolink(url);
  return `- ${LINK_NAMES[kind]}: ${where}${stars === undefined ? "" : ` (${counted(stars, "star")})`}`;
}

function editionSection(entries: readonly EditionEntry[], baseUrl: string): string | undefined {
  if (entries.length === 0) return undefined;
  const lines = entries.map((entry) => {
    const by = entry.submittedBy ? `, submitted by ${escapeLine(entry.submittedBy.fullname)}` : "";
    return `- ${link(entry.edition, `${baseUrl}/date/${entry.edition}`)}: place ${entry.place}, ${votesAndComments(entry)}${by}`;
  });
  return `## Editions\n\n${lines.join("\n")}`;
}

function itemSection({ paper, entry }: ListedPaper, number: number, baseUrl: string): string {
  const facts = [
    authorsInShort(paper),
    withDoubt(paper, "published", publishedText(paper)),
    entry ? votesAndComments(entry) : undefined,
    entry?.announcedOn && `announced earlier, on ${entry.announcedOn}`,
  ].filter(Boolean);
  const code = linkOf(paper, "code");
  const page = pageUrl(paper);
  const links = [
    link("Details", `${paperAddress(paper.id, baseUrl)}.md`),
    page && link(withDoubt(paper, "id", "Paper") ?? "Paper", page),
    code && link("Code", code.url) + (code.stars === undefined ? "" : ` (${counted(code.stars, "star")})`),
  ].filter(Boolean);
  const heading = `## ${number}. ${link(paper.title, paperAddress(paper.id, baseUrl))}`;
  return [heading, noticeLines(paper), facts.join(" · "), leadOf(paper), links.join(" · ")]
    .filter(Boolean)
    .join("\n\n");
}

/** The summary with its author, else the beginning of the abstract. */
function leadOf({ summary, abstract }: Paper): string {
  if (!summary) return escapeLine(shortened(abstract ?? ""));
  return `${escapeLine(summary.text)} *(${creditOf(summary)})*`;
}

function creditOf({ generated, model, source }: Summary): string {
  if (!generated) return `Source: ${escapeLine(source)}`;
  return `Written by a language model${model ? `, ${escapeLine(model)}` : ""}; source: ${escapeLine(source)}`;
}

function paperAddress(id: string, baseUrl: string): string {
  return `${baseUrl}/papers/${id.split("/").map(encodeURIComponent).join("/")}`;
}

function publishedText({ publishedAt, publishedPrecision, year }: Paper): string | undefined {
  if (publishedAt === undefined) return year === undefined ? undefined : String(year);
  return publishedPrecision === "year" ? publishedAt.slice(0, 4) : publishedAt.slice(0, 10);
}

function withDoubt(paper: Paper, fact: "id" | "published", text: string | undefined): string | undefined {
  return text !== undefined && paper.unverified?.includes(fact) ? `${text} (not verified)` : text;
}

function categoryText({ primaryCategory, categories = [] }: Paper): string | undefined {
  const all = [...new Set([primaryCategory, ...categories])].filter((category) => category !== undefined);
  return all.length > 0 ? all.map(escapeLine).join(", ") : undefined;
}

function authorsInShort({ authors = [] }: Paper): string | undefined {
  if (authors.length === 0) return undefined;
  const named = authors
    .slice(0, AUTHORS_IN_LIST)
    .map((author) => escapeLine(author.name))
    .join(", ");
  const more = authors.length - AUTHORS_IN_LIST;
  return more > 0 ? `${named} and ${more} more` : named;
}

function votesAndComments({ upvotes, numComments }: EditionEntry): string {
  const votes = counted(upvotes, "upvote");
  return numComments > 0 ? `${votes}, ${counted(numComments, "comment")}` : votes;
}

function counted(count: number, word: string): string {
  return `${count} ${word}${count === 1 ? "" : "s"}`;
}

/** Cut at a word, never inside a formula's dollars if that can be helped. */
function shortened(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line.length <= LEAD_CHARS) return line;
  return `${line.slice(0, LEAD_CHARS).replace(/\s+\S*$/, "")}…`;
}

/** The fence is longer than any run of backticks inside. */
function fenced(text: string, language: string): string {
  const longest = Math.max(2, ...[...text.matchAll(/`+/g)].map(([run]) => run.length));
  const fence = "`".repeat(longest + 1);
  return `${fence}${language}\n${text.trimEnd()}\n${fence}`;
}
