/**
 * A site for voters, as a process of its own: `node voting-site.mjs FOLDER VOTERS [postgres://…]`. Voters `voter-0`,
 * `voter-1`, … are who their cookie says; there is one paper. Prints its address, and runs until it is killed.
 */
import { join } from "node:path";
import { createDiscovery, openLibrary } from "@paperwire/discovery";
import { createMailDesk, createTokens, openFolderTransport } from "@paperwire/mail";
import { createApp, startServer } from "@paperwire/server";
import { openStore } from "@paperwire/store";
import { pino } from "pino";

const [folder, voters, url] = process.argv.slice(2);
const BASE_URL = "http://localhost";
const location = url ? { kind: "postgres", url } : { kind: "embedded", folder: join(folder, "database") };
const store = await openStore({ location, clock: Date.now });

await store.papers.takeIn([
  {
    identifiers: [{ scheme: "arxiv", value: "2503.00001" }],
    facts: { title: "What everybody votes for" },
    entry: { edition: "2025-03-28", upvotes: 7 },
  },
]);
const ids = Array.from({ length: Number(voters) }, (_, n) => `voter-${n}`);
const known = await store.accounts.knownAmong(ids);
await Promise.all(
  ids
    .filter((id) => !known.has(id))
    .map((id) => store.accounts.add({ id, handle: id, name: id, email: `${id}@example.org` })),
);

const voterOf = (request) => /voter=(voter-\d+)/.exec(request.headers.get("cookie") ?? "")?.[1];
const library = await openLibrary({ store, folder: null, onError: () => undefined });
const app = createApp({
  store,
  discovery: createDiscovery({ store, library }),
  settings: {
    baseUrl: BASE_URL,
    siteName: "Votes",
    version: "0",
    editionClock: { timeZone: "UTC", rollOverMinutes: 0 },
    apiRequests: 1_000_000,
  },
  clock: Date.now,
  accounts: {
    maySpeakFor: (request) => voterOf(request) !== undefined,
    accountOf: async (request) => (await store.accounts.find(voterOf(request) ?? "")) ?? undefined,
  },
  mail: createMailDesk({
    site: { siteName: "Votes", baseUrl: BASE_URL },
    tokens: createTokens(new Uint8Array(32)),
    from: { name: "Votes", address: "votes@example.org" },
    transport: await openFolderTransport(join(folder, "mail")),
  }),
  post: {
    send: async () => true,
    round: async () => undefined,
    idle: async () => undefined,
    stop: async () => undefined,
  },
  logger: pino({ enabled: false }),
});
const server = await startServer({ app, host: "127.0.0.1", port: 0 });
console.log(server.address);
