import { describeMailStores } from "./mail-stores.contract.ts";
import { openStore } from "./open-store.ts";

describeMailStores("embedded PGlite", (clock) => openStore({ location: { kind: "embedded", folder: null }, clock }));
