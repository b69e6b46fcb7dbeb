/** A sender in a process of its own, for tests that kill it: folder, server, the hour. */
import { createMailDesk, createTokens, openSmtpTransport } from "@paperwire/mail";
import { openStore } from "@paperwire/store";
import { runDigests } from "../src/digest-run.ts";

const [folder, url, now] = process.argv.slice(2);
const clock = () => Number(now);
const store = await openStore({ location: { kind: "embedded", folder: folder! }, clock });
const transport = openSmtpTransport({ url: url! });
const desk = createMailDesk({
  site: { siteName: "Paperwire", baseUrl: "https://papers.example.org" },
  tokens: createTokens(new Uint8Array(32)),
  from: { name: "Paperwire", address: "digest@example.org" },
  transport,
});
await runDigests({
  store,
  desk,
  clock,
  editionClock: { timeZone: "America/New_York", rollOverMinutes: 1290 },
  // Ten are claimed at a time, as by default.
  perMinute: 600,
  sleep: async () => undefined,
});
await transport.close();
await store.close();
