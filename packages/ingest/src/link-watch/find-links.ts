/** Addresses that a text names, what kind of thing stands there, and whether a text only promises it. */
import type { Link } from "@paperwire/domain";

const CODE_HOSTS =
  /^(?:www\.)?(?:github\.com|gitlab\.com|gitee\.com|bitbucket\.org|codeberg\.org|anonymous\.4open\.science)$/;
const DATA_HOSTS = /^(?:www\.)?(?:zenodo\.org|figshare\.com|osf\.io|kaggle\.com)$/;
/** Hosts that people name without `https://`. */
const BARE = /(?<![\w/.@:-])(?:(?:www\.)?github\.com|gitlab\.com|codeberg\.org|huggingface\.co)\/[\w.-]/gi;
const ADDRESS = /https?:\/\/[^\s{}<>"'\\^`|~]+/gi;
/** Leftovers of the sentence around an address, in either script. */
const AROUND = /[).,;:!?\]*_’”»、。，；：）]+$/;
/** A line break within an address of a repository: after a slash or a hyphen, before the rest of its name. */
const BROKEN =
  /(https?:\/\/(?:www\.)?(?:github|gitlab)\.com\/(?:[\w.-]+\/)?(?:[\w.]+-)?)(\s+)([\w.-]+(?:\/[\w.-]+)?)(?=([,;)]|\s|$))/gi;
const CHARS_MAX = 60_000;
const LINKS_MAX = 50;

/** A paper that is named is a reference, not something that goes with this one. */
const PAPERS = /^(?:www\.|export\.)?(?:arxiv\.org|doi\.org|dx\.doi\.org|openreview\.net|aclanthology\.org)$/;

/** Every address once, in the order of the text; those of other papers are left out. */
export function findLinks(text: string): Link[] {
  const whole = mended(text.slice(0, CHARS_MAX)).replace(BARE, (found) => `https://${found}`);
  const links = new Map<string, Link>();
  for (const [found] of whole.matchAll(ADDRESS)) {
    const url = URL.parse(balanced(found).replace(/\.git$/, ""));
    if (!url || url.username || url.password || PAPERS.test(url.hostname) || links.size >= LINKS_MAX) continue;
    if (!links.has(url.href)) links.set(url.href, linkTo(url));
  }
  return [...links.values()];
}

/** A name that a blank cuts is joined where the blank is a line break, or where nothing but the end comes after. */
function mended(text: string): string {
  return text.replace(BROKEN, (whole, before: string, gap: string, rest: string, after: string) => {
    const isCut = /[/-]$/.test(before);
    const isEnd = rest.endsWith(".") || after.trim() !== "" || after === "";
    return isCut && (gap.includes("\n") || isEnd) ? `${before}${rest}` : whole;
  });
}

/** A closing bracket belongs to the address only where it was opened there. */
function balanced(found: string): string {
  let url = found;
  for (;;) {
    const bare = url.replace(AROUND, "");
    const cut = url.slice(bare.length);
    if (cut.startsWith(")") && (bare.match(/\(/g)?.length ?? 0) > (bare.match(/\)/g)?.length ?? 0)) return `${bare})`;
    if (bare === url) return url;
    url = bare;
  }
}

function linkTo(url: URL): Link {
  const { hostname, pathname, href } = url;
  const path = pathname.split("/").filter(Boolean);
  if (CODE_HOSTS.test(hostname) && path.length >= 2) return { kind: "code", url: href };
  if (hostname === "huggingface.co" && path.length >= 2) return hubLink(href, path);
  if (DATA_HOSTS.test(hostname)) return { kind: "dataset", url: href };
  return { kind: "project", url: href };
}

function hubLink(url: string, path: string[]): Link {
  const [first, owner, name] = path;
  if (first === "datasets" && name) return { kind: "dataset", url, label: `${owner}/${name}` };
  if (first === "spaces" && name) return { kind: "demo", url, label: `${owner}/${name}` };
  const reserved = ["papers", "collections", "blog", "docs", "datasets", "spaces", "organizations"];
  return reserved.includes(first!) ? { kind: "project", url } : { kind: "model", url, label: `${first}/${owner}` };
}

const THING =
  "(?:source )?(?:codes?|models?|data(?:sets?)?|weights|checkpoints?|implementation|benchmark|demo|toolkit)";
const PROMISES = [
  new RegExp(
    `\\b${THING}\\b[^.!?;]{0,100}\\b(?:will|shall|(?:is|are) to) be\\b[^.!?;]{0,40}\\b(?:releas|availab|open-?sourc|publi|shar|provid)\\w*`,
    "i",
  ),
  new RegExp(
    `\\b(?:will|plan to|intend to|shall)\\b[^.!?]{0,40}\\b(?:release|open-?source|publish|share|make)\\b[^.!?]{0,60}\\b${THING}\\b`,
    "i",
  ),
  new RegExp(`\\b${THING}\\b[^.!?]{0,40}\\b(?:coming soon|available soon|soon available|forthcoming)\\b`, "i"),
  new RegExp(
    `\\b${THING}\\b[^.!?]{0,40}\\b(?:released|available)\\b[^.!?]{0,20}\\b(?:upon|after|once)\\b[^.!?]{0,40}\\b(?:accept|publi|review)\\w*`,
    "i",
  ),
];
const SENTENCE_CHARS_MAX = 300;

/** The sentence in which a text promises code, data or models; null where it promises nothing. */
export function findPromise(text: string): string | null {
  // A full stop inside an address ends no sentence.
  for (const [sentence] of text.slice(0, CHARS_MAX).matchAll(/(?:[^.!?]|[.!?](?=\S))+[.!?]*/g)) {
    const plain = sentence.replace(ADDRESS, (found) => found.replace(/[.!?]/g, "·"));
    if (PROMISES.some((one) => one.test(plain))) return sentence.trim().slice(0, SENTENCE_CHARS_MAX);
  }
  return null;
}
