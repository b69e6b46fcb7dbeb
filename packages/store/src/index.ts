/** Where papers and editions are kept: one set of SQL on embedded PGlite or on PostgreSQL. */
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
