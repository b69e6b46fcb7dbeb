/** OAI-PMH 2.0 as arXiv speaks it: what a page of records holds, read as it comes. */
import { createXmlReader, type XmlReader } from "../xml/xml-reader.ts";

/** @source https://info.arxiv.org/help/oa and the schemas arXiv.xsd and arXivRaw.xsd that it names */
export type OaiFormat = "arXiv" | "arXivRaw";

export type OaiVersion = {
  /** `v1` */
  name: string;
  /** `Mon, 16 Nov 2026 18:59:59 GMT`. */
  date: string;
  /** Flags; `I` means withdrawn. */
  sourceType: string;
};

export type OaiPerson = { keyname: string; forenames: string; suffix: string };

export type OaiRecord = {
  /** `oai:arXiv.org:2611.00001` */
  identifier: string;
  /** `2026-11-17`: when the record last changed, not when the paper was submitted. */
  datestamp: string;
  isDeleted: boolean;
  /** Whatever text the metadata has, by element: id, title, abstract, categories, comments, authors, created, updated… */
  fields: Record<string, string>;
  /** Format arXivRaw, oldest first. */
  versions: OaiVersion[];
  /** Format arXiv. */
  people: OaiPerson[];
};

export type OaiPageEnd = {
  /** When the server answered, by its own clock. */
  responseDate: string;
  /** Empty where the list is complete. */
  token: string;
  /** When the token ends; arXiv says `expires`, the specification `expirationDate`. */
  tokenEndsAt: string;
  /** Records of the whole list, where the server says so; arXiv does not. */
  listSize: number | null;
  /** `noRecordsMatch`, `badResumptionToken`, … with the server's words. */
  error: { code: string; text: string } | null;
};

export type OaiPageReader = {
  /** @returns records that are whole now */
  write(text: string): OaiRecord[];
  /** @throws DomainError `upstream`: cut short, not OAI-PMH */
  end(): OaiPageEnd;
};

const KEPT_FIELDS = new Set(
  "id title abstract categories comments authors created updated doi journal-ref license".split(" "),
);

export function createOaiPageReader(name: string): OaiPageReader {
  const page: OaiPageEnd = { responseDate: "", token: "", tokenEndsAt: "", listSize: null, error: null };
  let whole: OaiRecord[] = [];
  let record: OaiRecord | null = null;
  let errorCode = "";
  const xml: XmlReader = createXmlReader(name, /^OAI-PMH$/, {
    open(element, attributes) {
      if (element === "record") record = newRecord();
      else if (record) openWithin(record, element, attributes);
      else if (element === "error") errorCode = attributes.code ?? "";
      else if (element === "resumptionToken") noteToken(page, attributes);
    },
    close(element, text) {
      if (element === "record" && record) {
        whole.push(record);
        record = null;
      } else if (record) closeWithin(record, element, text);
      else if (element === "responseDate") page.responseDate = text.trim();
      else if (element === "resumptionToken") page.token = text.trim();
      else if (element === "error") page.error ??= { code: errorCode, text: text.trim() };
    },
  });
  return {
    write(text) {
      xml.write(text);
      const done = whole;
      whole = [];
      return done;
    },
    end() {
      xml.end();
      return page;
    },
  };
}

const newRecord = (): OaiRecord => ({
  identifier: "",
  datestamp: "",
  isDeleted: false,
  fields: {},
  versions: [],
  people: [],
});

function noteToken(page: OaiPageEnd, attributes: Record<string, string>): void {
  page.tokenEndsAt = attributes.expirationDate ?? attributes.expires ?? "";
  const size = Number(attributes.completeListSize ?? "");
  page.listSize = Number.isSafeInteger(size) && size > 0 ? size : null;
}

function openWithin(record: OaiRecord, element: string, attributes: Record<string, string>): void {
  if (element === "header") record.isDeleted = attributes.status === "deleted";
  else if (element === "version") record.versions.push({ name: attributes.version ?? "", date: "", sourceType: "" });
  else if (element === "author") record.people.push({ keyname: "", forenames: "", suffix: "" });
}

function closeWithin(record: OaiRecord, element: string, text: string): void {
  const version = record.versions.at(-1);
  const person = record.people.at(-1);
  if (element === "identifier") record.identifier = text.trim();
  else if (element === "datestamp") record.datestamp = text.trim().slice(0, 10);
  else if (element === "date" && version) version.date = text.trim();
  else if (element === "source_type" && version) version.sourceType = text.trim();
  else if (person && (element === "keyname" || element === "forenames" || element === "suffix")) person[element] = text;
  else if (KEPT_FIELDS.has(element)) record.fields[element] ??= text;
}
