/** `paperwire doctor`: looks at everything that mail needs, and says what to do about what is not well. */
import { lookup, Resolver } from "node:dns/promises";
import { statfs } from "node:fs/promises";
import { SENDING_SETTING } from "@paperwire/domain";
import {
  checkSenderDomain,
  checkServerNames,
  checkServerTls,
  type Finding,
  MAIL_CHANNEL,
  type MailDesk,
  type NameLookups,
  type TxtLookup,
} from "@paperwire/mail";
import type { Store } from "@paperwire/store";
import type { Config } from "../config.ts";
import { baseUrlOf, dkimOf, openMail, senderOf } from "../open-mail.ts";
import { withStore } from "../open-stores.ts";
import { count, say, type Terminal } from "../terminal.ts";

const DNS_TIMEOUT_MS = 5_000;
const HTTP_TIMEOUT_MS = 10_000;
const FREE_BYTES_MIN = 1_000_000_000;
const DOUBTS_MAX = 1_000;
const WAITING_MANY = 100;
/** Signatures and links of a machine whose clock is further off are refused. */
const CLOCK_OFF_MAX_MS = 60_000;
const SIGNS: Record<Finding["verdict"], string> = { good: "ok ", doubtful: "?  ", bad: "BAD" };

/** What the doctor asks outside of this machine; tests hand in their own. */
export type Surroundings = NameLookups & { txt: TxtLookup; fetch: typeof fetch };

/** @returns the exit code: 0 all well, 2 something is not */
export async function doctorCommand(
  config: Config,
  terminal: Terminal,
  around: Surroundings = openSurroundings(),
): Promise<number> {
  const findings = await withStore(config, terminal, async (store) => {
    const desk = await openMail(config, store);
    try {
      const dkim = dkimOf(config);
      const [, fromDomain = ""] = /@([^@]+)$/.exec(senderOf(config).address) ?? [];
      const groups = await Promise.all([
        localFindings(store, config),
        deliveryFindings(store),
        serverFindings(desk, config, around),
        reportFindings(config),
        checkSenderDomain({ fromDomain, ...(dkim === undefined ? {} : { dkim }) }, around.txt),
        siteFindings(desk, config, { terminal, around }),
      ]);
      return groups.flat();
    } finally {
      await desk.transport.close();
    }
  });
  for (const { name, verdict, text, advice } of findings) {
    say(terminal, `${SIGNS[verdict]}  ${name}: ${text}${advice === undefined ? "" : `\n       → ${advice}`}`);
  }
  return findings.some((one) => one.verdict === "bad") ? 2 : 0;
}

async function localFindings(store: Store, { dataFolder }: Config): Promise<Finding[]> {
  await store.ping();
  const { bavail, bsize } = await statfs(dataFolder);
  const free = bavail * bsize;
  const disk: Finding = { name: "Disk", verdict: "good", text: `${(free / 1e9).toFixed(1)} GB free` };
  if (free < FREE_BYTES_MIN) Object.assign(disk, { verdict: "bad", advice: `Make room where ${dataFolder} is.` });
  return [{ name: "Database", verdict: "good", text: "answers" }, disk];
}

async function deliveryFindings(store: Store): Promise<Finding[]> {
  const doubtful = (await store.deliveries.listDoubtful(DOUBTS_MAX)).length;
  const findings: Finding[] = [
    doubtful === 0
      ? { name: "Deliveries", verdict: "good", text: "none in doubt" }
      : {
          name: "Deliveries",
          verdict: "bad",
          text: `${count(doubtful)} in doubt`,
          advice: "See `paperwire digest status`.",
        },
  ];
  const letters = await store.outbox.count(MAIL_CHANNEL);
  const waiting = letters.waiting + letters.sending;
  findings.push(
    waiting < WAITING_MANY
      ? { name: "Outbox", verdict: "good", text: `${count(waiting, "single mail")} waiting` }
      : {
          name: "Outbox",
          verdict: "doubtful",
          text: `${count(waiting, "single mail")} waiting`,
          advice: "The mail server takes them slowly, or the site is not running.",
        },
  );
  if ((await store.settings.get(SENDING_SETTING)) === "off") {
    findings.push({
      name: "Sending",
      verdict: "doubtful",
      text: "is switched off",
      advice: "`paperwire digest resume`",
    });
  }
  for (const { digest, paused } of await store.digests.list({ limit: 10 })) {
    if (paused !== null)
      findings.push({
        name: `Digest ${digest.name}`,
        verdict: "bad",
        text: `paused: ${paused}`,
        advice: `\`paperwire digest resume ${digest.name}\``,
      });
  }
  return findings;
}

