/** A server on this machine that speaks like arXiv, with switches for everything that goes wrong there. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { EditionDate } from "@paperwire/domain";
import { entryXml, feedXml } from "../arxiv/testing.ts";
import { batchOf, dayBefore, listingOf, rssOf } from "./announcement-answers.ts";
import type { ReplayPaper } from "./model.ts";
import { answerOai } from "./oai-answers.ts";
import type { Door, DoorAnswer } from "./works.ts";

/** One answer in place of the right one. */
export type Fault = (response: ServerResponse, request: IncomingMessage, right: string) => void;

/** What a door of announcements does wrong. */
export type DoorSwitch = "right" | "lag" | "stale" | "short" | "doubled" | "empty" | "silent";

export type ReplaySwitches = {
  rss: DoorSwitch;
  listing: DoorSwitch;
  /** Tokens are forgotten once each. */
  expireTokens: boolean;
  /** Each page begins with the last records of the one before. */
  overlap: number;
  /** Added to the server's clock. */
  clockSkewMs: number;
};

export type ReplayServer = {
  url: string;
  /** May be changed between requests. */
  papers: ReplayPaper[];
  switches: ReplaySwitches;
  /** The batch that is shown. */
  today: EditionDate;
  /** The next requests get these, in this order. */
  faults: Fault[];
  /** Path and query of every request, and the headers that politeness is about. */
  requests: { path: string; userAgent: string | undefined; etag: string | undefined; atMs: number }[];
  /** The most requests that were open at the same time. */
  mostOpen: number;
  close(): Promise<void>;
};

export type ReplayOptions = {
  papers?: ReplayPaper[];
  today?: EditionDate;
  pageSize?: number;
  now?: () => number;
  /** Doors of other sources, by the first part of their paths. */
  doors?: Record<string, Door>;
};

export async function openReplayServer(options: ReplayOptions = {}): Promise<ReplayServer> {
  const { pageSize = 3, now = () => Date.UTC(2026, 10, 24, 12) } = options;
  const forgotten = new Set<string>();
  let open = 0;
  const http = createServer((request, response) => {
    server.mostOpen = Math.max(server.mostOpen, ++open);
    response.on("close", () => open--);
    const url = new URL(request.url ?? "", server.url);
    const { "user-agent": userAgent, "if-none-match": etag } = request.headers;
    server.requests.push({ path: `${url.pathname}${url.search}`, userAgent, etag, atMs: now() });
    const other = options.doors?.[url.pathname.split("/")[1] ?? ""]?.(url);
    const right = other?.body ?? answer(url, server, { pageSize, now, forgotten });
    const fault = server.faults.shift();
    if (fault) return fault(response, request, right);
    if (other) return sendOther(request, response, other);
    send(request, response, url, right);
  });
  await new Promise<void>((resolve) => http.listen(0, "127.0.0.1", resolve));
  const server: ReplayServer = {
    url: `http://127.0.0.1:${(http.address() as AddressInfo).port}`,
    papers: options.papers ?? [],
    switches: { rss: "right", listing: "right", expireTokens: false, overlap: 0, clockSkewMs: 0 },
    today: options.today ?? "2026-11-24",
    faults: [],
    requests: [],
    mostOpen: 0,
    close: () =>
      new Promise((resolve) => {
        http.closeAllConnections();
        http.close(() => resolve());
      }),
  };
  return server;
}

function send(request: IncomingMessage, response: ServerResponse, url: URL, right: string): void {
  if (right === "") return void response.destroy();
  const etag = `"${right.length}-${[...right].reduce((sum, sign) => (sum * 31 + sign.charCodeAt(0)) | 0, 7)}"`;
  if (url.pathname.startsWith("/rss/")) {
    response.setHeader("etag", etag);
    if (request.headers["if-none-match"] === etag) return void response.writeHead(304).end();
  }
  response.setHeader(
    "content-type",
    url.pathname.startsWith("/list/") ? "text/html; charset=utf-8" : "text/xml; charset=utf-8",
  );
  response.end(right);
}

function sendOther(request: IncomingMessage, response: ServerResponse, { body, type, etag }: DoorAnswer): void {
  response.setHeader("content-type", type);
  if (etag !== undefined) response.setHeader("etag", etag);
  if (etag !== undefined && request.headers["if-none-match"] === etag) return void response.writeHead(304).end();
  response.end(body);
}

type Inner = { pageSize: number; now: () => number; forgotten: Set<string> };

function answer(url: URL, server: ReplayServer, inner: Inner): string {
  const [, door, set = ""] = url.pathname.split("/");
  if (door === "oai") return oai(url, server, inner);
  if (door === "rss") return announced("rss", decodeURIComponent(set), server);
  if (door === "list") return announced("listing", decodeURIComponent(set), server);
  if (door === "api") {
    const ids = (url.searchParams.get("id_list") ?? "")
      .split(",")
      .filter((id) => server.papers.some((one) => one.id === id));
    return feedXml(...ids.map((id) => entryXml(id)));
  }
  return "<html><body>not found</body></html>";
}

function oai(url: URL, server: ReplayServer, { pageSize, now, forgotten }: Inner): string {
  const { overlap, expireTokens, clockSkewMs } = server.switches;
  const query = new URLSearchParams(url.search);
  const token = query.get("resumptionToken");
  if (token !== null && overlap > 0) {
    const moved = new URLSearchParams(token);
    moved.set("skip", String(Math.max(Number(moved.get("skip")) - overlap, 0)));
    query.set("resumptionToken", moved.toString());
  }
  return answerOai(query, {
    papers: server.papers,
    pageSize: pageSize + (token === null ? 0 : overlap),
    address: `${server.url}/oai`,
    now: () => new Date(now() + clockSkewMs),
    isExpired: (one) => expireTokens && !forgotten.has(one) && Boolean(forgotten.add(one)),
  });
}

function announced(door: "rss" | "listing", set: string, server: ReplayServer): string {
  const { papers, today } = server;
  const how = server.switches[door];
  const write =
    door === "rss"
      ? rssOf
      : (batch: ReturnType<typeof batchOf>, dated?: string) => listingOf(batch, dated ? { dated } : {});
  const batch = batchOf(papers, set, today);
  if (how === "silent") return "";
  if (how === "lag") return write(batchOf(papers, set, dayBefore(today)));
  if (how === "stale") return write(batchOf(papers, set, dayBefore(today)), today);
  if (how === "empty") return write({ ...batch, items: [] });
  if (how === "short")
    return write({ ...batch, items: batch.items.filter((_, n) => n % 3 !== (door === "rss" ? 0 : 1)) });
  if (how === "doubled") return write({ ...batch, items: [...batch.items, ...batch.items] });
  return write(batch);
}
