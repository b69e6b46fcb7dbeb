/** `paperwire digest …`: sends what is due, shows what became of it, decides what only a person can. */
import { createReadStream } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { digestContents } from "@paperwire/discovery";
import {
  CADENCES,
  conflict,
  DEFAULT_PREFERENCES,
  type Digest,
  editionDateAt,
  invalid,
  notFound,
  SENDING_SETTING,
  selectFor,
  upstream,
} from "@paperwire/domain";
import { createPost, type MailDesk, parseMailAddress, readMailReport, type SendSummary } from "@paperwire/mail";
import type { Store } from "@paperwire/store";
import { collectInto, sumUpReports } from "../collect-into.ts";
import type { Config } from "../config.ts";
import { runDigests } from "../digest-run.ts";
import { openMail } from "../open-mail.ts";
import { withStore } from "../open-stores.ts";
import { count, say, type Terminal } from "../terminal.ts";

const DIGESTS_SHOWN = 10;
const DOUBTS_SHOWN = 50;
const DRY_PAGE = 1_000;

const editionClockOf = (config: Config) => ({
  timeZone: config.editionTimeZone,
  rollOverMinutes: config.editionRollOver,
});

/** @returns the exit code: 0 all good, 2 something needs a person */
export async function sendDigestsCommand(
  options: { dryRun?: boolean },
  config: Config,
  terminal: Terminal,
): Promise<number> {
  return withMail(config, terminal, (store, desk) =>
    options.dryRun ? dryRun(store, config, terminal) : sendNow({ store, desk }, config, terminal),
  );
}

async function sendNow(
  { store, desk }: { store: Store; desk: MailDesk },
  config: Config,
  terminal: Terminal,
): Promise<number> {
  const onProblem = (reason: string) => say(terminal, `A single mail: ${reason}`);
  const post = createPost({ outbox: store.outbox, desk, clock: terminal.clock, onProblem });
  const stopping = new AbortController();
  const stop = () => stopping.abort();
  process.once("SIGINT", stop).once("SIGTERM", stop);
  try {
    const run = await runDigests({
      store,
      desk,
      clock: terminal.clock,
      editionClock: editionClockOf(config),
      perMinute: config.mailPerMinute,
      providers: config.mailProviders,
      seeds: { addresses: config.mailSeeds, post },
      sleep: (ms) => sleep(ms),
      signal: stopping.signal,
    });
    await post.idle();
    for (const { name, enlisted } of run.composed)
      say(terminal, `${name}: composed for ${count(enlisted, "subscriber")}`);
    for (const { name, summary } of run.sent) say(terminal, `${name}: ${sumUp(summary)} by ${desk.transport.name}`);
    for (const { name, dueMs } of run.waiting)
      say(terminal, `${name}: the next reader's hour is ${new Date(dueMs).toISOString()}`);
    if (run.sent.length + run.waiting.length === 0) say(terminal, "Nothing is due.");
    const doubtful = await store.deliveries.listDoubtful(1);
    if (doubtful.length > 0) say(terminal, "Some deliveries are in doubt: see `paperwire digest status`.");
    const stopped = run.sent.some(({ summary }) => summary.stopped !== undefined);
    return doubtful.length > 0 || stopped ? 2 : 0;
  } finally {
    process.removeListener("SIGINT", stop).removeListener("SIGTERM", stop);
  }
}

function sumUp({ sent, deferred, refused, doubtful, skipped, stopped }: SendSummary): string {
  const parts = [`${count(sent)} sent`];
  if (deferred > 0) parts.push(`${count(deferred)} put off`);
  if (refused > 0) parts.push(`${count(refused)} refused`);
  if (doubtful > 0) parts.push(`${count(doubtful)} in doubt`);
  if (skipped > 0) parts.push(`${count(skipped)} skipped`);
  return `${parts.join(", ")}${stopped === undefined ? "" : `; stopped: ${stopped}`}`;
}

