/** `paperwire serve`: the site, from an empty folder to an orderly end. */

import { join } from "node:path";
import { openFirstAdmin } from "@paperwire/accounts";
import { createDiscovery, openLibrary } from "@paperwire/discovery";
import { conflict } from "@paperwire/domain";
import { createApp, createLooksCounter, type RunningServer, startServer } from "@paperwire/server";
import { tryLockFolder } from "@paperwire/store";
import { type Logger, pino } from "pino";
import type { Config } from "../config.ts";
import { startMailService } from "../mail-service.ts";
import { openAccounts } from "../open-accounts.ts";
import { openLookUp } from "../open-look-up.ts";
import { baseUrlOf, mailFolderOf, openMail } from "../open-mail.ts";
import { openConfigured } from "../open-stores.ts";
import { loadSeedEdition } from "../seed-edition.ts";
import { startJobs } from "../start-jobs.ts";
import { say, type Terminal } from "../terminal.ts";
import { startUpkeep } from "../upkeep.ts";
import { version } from "../version.ts";

/** How soon a new paper is searchable, at most. */
const FOLLOW_EVERY_MS = 250;

/** Things to close, last opened first; one that fails does not keep the others from closing. */
class Openings {
  readonly #closers: (() => Promise<void> | void)[] = [];
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  add(close: () => Promise<void> | void): void {
    this.#closers.push(close);
  }

  async closeAll(): Promise<void> {
    for (const close of this.#closers.splice(0).reverse()) {
      try {
        await close();
      } catch (error) {
        this.#logger.error({ err: error }, "closing failed");
      }
    }
  }
}

export type Site = {
  address: string;
  /** Of the link that makes the first administrator; absent where there is one. */
  firstAdminPath?: string;
  stop(): Promise<void>;
};

/** Runs until `stop`. @throws where the data folder or the port is taken, or the database cannot be reached */
export async function startSite(config: Config, terminal: Terminal): Promise<Site> {
  const logger = pino({ level: config.logLevel, base: null }, terminal.stderr);
  const openings = new Openings(logger);
  try {
    const server = await open(config, terminal, logger, openings);
    const { address, firstAdminPath } = server;
    return { address, ...(firstAdminPath !== undefined && { firstAdminPath }), stop: () => openings.closeAll() };
  } catch (error) {
    await openings.closeAll();
    throw error;
  }
}

type Opened = RunningServer & { firstAdminPath?: string };

async function open(config: Config, terminal: Terminal, logger: Logger, openings: Openings): Promise<Opened> {
  const store = await openConfigured(config, "refuse", terminal);
  openings.add(() => store.close());
  if (config.seedEdition === "on") await loadSeedEdition(store);
  const library = await openLibrary({
    store,
    folder: indexFolder(config, openings, logger),
    onError: (error) => logger.error({ err: error }, "the search index could not follow the database"),
  });
  openings.add(() => library.close());
  library.follow(FOLLOW_EVERY_MS);
  const stopped = new AbortController();
  openings.add(() => stopped.abort());
  const mail = await openMail(config, store);
  openings.add(() => mail.transport.close());
  const { post, stop: stopMail } = startMailService({ store, mail, config, terminal, logger });
  openings.add(stopMail);
  const signIn = await openAccounts(config, { store, logger, clock: terminal.clock });
  const firstAdmin = openFirstAdmin(store);
  const looks = createLooksCounter({ store, clock: terminal.clock });
  openings.add(() => looks.flush());
  const app = createApp({
    store,
    looks,
    accounts: signIn,
    signIn,
    firstAdmin,
    mail,
    post,
    discovery: createDiscovery({ store, library }),
    settings: {
      baseUrl: baseUrlOf(config),
      siteName: config.siteName,
      version,
      editionClock: { timeZone: config.editionTimeZone, rollOverMinutes: config.editionRollOver },
      trustedProxies: config.trustedProxies,
      apiRequests: config.apiRequests,
      invites: config.invites,
      ...(config.webSubHub === undefined ? {} : { hubUrl: config.webSubHub }),
      submitAgeDays: config.submitAgeDays,
      refusedDomains: config.refusedDomains,
      ...(config.mailHookSecret === undefined ? {} : { mailHookSecret: config.mailHookSecret }),
      ...(config.contact === undefined ? {} : { contact: config.contact }),
    },
    lookUp: openLookUp({ store, config, terminal, logger }),
    clock: terminal.clock,
    logger,
    signal: stopped.signal,
  });
  const upkeep = startUpkeep({ store, mail, post, looks, config, terminal, logger });
  openings.add(() => upkeep.stop());
  const jobs = await startJobs({ store, config, terminal, logger });
  openings.add(() => jobs.stop());
  const server = await listen(app, config);
  openings.add(() => server.close());
  const token = await firstAdmin.makeLink();
  return { ...server, ...(token !== null && { firstAdminPath: `/first-admin/${token}` }) };
}

/** The embedded database holds the folder already; beside PostgreSQL several processes may share it, and one wins. */
function indexFolder(config: Config, openings: Openings, logger: Logger): string | null {
  const folder = join(config.dataFolder, "index");
  if (config.databaseUrl === undefined) return folder;
  const lock = tryLockFolder(config.dataFolder);
  if (!lock) {
    logger.warn("another process keeps its search index in this data folder; this one keeps its own in memory");
    return null;
  }
  openings.add(() => lock.release());
  return folder;
}

async function listen(app: Parameters<typeof startServer>[0]["app"], { host, port }: Config): Promise<RunningServer> {
  try {
    return await startServer({ app, host, port });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EADDRINUSE") {
      throw conflict(`Port ${port} is in use. Stop what listens there, or choose another: PORT=3001 npm start`, error);
    }
    if (code === "EACCES") throw conflict(`Port ${port} may not be used by this user; choose one above 1023.`, error);
    throw error;
  }
}

/** Serves until the first SIGINT or SIGTERM, then ends in order; a second one ends at once. */
export async function serveCommand(config: Config, terminal: Terminal): Promise<void> {
  const startedMs = terminal.clock();
  const site = await startSite(config, terminal);
  const shown = config.baseUrl ?? site.address.replace("127.0.0.1", "localhost");
  say(
    terminal,
    `Paperwire is at ${shown} (ready in ${((terminal.clock() - startedMs) / 1000).toFixed(1)} s). Ctrl-C stops it.`,
  );
  if (config.smtpUrl === undefined) {
    say(terminal, `No mail server is set (SMTP_URL): mails, sign-in links too, are files in ${mailFolderOf(config)}.`);
  }
  if (site.firstAdminPath !== undefined) {
    say(terminal, `No administrator yet. This link makes one, once: ${baseUrlOf(config)}${site.firstAdminPath}`);
  }
  const signal = await new Promise<string>((resolve) => {
    for (const name of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(name, () => resolve(name));
  });
  for (const name of ["SIGINT", "SIGTERM"] as const) process.once(name, () => process.exit(1));
  say(terminal, `${signal}: stopping …`);
  await site.stop();
  say(terminal, "Stopped; everything is saved.");
}