/** Without them, dead addresses are written to again and again, and mailboxes stop believing us. */
function reportFindings({ smtpUrl, mailBounces, mailReports, mailHookSecret }: Config): Finding[] {
  if (smtpUrl === undefined) return [];
  const name = "Bounces";
  if (mailReports !== undefined || mailHookSecret !== undefined) {
    return [{ name, verdict: "good", text: mailReports === undefined ? "come by webhook" : "come by mailbox" }];
  }
  return [
    {
      name,
      verdict: "doubtful",
      text: "are not read",
      advice: `Set ${mailBounces === undefined ? "MAIL_BOUNCES and " : ""}MAIL_REPORTS, or MAIL_HOOK_SECRET.`,
    },
  ];
}

async function serverFindings({ transport }: MailDesk, { smtpUrl }: Config, around: Surroundings): Promise<Finding[]> {
  const name = "Mail server";
  if (smtpUrl === undefined) {
    return [
      {
        name,
        verdict: "doubtful",
        text: `none; mails land in ${transport.name}`,
        advice: "Set SMTP_URL to send them.",
      },
    ];
  }
  const [problem, ...others] = await Promise.all([
    transport.check(),
    checkServerTls(smtpUrl),
    checkServerNames(smtpUrl, around),
  ]);
  if (problem === null) return [{ name, verdict: "good", text: `${transport.name} takes us` }, ...others];
  return [
    ...others,
    { name, verdict: "bad", text: `${transport.name}: ${problem}`, advice: "Check SMTP_URL, its user and password." },
  ];
}

/** Mailboxes call the unsubscribe address from outside: it must be https, be this site, and take a POST. */
async function siteFindings(
  { links }: MailDesk,
  config: Config,
  { terminal: { clock }, around }: { terminal: Terminal; around: Surroundings },
): Promise<Finding[]> {
  const baseUrl = baseUrlOf(config);
  const name = "Unsubscribe address";
  const https: Finding = baseUrl.startsWith("https:")
    ? { name: "BASE_URL", verdict: "good", text: baseUrl }
    : {
        name: "BASE_URL",
        verdict: "bad",
        text: `${baseUrl} is not https`,
        advice: "One click works with https only (RFC 8058).",
      };
  try {
    // Nobody's link: the site must know the route and refuse the token, and changes nothing.
    const answer = await around.fetch(links("doctor", clock()).unsubscribeUrl, {
      method: "POST",
      body: new URLSearchParams({ "List-Unsubscribe": "One-Click" }),
      redirect: "manual",
      signal: AbortSignal.timeout(HTTP_TIMEOUT_MS),
    });
    const offMs = Math.abs(clock() - Date.parse(answer.headers.get("date") ?? new Date(clock()).toISOString()));
    const fine = answer.status === 404 && answer.headers.has("x-request-id");
    return [
      https,
      fine
        ? { name, verdict: "good", text: "is reached, takes a POST" }
        : {
            name,
            verdict: "bad",
            text: `answered ${answer.status}`,
            advice: "BASE_URL must lead to this site, past every log-in and redirect.",
          },
      offMs <= CLOCK_OFF_MAX_MS
        ? { name: "Clock", verdict: "good", text: "agrees with the site's" }
        : {
            name: "Clock",
            verdict: "bad",
            text: `is ${Math.round(offMs / 1000)} s off the site's`,
            advice: "Let the machine's clock follow a time server.",
          },
    ];
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    return [
      https,
      {
        name,
        verdict: "bad",
        text: `${baseUrl} is not reached: ${why}`,
        advice: "Start the site, or correct BASE_URL.",
      },
    ];
  }
}

function openSurroundings(): Surroundings {
  const resolver = new Resolver({ timeout: DNS_TIMEOUT_MS, tries: 2 });
  const known = async <T>(answer: Promise<T[]>): Promise<T[]> => {
    try {
      return await answer;
    } catch (error) {
      if (["ENODATA", "ENOTFOUND"].includes((error as NodeJS.ErrnoException).code ?? "")) return [];
      throw error;
    }
  };
  return {
    fetch,
    txt: async (name) => (await known(resolver.resolveTxt(name))).map((chunks) => chunks.join("")),
    names: (address) => known(resolver.reverse(address)),
    // As the system does, so that /etc/hosts counts.
    addresses: async (name) => (await known(lookup(name, { all: true }))).map(({ address }) => address),
  };
}