/** Says what would be sent; writes nothing down and sends nothing. */
async function dryRun(store: Store, config: Config, terminal: Terminal): Promise<number> {
  const today = editionDateAt(terminal.clock(), editionClockOf(config));
  for (const cadence of CADENCES) {
    const digest = await digestContents(store, { cadence, today });
    if (digest === null) {
      say(terminal, `${cadence}: no closed edition, nothing to send`);
      continue;
    }
    const known = await store.digests.find(digest.name);
    const readers = await countReaders(store, digest, new Date(terminal.clock()).toISOString());
    const made = known === null ? "would be composed" : `was composed ${known.composedAt}`;
    say(terminal, `${digest.name} (${cadence}): ${count(digest.total, "paper")}; ${made}`);
    say(terminal, `  ${count(readers.all, "subscriber")}, ${count(readers.fitting)} of them with something that fits`);
    if (digest.items[0]) say(terminal, `  first: ${digest.items[0].title}`);
  }
  return 0;
}

async function countReaders(
  { subscribers }: Store,
  digest: Digest,
  confirmedBy: string,
): Promise<{ all: number; fitting: number }> {
  const readers = { all: 0, fitting: 0 };
  for (let after = ""; ; ) {
    const page = await subscribers.listConfirmed({ cadence: digest.cadence, confirmedBy, after, limit: DRY_PAGE });
    if (page.length === 0) return readers;
    readers.all += page.length;
    readers.fitting += page.filter(({ preferences }) => selectFor(digest, preferences).items.length > 0).length;
    after = page.at(-1)!.id;
  }
}

export async function digestStatusCommand(config: Config, terminal: Terminal): Promise<number> {
  return withStore(config, terminal, async (store) => {
    const people = await store.subscribers.count();
    say(
      terminal,
      `${count(people.confirmed, "subscriber")}, ${count(people.pending)} not confirmed, ${count(people.left)} left, ${count(await store.suppressions.count())} suppressed`,
    );
    if ((await store.settings.get(SENDING_SETTING)) === "off")
      say(terminal, "Sending is switched off: `paperwire digest resume` lets it go on.");
    for (const { digest, paused } of await store.digests.list({ limit: DIGESTS_SHOWN })) {
      const states = Object.entries(await store.deliveries.count(digest.name)).filter(([, number]) => number > 0);
      const due = await store.deliveries.nextDue(digest.name);
      const shown = states.map(([state, number]) => `${count(number)} ${state}`).join(", ") || "nobody enlisted";
      say(terminal, `${digest.name}: ${shown}${due === null ? "" : `; next due ${new Date(due).toISOString()}`}`);
      if (paused !== null) say(terminal, `  paused: ${paused}`);
    }
    const doubtful = await store.deliveries.listDoubtful(DOUBTS_SHOWN);
    if (doubtful.length === 0) return 0;
    say(terminal, `\nIn doubt: these may have arrived. Look into the mail server's log, then say which:`);
    for (const { id, digest, email, claimedAt, reason } of doubtful) {
      say(terminal, `  ${id}  ${digest}  ${email}  ${claimedAt ?? ""}  ${reason ?? ""}`);
    }
    say(
      terminal,
      "  paperwire digest resolve <delivery> --sent    it arrived\n  paperwire digest resolve <delivery> --again   it did not; send it",
    );
    return 2;
  });
}

export async function resolveDeliveryCommand(
  id: string,
  options: { sent?: boolean; again?: boolean },
  config: Config,
  terminal: Terminal,
): Promise<number> {
  if (options.sent === options.again) throw conflict("Say either --sent or --again.");
  return withStore(config, terminal, async (store) => {
    const verdict = options.sent ? "sent" : "again";
    if (!(await store.deliveries.resolve(id, verdict))) throw notFound(`No delivery ${id} is in doubt.`);
    say(
      terminal,
      verdict === "sent" ? `${id} counts as sent.` : `${id} will be sent with the next \`paperwire digest send\`.`,
    );
    return 0;
  });
}

