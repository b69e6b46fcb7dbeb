/** The API over a fresh store, asked without a socket. */
import { createDiscovery, openLibrary } from "@paperwire/discovery";
import type { IncomingRecord } from "@paperwire/domain";
import { openTestStore } from "@paperwire/store/testing";
import { Hono } from "hono";
import { describeFailure } from "../errors.ts";
import { pathOf } from "../paths.ts";
import { createRateLimiter } from "../rate-limit.ts";
import { type ApiOptions, apiRoutes } from "./api.ts";

/** 31 March 2025, 12:00 UTC. */
export const NOW_MS = Date.UTC(2025, 2, 31, 12);
export const BASE_URL = "https://papers.example.org";

export type ApiUnderTest = {
  get(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Statements sent to the store since the last call. */
  storeCalls(): string[];
  close(): Promise<void>;
};

export async function openApi(
  records: readonly IncomingRecord[],
  { quota = 1_000, ...options }: ApiOptions & { quota?: number } = {},
): Promise<ApiUnderTest> {
  const store = await openTestStore();
  await store.papers.takeIn(records);
  const library = await openLibrary({ store, folder: null, onError: (error) => Promise.reject(error) });
  await library.catchUp();
  const calls: string[] = [];
  const spied = { ...store, papers: spy(store.papers, calls), editions: spy(store.editions, calls) };
  const clock = () => NOW_MS;
  const api = apiRoutes(
    {
      store: spied,
      discovery: createDiscovery({ store: spied, library }),
      settings: {
        baseUrl: BASE_URL,
        siteName: "Test",
        version: "0.0.0",
        editionClock: { timeZone: "America/New_York", rollOverMinutes: 1290 },
      },
      clock,
      apiLimiter: createRateLimiter({ name: "api", quota, windowSeconds: 300 }, clock),
    },
    options,
  );
  const app = new Hono({ getPath: pathOf }).route("/", api).onError((error, c) => {
    const { status, message, expected } = describeFailure(error);
    if (!expected) throw error;
    return c.json({ error: message }, status);
  });
  return {
    get: async (path, headers = {}) => app.request(`${BASE_URL}${path}`, { headers }),
    storeCalls: () => calls.splice(0),
    close: async () => {
      await library.close();
      await store.close();
    },
  };
}

function spy<T extends object>(part: T, calls: string[]): T {
  return new Proxy(part, {
    get(target, name, receiver) {
      const value: unknown = Reflect.get(target, name, receiver);
      if (typeof value !== "function") return value;
      return (...args: unknown[]) => {
        calls.push(String(name));
        return value.apply(target, args);
      };
    },
  });
}
