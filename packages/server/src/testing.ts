/** The whole site over a fresh store, asked without a socket; for tests. */
import type { AccountDesk } from "@paperwire/accounts";
import { createDiscovery, openLibrary } from "@paperwire/discovery";
import type { Account, IncomingRecord } from "@paperwire/domain";
import { createMailDesk, createPost, createTokens, type Message } from "@paperwire/mail";
import type { Store } from "@paperwire/store";
import { openTestStore } from "@paperwire/store/testing";
import { pino } from "pino";
import { type AppOptions, createApp } from "./app.ts";
import type { SiteSettings } from "./context.ts";

/** 31 March 2025, 12:00 UTC, a Monday. */
export const NOW_MS = Date.UTC(2025, 2, 31, 12);
export const BASE_URL = "https://papers.example.org";

const SETTINGS: SiteSettings = {
  baseUrl: BASE_URL,
  siteName: "Paperwire",
  version: "0.0.0",
  editionClock: { timeZone: "America/New_York", rollOverMinutes: 1290 },
  contact: "editors@example.org",
};

export type SiteUnderTest = {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** The page's text; throws where the status is not 200. */
  page(path: string): Promise<string>;
  app: ReturnType<typeof createApp>;
  /** Mails that left, once `posted` has resolved. */
  mails: Message[];
  posted(): Promise<void>;
  store: Store;
  /** What was logged, one JSON line each. */
  log: string[];
  /** Takes records in; pages show them afterwards. */
  takeIn(records: readonly IncomingRecord[]): Promise<void>;
  /** Another app over the same store, with parts exchanged. */
  changed(change: (parts: AppOptions) => Partial<AppOptions>): SiteUnderTest;
  close(): Promise<void>;
};

/** @param clock of the store and of the pages; it may go on while the site runs */
export async function openSite(
  records: readonly IncomingRecord[],
  clock: () => number = () => NOW_MS,
): Promise<SiteUnderTest> {
  const store = await openTestStore(clock);
  const library = await openLibrary({ store, folder: null, onError: (error) => Promise.reject(error) });
  const discovery = createDiscovery({ store, library });
  let version = 0;
  const takeIn = async (more: readonly IncomingRecord[]) => {
    await store.papers.takeIn(more);
    await library.catchUp();
    version++;
  };
  await takeIn(records);
  const close = async () => {
    await library.close();
    await store.close();
  };
  const site = (change: (parts: AppOptions) => Partial<AppOptions>): SiteUnderTest => {
    const log: string[] = [];
    const mails: Message[] = [];
    const mail = testDesk(mails);
    const post = createPost({
      outbox: store.outbox,
      desk: mail,
      clock,
      onProblem: (reason) => void log.push(reason),
    });
    const parts: AppOptions = {
      store,
      discovery,
      settings: SETTINGS,
      clock,
      mail,
      post,
      logger: pino({ level: "debug" }, { write: (line: string) => void log.push(line) }),
      pageVersion: { current: () => String(version) },
    };
    const app = createApp({ ...parts, ...change(parts) });
    const get = async (path: string, headers: Record<string, string> = {}) =>
      app.request(`${BASE_URL}${path}`, { headers });
    const page = async (path: string) => {
      const response = await get(path);
      if (response.status !== 200) throw new Error(`${path} answered ${response.status}`);
      return response.text();
    };
    return { app, store, log, mails, posted: () => post.idle(), takeIn, get, page, changed: site, close };
  };
  return site(() => ({}));
}

function testDesk(mails: Message[]) {
  return createMailDesk({
    site: { siteName: SETTINGS.siteName, baseUrl: BASE_URL },
    tokens: createTokens(new Uint8Array(32).fill(1)),
    from: { name: "Paperwire", address: "digest@example.org" },
    transport: {
      name: "a list",
      send: async (message) => {
        mails.push(message);
        return { kind: "accepted", response: "250 kept" };
      },
      check: async () => null,
      close: async () => undefined,
    },
  });
}

/** An account desk that believes a cookie `reader=<handle>`; accounts may be added and changed while the site runs. */
export function accountsByCookie(accounts: Account[]): AccountDesk {
  const handleOf = (request: Request) => /(?:^|;\s*)reader=([a-z0-9-]+)/.exec(request.headers.get("cookie") ?? "")?.[1];
  return {
    maySpeakFor: (request) => handleOf(request) !== undefined,
    accountOf: async (request) => accounts.find((account) => account.handle === handleOf(request)),
  };
}

/** An account of our own making. */
export function account(handle: string, more: Partial<Account> = {}): Account {
  return {
    id: `id-of-${handle}`,
    handle,
    name: handle,
    role: "reader",
    trust: 1,
    createdAt: new Date(NOW_MS),
    ...more,
  };
}

/** A paper of our own making, with what a test wants of it. */
export function record(
  id: string,
  title: string,
  { facts, entry }: { facts?: Partial<IncomingRecord["facts"]>; entry?: IncomingRecord["entry"] } = {},
): IncomingRecord {
  return { identifiers: [{ scheme: "arxiv", value: id }], facts: { title, ...facts }, ...(entry && { entry }) };
}
