/** OAI-PMH 2.0 as its specification and arXiv's formats say it: Identify, ListMetadataFormats, ListSets, ListRecords… */
import { escapeXml, type ReplayPaper } from "./model.ts";

/** @source http://www.openarchives.org/OAI/openarchivesprotocol.html */
export type OaiServing = {
  papers: readonly ReplayPaper[];
  pageSize: number;
  address: string;
  /** The server's clock. */
  now: () => Date;
  /** Tokens that are no longer known. */
  isExpired: (token: string) => boolean;
};

const PREFIXES = ["oai_dc", "arXiv", "arXivRaw"];

export function answerOai(query: URLSearchParams, serving: OaiServing): string {
  const verb = query.get("verb") ?? "";
  const within = body(verb, query, serving);
  const seconds = serving
    .now()
    .toISOString()
    .replace(/\.\d+Z$/, "Z");
  const attributes = [...query].map(([key, value]) => ` ${key}="${escapeXml(value)}"`).join("");
  return `<?xml version="1.0" encoding="UTF-8"?>
<OAI-PMH xmlns="http://www.openarchives.org/OAI/2.0/" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" xsi:schemaLocation="http://www.openarchives.org/OAI/2.0/ http://www.openarchives.org/OAI/2.0/OAI-PMH.xsd">
<responseDate>${seconds}</responseDate>
<request${within.startsWith("<error") ? "" : attributes}>${escapeXml(serving.address)}</request>
${within}
</OAI-PMH>\n`;
}

function body(verb: string, query: URLSearchParams, serving: OaiServing): string {
  if (verb === "Identify") return identify(serving);
  if (verb === "ListMetadataFormats") return listFormats();
  if (verb === "ListSets")
    return `<ListSets><set><setSpec>cs</setSpec><setName>Computer Science</setName></set></ListSets>`;
  if (verb === "ListRecords" || verb === "ListIdentifiers") return list(verb, query, serving);
  if (verb === "GetRecord") return getRecord(query, serving);
  return failure("badVerb", "no such verb");
}

const failure = (code: string, text: string) => `<error code="${code}">${escapeXml(text)}</error>`;

function identify({ address }: OaiServing): string {
  return `<Identify><repositoryName>Replay</repositoryName><baseURL>${escapeXml(address)}</baseURL>
<protocolVersion>2.0</protocolVersion><adminEmail>replay@example.org</adminEmail>
<earliestDatestamp>2005-09-16</earliestDatestamp><deletedRecord>persistent</deletedRecord>
<granularity>YYYY-MM-DD</granularity></Identify>`;
}

function listFormats(): string {
  const one = (prefix: string) =>
    `<metadataFormat><metadataPrefix>${prefix}</metadataPrefix><schema>http://arxiv.org/OAI/${prefix}.xsd</schema>` +
    `<metadataNamespace>http://arxiv.org/OAI/${prefix}/</metadataNamespace></metadataFormat>`;
  return `<ListMetadataFormats>${PREFIXES.map(one).join("")}</ListMetadataFormats>`;
}

function list(verb: string, query: URLSearchParams, serving: OaiServing): string {
  const token = query.get("resumptionToken");
  if (token !== null && serving.isExpired(token)) return failure("badResumptionToken", "the token has expired");
  const asked = token === null ? query : new URLSearchParams(token);
  const skip = Number(asked.get("skip") ?? 0);
  const prefix = asked.get("metadataPrefix") ?? "";
  if (!Number.isSafeInteger(skip) || (token !== null && !asked.has("skip"))) {
    return failure("badResumptionToken", "not a token of ours");
  }
  if (!PREFIXES.includes(prefix)) return failure("cannotDisseminateFormat", "unknown format");
  const matching = serving.papers.filter((paper) => matches(paper, asked)).sort(byDatestamp);
  if (matching.length === 0) return failure("noRecordsMatch", "nothing matches");
  const page = matching.slice(skip, skip + serving.pageSize);
  const records = page.map((paper) => (verb === "ListRecords" ? recordXml(paper, prefix) : headerXml(paper)));
  return `<${verb}>\n${records.join("\n")}\n${tokenXml(asked, skip + page.length, matching.length, serving)}</${verb}>`;
}