/** One mail to look at, as a newcomer would get it: not recorded, and its links belong to nobody. */
export async function previewDigestCommand(address: string, config: Config, terminal: Terminal): Promise<number> {
  const { address: to } = parseMailAddress(address);
  return withMail(config, terminal, async (store, desk) => {
    const nowMs = terminal.clock();
    const digest = await digestContents(store, {
      cadence: "daily",
      today: editionDateAt(nowMs, editionClockOf(config)),
    });
    if (digest === null) throw notFound("No edition has closed yet, so there is no digest to look at.");
    const deliveryId = `preview-${nowMs.toString(36)}`;
    const message = desk.digestMessage({
      deliveryId,
      subscriberId: "preview",
      to,
      digest,
      wishes: DEFAULT_PREFERENCES,
      nowMs,
    });
    if (message === null) throw notFound(`The digest ${digest.name} is empty.`);
    const result = await desk.transport.send(message);
    if (result.kind !== "accepted") throw upstream(`The preview was not taken: ${result.reason}`);
    say(terminal, `${digest.name} went to ${to} by ${desk.transport.name}: ${result.response}`);
    return 0;
  });
}

/** Reads the mailbox of reports once, now. */
export async function collectReportsCommand(config: Config, terminal: Terminal): Promise<number> {
  const { mailReports: url, mailBounces } = config;
  if (url === undefined) throw invalid("Set MAIL_REPORTS to the mailbox into which reports come.");
  return withStore(config, terminal, async (store) => {
    const round = await collectInto(store, {
      url,
      ...(mailBounces === undefined ? {} : { bounceAddress: mailBounces }),
    });
    say(terminal, `${count(round.read, "mail")} read, ${count(round.reports, "report")}; ${sumUpReports(round)}`);
    return 0;
  });
}

/** Longer mails are no reports; what is beyond is not read. */
const REPORT_BYTES_MAX = 5_000_000;

/** Takes in what came back to the return path: one mail per file, as a mail server hands it over. */
export async function takeReportsCommand(
  files: readonly string[],
  config: Config,
  terminal: Terminal,
): Promise<number> {
  return withStore(config, terminal, async (store) => {
    for (const file of files) {
      const report = readMailReport(await readMail(file, terminal), config.mailBounces);
      if (report === null) say(terminal, `${file}: no report of a failure; nothing to do`);
      else if (report.deliveryId === null) say(terminal, `${file}: ${report.kind}, but it does not name a delivery`);
      else {
        const outcome = await store.deliveries.bounce({ ...report, id: report.deliveryId });
        say(terminal, `${file}: ${report.kind} (${report.reason}): ${outcome}`);
      }
    }
    return 0;
  });
}

async function readMail(file: string, { stdin }: Terminal): Promise<Uint8Array> {
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of file === "-" ? stdin : createReadStream(file)) {
    chunks.push(chunk as Buffer);
    bytes += (chunk as Buffer).length;
    if (bytes > REPORT_BYTES_MAX) break;
  }
  return Buffer.concat(chunks);
}

/** Without a name, the switch for all mail of all digests. */
export async function pauseDigestCommand(
  name: string | undefined,
  verb: "pause" | "resume",
  config: Config,
  terminal: Terminal,
): Promise<number> {
  return withStore(config, terminal, async (store) => {
    if (name === undefined) {
      await store.settings.set(SENDING_SETTING, verb === "pause" ? "off" : "on");
      say(
        terminal,
        verb === "pause" ? "No digest is sent until `paperwire digest resume`." : "Digests are sent again.",
      );
      return 0;
    }
    if ((await store.digests.find(name)) === null) throw notFound(`There is no digest ${name}.`);
    await store.digests.setPaused(name, verb === "pause" ? "paused by the operator" : null);
    say(terminal, verb === "pause" ? `${name} is paused.` : `${name} goes on.`);
    return 0;
  });
}

export async function resendDigestCommand(
  name: string,
  address: string,
  config: Config,
  terminal: Terminal,
): Promise<number> {
  const { key } = parseMailAddress(address);
  return withStore(config, terminal, async (store) => {
    if (!(await store.deliveries.resend(name, key)))
      throw notFound(`${name} was not delivered to that address before.`);
    say(terminal, "It will be sent again with the next `paperwire digest send`.");
    return 0;
  });
}

async function withMail<T>(
  config: Config,
  terminal: Terminal,
  work: (store: Store, desk: MailDesk) => Promise<T>,
): Promise<T> {
  return withStore(config, terminal, async (store) => {
    const desk = await openMail(config, store);
    try {
      return await work(store, desk);
    } finally {
      await desk.transport.close();
    }
  });
}
