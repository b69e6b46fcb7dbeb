import { openStore } from "./open-store.ts";
import { describeOutbox } from "./outbox.contract.ts";

describeOutbox("embedded PGlite", (clock) => openStore({ location: { kind: "embedded", folder: null }, clock }));