function tokenXml(asked: URLSearchParams, next: number, total: number, { now }: OaiServing): string {
  const skip = Number(asked.get("skip") ?? 0);
  if (next >= total) return skip > 0 ? "<resumptionToken/>" : "";
  const token = new URLSearchParams(asked);
  for (const key of ["verb", "resumptionToken"]) token.delete(key);
  token.set("skip", String(next));
  const ends = `${new Date(now().getTime() + 86_400_000).toISOString().slice(0, 10)}T00:00:00Z`;
  return `<resumptionToken expirationDate="${ends}" completeListSize="${total}" cursor="${skip}">${escapeXml(token.toString())}</resumptionToken>`;
}

function getRecord(query: URLSearchParams, { papers }: OaiServing): string {
  const found = papers.find((paper) => `oai:arXiv.org:${paper.id}` === query.get("identifier"));
  if (!found) return failure("idDoesNotExist", "no such record");
  return `<GetRecord>${recordXml(found, query.get("metadataPrefix") ?? "arXiv")}</GetRecord>`;
}

function matches(paper: ReplayPaper, asked: URLSearchParams): boolean {
  const [from = "", until = "9999", set = ""] = ["from", "until", "set"].map((key) => asked.get(key) ?? undefined);
  const sets = setsOf(paper);
  return (
    paper.datestamp >= from &&
    paper.datestamp <= until &&
    (set === "" || sets.some((one) => `${one}:`.startsWith(`${set}:`)))
  );
}

const setsOf = ({ categories }: ReplayPaper) =>
  categories.map((name) => `${name.split(".")[0]}:${name.replace(".", ":")}`);

const byDatestamp = (a: ReplayPaper, b: ReplayPaper) =>
  a.datestamp === b.datestamp ? (a.id < b.id ? -1 : 1) : a.datestamp < b.datestamp ? -1 : 1;

function headerXml(paper: ReplayPaper): string {
  const sets = setsOf(paper).map((set) => `<setSpec>${set}</setSpec>`);
  const status = paper.isDeleted ? ' status="deleted"' : "";
  return `<header${status}><identifier>oai:arXiv.org:${paper.id}</identifier><datestamp>${paper.datestamp}</datestamp>${sets.join("")}</header>`;
}

export function recordXml(paper: ReplayPaper, prefix: string): string {
  if (paper.isDeleted) return `<record>${headerXml(paper)}</record>`;
  return `<record>${headerXml(paper)}<metadata>${metadataXml(paper, prefix)}</metadata></record>`;
}

const element = (name: string, text: string | undefined) =>
  text === undefined ? "" : `<${name}>${escapeXml(text)}</${name}>`;

function metadataXml(paper: ReplayPaper, prefix: string): string {
  const { id, title, authors, abstract, categories, comments, versions } = paper;
  if (prefix === "oai_dc") {
    const creators = authors.map((name) => element("dc:creator", name)).join("");
    return `<oai_dc:dc xmlns:oai_dc="http://www.openarchives.org/OAI/2.0/oai_dc/" xmlns:dc="http://purl.org/dc/elements/1.1/">${element("dc:title", title)}${creators}${element("dc:description", abstract)}</oai_dc:dc>`;
  }
  const rest = `${element("title", title)}${prefix === "arXivRaw" ? element("authors", authors.join(", ")) : ""}${element("categories", categories.join(" "))}${element("comments", comments)}${element("license", "http://arxiv.org/licenses/nonexclusive-distrib/1.0/")}${element("abstract", `  ${abstract}\n`)}`;
  if (prefix === "arXivRaw") {
    const history = versions.map(
      ({ date, sourceType }, index) =>
        `<version version="v${index + 1}"><date>${new Date(date).toUTCString()}</date><size>12kb</size>${element("source_type", sourceType)}</version>`,
    );
    return `<arXivRaw xmlns="http://arxiv.org/OAI/arXivRaw/">${element("id", id)}<submitter>Ada A. Author</submitter>${history.join("")}${rest}</arXivRaw>`;
  }
  const people = authors.map((name) => {
    const [keyname = "", ...forenames] = name.split(" ").reverse();
    return `<author>${element("keyname", keyname)}${element("forenames", forenames.reverse().join(" "))}</author>`;
  });
  const updated = versions.length > 1 ? element("updated", versions.at(-1)!.date.slice(0, 10)) : "";
  return `<arXiv xmlns="http://arxiv.org/OAI/arXiv/">${element("id", id)}${element("created", versions[0]!.date.slice(0, 10))}${updated}<authors>${people.join("")}</authors>${rest}</arXiv>`;
}
