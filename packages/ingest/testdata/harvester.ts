/** A process for the tests: harvests one set from a server on this machine into a folder, and says when it is done. */
import { openStore } from "@paperwire/store";
import { harvestArxiv } from "../src/harvest-arxiv.ts";
import { createOaiClient } from "../src/oai/client.ts";
import { createMemoryTurns } from "../src/polite/host-turns.ts";
import { createPoliteFetcher } from "../src/polite/polite-fetcher.ts";

const [folder = "", baseUrl = ""] = process.argv.slice(2);
const store = await openStore({ location: { kind: "embedded", folder }, clock: () => 0 });
// Nobody waits: the clock stands still, and what is killed has no turn that another process would have to sit out.
const turns = createMemoryTurns({ clock: () => 0, sleep: async () => undefined });
const fetcher = createPoliteFetcher({ name: "the server", turns });
const summary = await harvestArxiv({
  source: createOaiClient({ fetcher, baseUrl }),
  papers: store.papers,
  marks: store.sources,
  turns,
  set: "cs",
  since: "2026-11-01",
  onProgress: ({ added }) => console.log(`added ${added}`),
});
await store.close();
console.log(`done ${JSON.stringify({ ...summary, news: undefined })}`);
