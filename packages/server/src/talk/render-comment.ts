/**
 * A comment's Markdown as HTML that may stand in our pages: parsed without raw HTML, then cut down to a list of tags,
 * so that a fault in one of the two is not yet a hole.
 */
import { MENTION } from "@paperwire/domain";
import { plainText } from "@paperwire/mail";
import createMarkdown, { type MarkdownIt, type StateInline } from "markdown-it";
import sanitize from "sanitize-html";
import { formulaToMathml } from "../typeset/formula.ts";
import { formulaAt } from "../typeset/split-math.ts";

/** Lists in lists, quotes in quotes; deeper ones are shown as they were typed. */
const NESTING_MAX = 12;
/** Formulas typeset in one comment; the rest is shown as it was typed. */
const FORMULAS_MAX = 50;

/**
 * Of the HTML of one comment. Few signs can ask for much: an address defined once and used three thousand times makes
 * megabytes of ten kilobytes. What is longer is shown as it was typed.
 */
export const COMMENT_HTML_CHARS = 300_000;

type Env = { formulas: number; known: ReadonlySet<string>; asSigns: boolean };

export type RenderOptions = {
  /** Handles that lead to somebody, lower case: these become links. */
  known?: ReadonlySet<string>;
  /** Formulas as Unicode signs, for feed readers, which drop MathML. */
  asSigns?: boolean;
};

/**
 * @param body Markdown, at most `COMMENT_LIMITS.chars` characters
 * @returns safe HTML: no script, no style, no picture, every address `rel="nofollow ugc noopener"`
 */
export function renderComment(body: string, { known = new Set(), asSigns = false }: RenderOptions = {}): string {
  const env: Env = { formulas: 0, known, asSigns };
  const html = parser.render(body, env);
  return html.length > COMMENT_HTML_CHARS ? asTyped(body) : sanitize(html, ALLOWED).trim();
}

const asTyped = (body: string) => `<p>${escapeHtml(body).replaceAll("\n", "<br />")}</p>`;

function createParser(): MarkdownIt {
  const parser = createMarkdown("default", { html: false, linkify: true, breaks: true, maxNesting: NESTING_MAX });
  parser.linkify.set({ fuzzyLink: false, fuzzyEmail: false, fuzzyIP: false });
  parser.inline.ruler.before("escape", "formula", readFormula);
  parser.inline.ruler.before("link", "mention", readMention);
  const { rules } = parser.renderer;
  rules["formula"] = (tokens, at) => tokens[at]!.content;
  // A page's own headings are its outline; those of a comment stand below all of them.
  rules["heading_open"] = () => "<h4>";
  rules["heading_close"] = () => "</h4>\n";
  // Another site's picture would tell that site who reads here.
  rules["image"] = (tokens, at) => {
    const { attrs, content } = tokens[at]!;
    const address = String(attrs?.find(([name]) => name === "src")?.[1] ?? "");
    return `<a href="${escapeHtml(address)}">${escapeHtml(`Picture: ${content || address}`)}</a>`;
  };
  rules["table_open"] = () => '<div class="wide"><table>';
  rules["table_close"] = () => "</table></div>";
  return parser;
}

function readFormula(state: StateInline, silent: boolean): boolean {
  const sign = state.src[state.pos];
  const env = state.env as Env;
  if ((sign !== "$" && sign !== "\\") || env.formulas >= FORMULAS_MAX) return false;
  const found = formulaAt(state.src, state.pos);
  if (!found || found.end > state.posMax || found.piece.kind !== "math") return false;
  const { tex, display } = found.piece;
  const html = env.asSigns ? signsOf(tex) : mathOf(tex, display);
  if (html === null) return false;
  if (!silent) {
    env.formulas++;
    const token = state.push("formula", "", 0);
    token.content = html;
  }
  state.pos = found.end;
  return true;
}

function mathOf(tex: string, display: boolean): string | null {
  const mathml = formulaToMathml(tex, { display });
  return mathml === null ? null : `<span class="${display ? "formula display" : "formula"}">${mathml}</span>`;
}

/** What Unicode cannot say stays the TeX that was typed. */
function signsOf(tex: string): string {
  const signs = plainText(`$${tex}$`);
  return /^\$.*\$$/.test(signs) ? `<code>${escapeHtml(tex)}</code>` : escapeHtml(signs);
}

const MENTION_HERE = new RegExp(MENTION.source, "iuy");

function readMention(state: StateInline, silent: boolean): boolean {
  if (state.src[state.pos] !== "@" || state.linkLevel > 0) return false;
  MENTION_HERE.lastIndex = state.pos;
  const handle = MENTION_HERE.exec(state.src)?.[1];
  if (handle === undefined || !(state.env as Env).known.has(handle.toLowerCase())) return false;
  if (!silent) {
    state.push("link_open", "a", 1).attrSet("href", `/@${handle.toLowerCase()}`);
    state.push("text", "", 0).content = `@${handle}`;
    state.push("link_close", "a", -1);
  }
  state.pos += handle.length + 1;
  return true;
}

const escapeHtml = (text: string) =>
  text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;").replaceAll(">", "&gt;");

const TEXT_TAGS = "p br em strong s code pre blockquote ul ol li h4 hr a span div table thead tbody tr th td".split(
  " ",
);

/** Presentation MathML, as KaTeX writes it. @source https://www.w3.org/TR/mathml-core/ */
const MATHML =
  "math mrow mi mn mo mtext mspace ms mfrac msqrt mroot mstyle mpadded mphantom menclose msub msup msubsup munder mover munderover mmultiscripts mprescripts mtable mtr mtd mlabeledtr merror";
const MATHML_ATTRIBUTES = (
  "display displaystyle scriptlevel mathvariant stretchy fence separator lspace rspace minsize maxsize width height " +
  "depth voffset linethickness accent accentunder notation columnalign columnspacing rowspacing columnlines rowlines " +
  "symmetric movablelimits form"
).split(" ");
const MATHML_TAGS = MATHML.split(" ");

const WHOLE_ADDRESS = /^(?:https?:\/\/|mailto:|[/#](?!\/))/i;

const ALLOWED: sanitize.IOptions = {
  allowedTags: [...TEXT_TAGS, ...MATHML_TAGS],
  allowedAttributes: {
    a: ["href", "rel"],
    ol: ["start"],
    ...Object.fromEntries(MATHML_TAGS.map((tag) => [tag, MATHML_ATTRIBUTES])),
  },
  allowedClasses: { span: ["formula", "display"], div: ["wide"] },
  allowedSchemes: ["https", "http", "mailto"],
  allowProtocolRelative: false,
  disallowedTagsMode: "escape",
  transformTags: {
    a: (tagName, { href }) => {
      // A bare "here.html" would lead to wherever the comment happens to be shown.
      const address: Record<string, string> = href !== undefined && WHOLE_ADDRESS.test(href) ? { href } : {};
      return { tagName, attribs: { ...address, rel: "nofollow ugc noopener" } };
    },
  },
};

const parser = createParser();
