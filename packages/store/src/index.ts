/** Where papers and editions are kept: one set of SQL on embedded PGlite or on PostgreSQL. */
export { openStore, type StoreLocation, type StoreOptions } from "./open-store.ts";
export type {
  EditionStore,
  EntryOrder,
  EntryQuery,
  Page,
  PageRequest,
  PaperStore,
  SettingStore,
  Store,
  SubscriberStore,
} from "./store.ts";
export { MOST_RECORDS } from "./take-in.ts";
