/** The site as `paperwire serve` runs it, on a folder of its own, with an arXiv and a mailbox on this machine. */
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { createServer } from "node:http";
import { type AddressInfo, createServer as createSocket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import { readOwnMail } from "@paperwire/mail";
import { type Site, startSite } from "../../packages/cli/src/commands/serve.ts";
import { type Config, readConfig } from "../../packages/cli/src/config.ts";
import { openConfigured } from "../../packages/cli/src/open-stores.ts";
import type { Terminal } from "../../packages/cli/src/terminal.ts";
import { cleanAuthors } from "../../packages/ingest/src/clean-facts.ts";
import { record } from "../../packages/server/src/testing.ts";

const DAY_MS = 86_400_000;
/** Mail leaves behind the answer, and is then a file. */
const MAIL_LIMIT_MS = 15_000;
const LOOK_EVERY_MS = 20;

/** Papers that only arXiv knows. */
export const AFAR = { id: "2503.00777", title: "A paper that was far away" };
export const FARTHER = { id: "2503.00778", title: "A paper from farther away" };
/** The author of this paper is known to its source by the address of the account `bo`. */
export const OWN = { id: "2503.00001", title: "The first paper of the day", author: "Bo Example" };
export const SECOND = { id: "2503.00002", title: "The second paper of the day" };
/** Announced, and in no edition. */
const NEXT = { id: "2503.00003", title: "A paper for the day after" };

/** Accounts that are there from the start. */
const CAST = { eve: "reader", fay: "reader", gil: "curator", hal: "moderator" } as const;

export type StorySite = {
  address: string;
  config: Config;
  terminal: Terminal;
  /** Of the edition that is open now. */
  today(): string;
  /** The site's clock goes on by a day; its mail and its sessions do not notice. */
  nextDay(): void;
  firstAdminPath: string;
  /** The newest link mailed to an address since it was last asked for, as soon as it has arrived. */
  linkMailedTo(address: string): Promise<string>;
  /** What was written to standard output and error. */
  said: string[];
  close(): Promise<void>;
};

export async function openStorySite(): Promise<StorySite> {
  const [folder, arxiv, port] = await Promise.all([
    mkdtemp(join(tmpdir(), "paperwire-story-")),
    openArxiv(),
    freePort(),
  ]);
  // Noon of today: no run of this test meets the end of an edition.
  let offsetMs = DAY_MS / 2 - (Date.now() % DAY_MS);
  const clock = () => Date.now() + offsetMs;
  const said: string[] = [];
  const told = () => new Writable({ write: (chunk, _, done) => (said.push(String(chunk)), done()) });
  const terminal: Terminal = { stdin: process.stdin, stdout: told(), stderr: told(), clock };
  const config = readConfig({
    PORT: String(port),
    PAPERWIRE_DATA: join(folder, "data"),
    EDITION_TIME_ZONE: "UTC",
    EDITION_ROLL_OVER: "00:00",
    SEED_EDITION: "off",
    ARXIV_API: `http://127.0.0.1:${arxiv.port}/api/query`,
    LOG_LEVEL: "warn",
  });
  const today = () => new Date(clock()).toISOString().slice(0, 10);
  await fill(config, terminal, today());
  const site: Site = await startSite(config, terminal);
  return {
    address: `http://localhost:${port}`,
    config,
    terminal,
    today,
    nextDay: () => {
      offsetMs += DAY_MS;
    },
    firstAdminPath: site.firstAdminPath!,
    linkMailedTo: mailbox(join(config.dataFolder, "mail")),
    said,
    close: async () => {
      await site.stop();
      await arxiv.close();
      await rm(folder, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}

async function fill(config: Config, terminal: Terminal, edition: string): Promise<void> {
  const store = await openConfigured(config, "refuse", terminal);
  const publishedAt = new Date(terminal.clock() - DAY_MS).toISOString();
  const authors = cleanAuthors([{ name: OWN.author, email: "bo@example.org" }, { name: "Cleo Example" }]);
  const facts = { publishedAt, abstract: "It says what it does, and does it.", authors };
  await store.papers.takeIn([
    record(OWN.id, OWN.title, { facts, entry: { edition, upvotes: 3 } }),
    record(SECOND.id, SECOND.title, { facts, entry: { edition, upvotes: 2 } }),
    record(NEXT.id, NEXT.title, { facts: { ...facts, publishedAt: new Date(terminal.clock()).toISOString() } }),
  ]);
  for (const [handle, role] of Object.entries(CAST)) {
    const names = { handle, name: `Name of ${handle}`, email: `${handle}@example.org`, emailVerified: true };
    await store.accounts.add({ id: `id-of-${handle}`, ...names, trust: 0, role });
  }
  await store.close();
}

/** Answers each question with the paper that it names, in arXiv's own form. */
async function openArxiv() {
  const at = new Date().toISOString();
  const server = createServer(({ url = "" }, response) => {
    const { id, title } = url.includes(AFAR.id) ? AFAR : FARTHER;
    response.setHeader("content-type", "application/atom+xml").end(`<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xmlns:arxiv="http://arxiv.org/schemas/atom" xmlns:opensearch="http://a9.com/-/spec/opensearch/1.1/">
  <opensearch:totalResults>1</opensearch:totalResults>
  <entry>
    <id>http://arxiv.org/abs/${id}v1</id>
    <title>${title}</title>
    <summary>It came when it was asked for.</summary>
    <published>${at}</published>
    <updated>${at}</updated>
    <author><name>Dana Example</name></author>
    <link href="http://arxiv.org/abs/${id}v1" rel="alternate" type="text/html"/>
    <arxiv:primary_category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
    <category term="cs.CL" scheme="http://arxiv.org/schemas/atom"/>
  </entry>
</feed>`);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const close = () => new Promise<void>((resolve) => server.close(() => resolve()));
  return { port: (server.address() as AddressInfo).port, close };
}

function mailbox(folder: string): StorySite["linkMailedTo"] {
  const read = new Set<string>();
  return async (address) => {
    const untilMs = Date.now() + MAIL_LIMIT_MS;
    for (;;) {
      const names = (await readdir(folder).catch(() => [])).filter((name) => /^[^.].*\.eml$/.test(name));
      for (const name of names.filter((one) => !read.has(one)).sort()) {
        const mail = readOwnMail(await readFile(join(folder, name)));
        const [, link] = /(http:\/\/\S+\/sign-in\/link\/\S+)/.exec(mail.text) ?? [];
        if (mail.to !== address || link === undefined) continue;
        read.add(name);
        return link;
      }
      if (Date.now() > untilMs) throw new Error(`no mail with a link came to ${address}`);
      await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    }
  };
}

/** The links in mails name the port before anybody listens at it. */
function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createSocket();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
