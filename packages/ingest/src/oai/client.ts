/** Asks an OAI-PMH server for pages of records, and gives them on as they come. */
import { upstream } from "@paperwire/domain";
import { decodeText } from "../polite/decode.ts";
import type { PoliteFetcher } from "../polite/polite-fetcher.ts";
import { quote } from "../refusal.ts";
import { createOaiPageReader, type OaiFormat, type OaiPageEnd, type OaiRecord } from "./shape.ts";

export const ARXIV_OAI_URL = "https://oaipmh.arxiv.org/oai";
/** arXiv sends 3,500 records a page, about 10 MB. */
const BODY_BYTES_MAX = 134_217_728;
/** Its pages take up to a minute; ours includes storing them. */
const TIMEOUT_MS = 600_000;
const TOKEN_CHARS_MAX = 4_000;
/** Errors with which a list ends or begins anew; all others mean that the request or the server is wrong. */
const EXPECTED_ERRORS = new Set(["noRecordsMatch", "badResumptionToken"]);

export type OaiQuestion =
  | { kind: "list"; format: OaiFormat; from?: string | undefined; until?: string | undefined; set?: string | undefined }
  | { kind: "resume"; token: string };

export type OaiSource = {
  /**
   * One page. Records are handed over in batches while the rest is still coming; the next batch is read when the
   * promise is kept, so memory holds one batch. An attempt that breaks off in the middle is repeated from the page's
   * beginning: `take` must bear to see records again.
   * @returns how the page ended; an expired token is an `error`, not an exception
   * @throws DomainError `upstream`; whatever `take` throws; the signal's reason
   */
  readPage(
    question: OaiQuestion,
    take: (records: readonly OaiRecord[]) => Promise<void>,
    signal?: AbortSignal,
  ): Promise<OaiPageEnd>;
};

export type OaiClientOptions = {
  fetcher: PoliteFetcher;
  /** Of the source, for sentences. */
  name?: string;
  baseUrl?: string;
  timeoutMs?: number;
  bodyBytesMax?: number;
};

export function createOaiClient(options: OaiClientOptions): OaiSource {
  const { fetcher, name = "arXiv", baseUrl = ARXIV_OAI_URL } = options;
  const { timeoutMs = TIMEOUT_MS, bodyBytesMax = BODY_BYTES_MAX } = options;
  return {
    async readPage(question, take, signal) {
      const page = await fetcher.fetch({
        url: addressOf(question, baseUrl),
        accept: "text/xml, application/xml",
        timeoutMs,
        bodyBytesMax,
        signal,
        read: async (answer) => {
          const reader = createOaiPageReader(name);
          for await (const text of decodeText(answer, name)) {
            const records = reader.write(text);
            if (records.length > 0) await take(records);
          }
          return reader.end();
        },
      });
      if (!page) throw upstream(`${name} says that nothing changed, which it was not asked.`);
      return checked(page, name);
    },
  };
}

function addressOf(question: OaiQuestion, baseUrl: string): URL {
  const url = new URL(baseUrl);
  url.searchParams.set("verb", "ListRecords");
  if (question.kind === "resume") {
    url.searchParams.set("resumptionToken", question.token);
    return url;
  }
  url.searchParams.set("metadataPrefix", question.format);
  for (const key of ["from", "until", "set"] as const) {
    const value = question[key];
    if (value !== undefined && value !== "") url.searchParams.set(key, value);
  }
  return url;
}

function checked(page: OaiPageEnd, name: string): OaiPageEnd {
  if (page.error && !EXPECTED_ERRORS.has(page.error.code)) {
    throw upstream(`${name} answers: ${quote(`${page.error.code} ${page.error.text}`)}.`);
  }
  if (page.token.length > TOKEN_CHARS_MAX) throw upstream(`${name} gives a token of ${page.token.length} characters.`);
  return page;
}
