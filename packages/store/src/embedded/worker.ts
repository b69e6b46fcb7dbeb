/** The thread in which PGlite lives, so that no query can hold up the event loop that serves readers. */
import { chmod, rm } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import { type MessagePort, parentPort, workerData } from "node:worker_threads";
import { PGlite } from "@electric-sql/pglite";
import { createFlush } from "./flush.ts";
import { type Client, type Connection, Multiplexer } from "./multiplexer.ts";

export type WorkerOptions = {
  /** PGlite's own folder; null keeps everything in memory. */
  folder: string | null;
  /** Path of a Unix socket at which other processes of the same user may talk to the database; null for none. */
  socket: string | null;
};

export type ToWorker = { type: "connect"; port: MessagePort } | { type: "close" };
export type FromWorker = { type: "ready" } | { type: "failed"; message: string } | { type: "closed" };

/** Keeps an idle instance near 240 MB instead of 380 MB. */
const START_PARAMETERS = ["-c", "shared_buffers=32MB"];
const SOCKET_MODE = 0o600;
const MOST_SOCKETS = 20;

const { folder, socket } = workerData as WorkerOptions;
const say = (message: FromWorker) => parentPort!.postMessage(message);

start().catch((error: unknown) =>
  say({ type: "failed", message: error instanceof Error ? error.message : String(error) }),
);

async function start(): Promise<void> {
  const database = await PGlite.create({
    dataDir: folder ?? "memory://",
    startParams: [...PGlite.defaultStartParams, ...START_PARAMETERS],
  });
  const { rows } = await database.query<{ version: string }>("select current_setting('server_version') as version");
  const multiplexer = new Multiplexer({
    session: (unit) => answerOf(database, unit),
    serverVersion: rows[0]?.version ?? "",
    flush: folder === null ? async () => undefined : createFlush(folder),
  });
  const server = socket === null ? null : await listen(socket, multiplexer);
  parentPort!.on("message", (message: ToWorker) => {
    if (message.type === "connect") connectPort(message.port, multiplexer);
    else void close(database, multiplexer, server);
  });
  say({ type: "ready" });
}

/** Raw bytes only: PGlite's other calls also parse each answer into objects, and keep those. */
async function answerOf(database: PGlite, unit: Uint8Array): Promise<Uint8Array> {
  const pieces: Uint8Array[] = [];
  // The piece is a view of memory that PGlite writes over next.
  await database.execProtocolRawStream(unit, { syncToFs: false, onRawData: (piece) => pieces.push(piece.slice()) });
  return pieces.length === 1 ? pieces[0]! : new Uint8Array(Buffer.concat(pieces));
}

async function close(database: PGlite, multiplexer: Multiplexer, server: Server | null): Promise<void> {
  server?.close();
  await multiplexer.settled();
  await database.close();
  if (folder !== null) await createFlush(folder)();
  say({ type: "closed" });
}

function connectPort(port: MessagePort, multiplexer: Multiplexer): void {
  const client: Client = { send: (bytes) => port.postMessage(bytes), end: () => port.close() };
  const connection = multiplexer.connect(client);
  port.on("message", (bytes: Uint8Array) => connection.receive(bytes));
  port.on("close", () => connection.closed());
}

/** Refuses nobody by name: the folder's permissions say who may open the socket. */
async function listen(path: string, multiplexer: Multiplexer): Promise<Server | null> {
  await rm(path, { force: true });
  const server = createServer((peer) => connectSocket(peer, multiplexer.connect(clientOf(peer))));
  server.maxConnections = MOST_SOCKETS;
  server.unref();
  const listening = await new Promise<boolean>((resolve) => {
    // A path over 107 bytes or a file system without sockets: the owner works, only sharing is not offered.
    server.once("error", () => resolve(false));
    server.listen(path, () => resolve(true));
  });
  if (!listening) return null;
  await chmod(path, SOCKET_MODE);
  return server;
}

function clientOf(peer: Socket): Client {
  return { send: (bytes) => void peer.write(bytes), end: () => peer.end() };
}

function connectSocket(peer: Socket, connection: Connection): void {
  peer.on("data", (bytes) => connection.receive(bytes));
  peer.on("error", () => connection.closed());
  peer.on("close", () => connection.closed());
}
