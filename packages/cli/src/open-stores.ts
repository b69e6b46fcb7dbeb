/** Where the configuration says the papers are. */
import { openStore, type Store, type StoreLocation } from "@paperwire/store";
import type { Config } from "./config.ts";
import type { Terminal } from "./terminal.ts";

/**
 * @param whenInUse  `join` lets a command work while the site runs on the same folder
 * @throws DomainError `conflict`: the folder is in use and may not be joined
 */
export function locationOf(config: Config, whenInUse: "refuse" | "join"): StoreLocation {
  return config.databaseUrl === undefined
    ? { kind: "embedded", folder: config.dataFolder, whenInUse }
    : { kind: "postgres", url: config.databaseUrl };
}

export function openConfigured(config: Config, whenInUse: "refuse" | "join", { clock }: Terminal): Promise<Store> {
  return openStore({ location: locationOf(config, whenInUse), clock });
}

/** Closes the store whatever the work does. */
export async function withStore<T>(config: Config, terminal: Terminal, work: (store: Store) => Promise<T>): Promise<T> {
  const store = await openConfigured(config, "join", terminal);
  try {
    return await work(store);
  } finally {
    await store.close();
  }
}
