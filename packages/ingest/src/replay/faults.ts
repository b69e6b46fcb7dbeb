/** Single answers that go wrong in a way of their own. */
import { gzipSync } from "node:zlib";
import type { Fault } from "./server.ts";

export const status =
  (code: number, headers: Record<string, string> = {}): Fault =>
  (response) =>
    void response.writeHead(code, headers).end("busy");

/** The first `share` of the right answer, as if it were all. */
export const truncated =
  (share = 0.6): Fault =>
  (response, _, right) =>
    void response.writeHead(200, { "content-type": "text/xml" }).end(right.slice(0, Math.floor(right.length * share)));

/** The connection breaks in the middle of the answer. */
export const broken: Fault = (response, _, right) => {
  response.writeHead(200, { "content-type": "text/xml", "content-length": String(Buffer.byteLength(right)) });
  response.write(right.slice(0, right.length / 2), () => response.destroy());
};

export const html: Fault = (response) =>
  void response.writeHead(200, { "content-type": "text/html" }).end("<html><body><p>Back soon.</p></body></html>");

/** Declares UTF-8 and sends Latin 1. */
export const wrongEncoding: Fault = (response, _, right) =>
  void response
    .writeHead(200, { "content-type": "text/xml; charset=utf-8" })
    .end(Buffer.from(right.replaceAll("question", "qu\u00E9stion"), "latin1"));

/** Latin 1, and says so. */
export const latin1: Fault = (response, _, right) =>
  void response
    .writeHead(200, { "content-type": "text/xml; charset=iso-8859-1" })
    .end(
      Buffer.from(
        right.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"').replaceAll("question", "qu\u00E9stion"),
        "latin1",
      ),
    );

/** Sends as long as somebody listens. */
export const endless: Fault = (response) => {
  response.writeHead(200, { "content-type": "text/xml" });
  response.write('<?xml version="1.0"?><OAI-PMH><ListRecords>');
  const part = " ".repeat(65_536);
  const more = () => {
    while (!response.destroyed && response.write(part));
    if (!response.destroyed) response.once("drain", more);
  };
  more();
};

/** Small on the wire, large when unpacked. */
export const bomb =
  (bytes: number): Fault =>
  (response) =>
    void response
      .writeHead(200, { "content-type": "text/xml", "content-encoding": "gzip" })
      .end(gzipSync(Buffer.concat([Buffer.from("<OAI-PMH>"), Buffer.alloc(bytes, " ")])));

/** One byte now and then. */
export const drip: Fault = (response, _, right) => {
  response.writeHead(200, { "content-type": "text/xml" });
  let at = 0;
  const timer = setInterval(() => response.write(right[at++] ?? " "), 5);
  response.on("close", () => clearInterval(timer));
};

export const redirect =
  (location: string): Fault =>
  (response) =>
    void response.writeHead(302, { location }).end();

/** An entity that grows. */
export const entities: Fault = (response, _, right) =>
  void response
    .writeHead(200, { "content-type": "text/xml" })
    .end(right.replace("<OAI-PMH", '<!DOCTYPE x [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><OAI-PMH'));
