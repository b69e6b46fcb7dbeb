/** Opens the embedded database: takes the folder, starts the thread, gives out a pool of connections to it. */
import { once } from "node:events";
import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { MessageChannel, Worker } from "node:worker_threads";
import type pg from "pg";
import { createPool } from "../database.ts";
import { type FolderLock, folderInUse, tryLockFolder } from "./folder-lock.ts";
import { PortStream } from "./port-stream.ts";
import type { FromWorker, ToWorker, WorkerOptions } from "./worker.ts";

/** All connections share PGlite's one session; a few let short reads pass between the statements of a long import. */
const MOST_CONNECTIONS = 4;
/** The name under which PostgreSQL clients look for a socket: `psql -h DATA_FOLDER` finds it, too. */
const SOCKET_NAME = ".s.PGSQL.5432";
const CLOSE_TIMEOUT_MS = 30_000;

export type EmbeddedOptions = {
  /** Null keeps everything in memory. */
  folder: string | null;
  /** What to do where another process owns the folder: refuse, or work through that process. */
  whenInUse: "refuse" | "join";
};

export type OpenDatabase = { pool: pg.Pool; close(): Promise<void> };

/** @throws DomainError `conflict`: the folder is in use */
export async function openEmbedded({ folder, whenInUse }: EmbeddedOptions): Promise<OpenDatabase> {
  if (folder === null) return startThread({ folder: null, socket: null }, null);
  const home = resolve(folder);
  const lock = tryLockFolder(home);
  if (lock) return startThread({ folder: join(home, "pg"), socket: join(home, SOCKET_NAME) }, lock);
  if (whenInUse === "refuse" || !existsSync(join(home, SOCKET_NAME))) throw folderInUse(home);
  const pool = createPool({ host: home, user: "postgres", database: "postgres", max: 1 });
  return { pool, close: () => pool.end() };
}

async function startThread(options: WorkerOptions, lock: FolderLock | null): Promise<OpenDatabase> {
  const file = import.meta.url.endsWith(".ts") ? "./worker.ts" : "./worker.js";
  const worker = new Worker(new URL(file, import.meta.url), { workerData: options });
  try {
    await answerOf(worker, "ready");
  } catch (error) {
    await worker.terminate();
    lock?.release();
    throw error;
  }
  worker.unref();
  const pool = createPool({
    stream: () => connect(worker) as never,
    user: "postgres",
    database: "postgres",
    max: MOST_CONNECTIONS,
  });
  const close = async () => {
    await pool.end();
    worker.ref();
    const closed = answerOf(worker, "closed", CLOSE_TIMEOUT_MS);
    worker.postMessage({ type: "close" } satisfies ToWorker);
    await closed;
    await worker.terminate();
    lock?.release();
  };
  return { pool, close };
}

function connect(worker: Worker): PortStream {
  const { port1, port2 } = new MessageChannel();
  worker.postMessage({ type: "connect", port: port2 } satisfies ToWorker, [port2]);
  return new PortStream(port1);
}

async function answerOf(worker: Worker, type: FromWorker["type"], timeoutMs?: number): Promise<void> {
  const stopped = new AbortController();
  const signal = timeoutMs ? AbortSignal.any([stopped.signal, AbortSignal.timeout(timeoutMs)]) : stopped.signal;
  try {
    const [message] = (await Promise.race([
      once(worker, "message", { signal }),
      once(worker, "exit", { signal }).then(() => [{ type: "failed", message: "its thread ended" }]),
    ])) as [FromWorker];
    if (message.type === type) return;
    const reason = message.type === "failed" ? message.message : `unexpected "${message.type}"`;
    throw new Error(`The embedded database could not be opened or closed: ${reason}`);
  } finally {
    stopped.abort();
  }
}
