/** The app behind a socket: time limits, and an end that cuts nobody off. */

import type { Server } from "node:http";
import type { AddressInfo } from "node:net";
import { createAdaptorServer } from "@hono/node-server";
import type { Hono } from "hono";

export type ServerOptions = {
  app: Hono;
  host: string;
  /** 0 lets the system choose. */
  port: number;
  /** How long `close` waits for requests under way. */
  closeLimitMs?: number;
};

export type RunningServer = {
  /** `http://127.0.0.1:3000` */
  address: string;
  port: number;
  /** Takes no new connection, lets requests under way finish within the limit, then closes. May be called twice. */
  close(): Promise<void>;
};

const CLOSE_LIMIT_MS = 10_000;
/** A client that sends its headers slower is cut off. */
const HEADERS_LIMIT_MS = 10_000;
/** The whole request, with its body. */
const REQUEST_LIMIT_MS = 30_000;
const KEEP_ALIVE_MS = 15_000;
/** How often Node looks for clients beyond the limits; its own default is 30 s. */
const CHECK_EVERY_MS = 2_000;
const IDLE_CHECK_MS = 25;

/** @throws where the port is taken or may not be used (`EADDRINUSE`, `EACCES`) */
export async function startServer({
  app,
  host,
  port,
  closeLimitMs = CLOSE_LIMIT_MS,
}: ServerOptions): Promise<RunningServer> {
  const server = createAdaptorServer({
    fetch: app.fetch,
    hostname: host,
    serverOptions: {
      headersTimeout: HEADERS_LIMIT_MS,
      requestTimeout: REQUEST_LIMIT_MS,
      keepAliveTimeout: KEEP_ALIVE_MS,
      connectionsCheckingInterval: CHECK_EVERY_MS,
    },
  }) as Server;
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(port, host, () => {
      server.off("error", reject);
      resolve();
    });
  });
  const { address, family, port: taken } = server.address() as AddressInfo;
  let closing: Promise<void> | undefined;
  return {
    address: `http://${family === "IPv6" ? `[${address}]` : address}:${taken}`,
    port: taken,
    close: () => (closing ??= closeGracefully(server, closeLimitMs)),
  };
}

function closeGracefully(server: Server, limitMs: number): Promise<void> {
  return new Promise((resolve) => {
    // Connections that become idle after this moment would be kept alive otherwise.
    const sweep = setInterval(() => server.closeIdleConnections(), IDLE_CHECK_MS);
    const limit = setTimeout(() => server.closeAllConnections(), limitMs);
    server.close(() => {
      clearInterval(sweep);
      clearTimeout(limit);
      resolve();
    });
  });
}
