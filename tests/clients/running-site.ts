/** The real site on a loopback port, with the imported editions and the few papers the clients' own tests name. */
import { createReadStream, existsSync } from "node:fs";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { createGunzip } from "node:zlib";
import { type AccountDesk, hashSecret, newApiToken } from "@paperwire/accounts";
import { openTestSignIn } from "@paperwire/accounts/testing";
import { createDiscovery, openLibrary } from "@paperwire/discovery";
import { importPapers } from "@paperwire/ingest";
import { createMailDesk, createPost, createTokens } from "@paperwire/mail";
import { type AppOptions, createApp, type SiteSettings, startServer } from "@paperwire/server";
import type { Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { pino } from "pino";

const EDITIONS = fileURLToPath(new URL("../../../shared/data/hf-daily/editions.jsonl.gz", import.meta.url));
/** The months that the tests name, and the newest: a fifth of the file, so that a busy machine is ready in time. */
const MONTHS = /"edition": ?"(?:2024-08|2025-10|2025-11|2026-01|2026-05)-/;
const SEED = fileURLToPath(new URL("seed-papers.json", import.meta.url));
/** 1 June 2026; the last imported edition is of 29 May. */
const NOW_MS = Date.UTC(2026, 5, 1, 12);

export const hasEditions = existsSync(EDITIONS);

export type RunningSite = {
  address: string;
  store: Store;
  /** Resolves once search finds what the store holds now. */
  caughtUp(): Promise<void>;
  close(): Promise<void>;
};

/** Of the account `collector`: one that may write, and one that may not. */
export type Tokens = { write: string; read: string };

export async function startTestSite(): Promise<RunningSite & { tokens: Tokens }> {
  const tokens: Tokens = { write: newApiToken(), read: newApiToken() };
  const fill = async (store: Store) => {
    await take(store, editionLines());
    await take(store, createReadStream(SEED));
    const names = { handle: "collector", name: "A collector", email: "collector@example.org" };
    await store.accounts.add({ id: "collector", ...names });
    for (const scope of ["read", "write"] as const) {
      const kept = { accountId: "collector", name: scope, hash: hashSecret(tokens[scope]), expiresMs: null };
      await store.apiTokens.add({ ...kept, scopes: scope === "write" ? ["read", "write"] : ["read"] });
    }
  };
  return { ...(await startSiteOf(fill, { accountsOf: (store) => openTestSignIn(store) })), tokens };
}

/** The real site over a store that somebody fills. */
export async function startSiteOf(
  fill: (store: Store) => Promise<void>,
  {
    settings = {},
    accountsOf,
    ...parts
  }: Partial<Pick<AppOptions, "pageVersion" | "clock">> & {
    settings?: Partial<SiteSettings>;
    accountsOf?: (store: Store) => Promise<AccountDesk>;
  } = {},
): Promise<RunningSite> {
  const store = await openTestStore(parts.clock);
  await fill(store);
  const library = await openLibrary({ store, folder: null, onError: (error) => Promise.reject(error) });
  await library.catchUp();
  const port = await freePort();
  const stopped = new AbortController();
  const mail = unsentMail(`http://127.0.0.1:${port}`);
  const app = createApp({
    store,
    discovery: createDiscovery({ store, library }),
    settings: {
      baseUrl: `http://127.0.0.1:${port}`,
      siteName: "Paperwire",
      version: "0.0.0",
      editionClock: { timeZone: "America/New_York", rollOverMinutes: 1290 },
      ...settings,
    },
    clock: () => NOW_MS,
    mail,
    post: createPost({ outbox: store.outbox, desk: mail, clock: () => NOW_MS, onProblem: () => undefined }),
    logger: pino({ level: "silent" }),
    signal: stopped.signal,
    ...(accountsOf && { accounts: await accountsOf(store) }),
    ...parts,
  });
  const server = await startServer({ app, host: "127.0.0.1", port });
  return {
    address: server.address,
    store,
    caughtUp: () => library.catchUp(),
    close: async () => {
      stopped.abort();
      await server.close();
      await library.close();
      await store.close();
    },
  };
}

/** Clients do not subscribe. */
function unsentMail(baseUrl: string) {
  return createMailDesk({
    site: { siteName: "Paperwire", baseUrl },
    tokens: createTokens(new Uint8Array(32)),
    from: { name: "Paperwire", address: "digest@example.org" },
    transport: {
      name: "nowhere",
      send: async () => ({ kind: "refused", reason: "nothing is sent in this test" }),
      check: async () => null,
      close: async () => undefined,
    },
  });
}

async function take(store: Store, input: AsyncIterable<Uint8Array>): Promise<void> {
  const summary = await importPapers({ input, format: "auto", options: { today: "2026-06-01" }, papers: store.papers });
  if (summary.unreadable !== undefined || summary.refused > 0) throw new Error(JSON.stringify(summary));
}

async function* editionLines(): AsyncGenerator<Uint8Array> {
  const lines = createInterface({ input: createReadStream(EDITIONS).pipe(createGunzip()) });
  for await (const line of lines) if (MONTHS.test(line)) yield Buffer.from(`${line}\n`);
}

/** The site must know its own address before it listens, because `Link` headers name it. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as { port: number };
      probe.close(() => resolve(port));
    });
  });
}
