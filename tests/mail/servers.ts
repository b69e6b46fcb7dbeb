/** Debian's own mail servers on loopback, for tests: postfix takes and forwards, dovecot keeps a mailbox. */
import { execFile, spawn } from "node:child_process";
import { existsSync } from "node:fs";
import { chmod, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";

const run = promisify(execFile);
const testdata = (name: string) => fileURLToPath(new URL(`../../packages/mail/testdata/${name}`, import.meta.url));
export const CERTIFICATE = testdata("self-signed.crt");
const KEY = testdata("self-signed.key");
const START_TRIES = 100;
const TRY_EVERY_MS = 100;

/** Whose mailbox is there. */
export const MAILBOX_USER = "reports";

export type RunningServer = { port: number; folder: string; close(): Promise<void> };

/** Why it cannot run here; null where it can. */
export function whyNoPostfix(): string | null {
  if (!existsSync("/usr/sbin/postfix")) return "postfix is not installed (apt-get install postfix)";
  return process.getuid?.() === 0 ? null : "postfix starts as root only";
}

export function whyNoDovecot(): string | null {
  return existsSync("/usr/sbin/dovecot") ? null : "dovecot is not installed (apt-get install dovecot-imapd)";
}

/** Offers STARTTLS, takes mail for everybody, and hands it on to `relayPort`. */
export async function startPostfix({ relayPort }: { relayPort: number }): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), "paperwire-postfix-"));
  // Its own user must reach its folders.
  await chmod(folder, 0o755);
  const port = await freePort();
  const [config, queue, data] = ["config", "queue", "data"].map((name) => join(folder, name)) as [
    string,
    string,
    string,
  ];
  for (const one of [config, queue, data]) await mkdir(one);
  await run("chown", ["postfix", data]);
  await writeFile(
    join(config, "main.cf"),
    `compatibility_level = 3.6
queue_directory = ${queue}
data_directory = ${data}
maillog_file = ${join(folder, "log")}
maillog_file_prefixes = ${folder}
myhostname = mail.example.org
mydestination =
mynetworks = 127.0.0.0/8
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
relayhost = [127.0.0.1]:${relayPort}
smtp_tls_security_level = none
smtp_dns_support_level = disabled
smtpd_tls_security_level = may
smtpd_tls_cert_file = ${CERTIFICATE}
smtpd_tls_key_file = ${KEY}
smtpd_tls_auth_only = yes
smtpd_tls_received_header = yes
smtpd_recipient_restrictions = permit_mynetworks, reject
smtpd_peername_lookup = no
queue_run_delay = 2s
alias_maps =
alias_database =
local_recipient_maps =
recipient_delimiter = +
`,
  );
  const services: [string, string, string, string][] = [
    [`127.0.0.1:${port}`, "inet", "n", "smtpd"],
    ["pickup", "unix", "n", "pickup"],
    ["cleanup", "unix", "n", "cleanup"],
    ["qmgr", "unix", "n", "qmgr"],
    ["tlsmgr", "unix", "-", "tlsmgr"],
    ["rewrite", "unix", "-", "trivial-rewrite"],
    ["bounce", "unix", "-", "bounce"],
    ["defer", "unix", "-", "bounce"],
    ["trace", "unix", "-", "bounce"],
    ["smtp", "unix", "-", "smtp"],
    ["relay", "unix", "-", "smtp"],
    ["error", "unix", "-", "error"],
    ["retry", "unix", "-", "error"],
    ["anvil", "unix", "-", "anvil"],
    ["scache", "unix", "-", "scache"],
    ["proxymap", "unix", "-", "proxymap"],
    ["postlog", "unix-dgram", "n", "postlogd"],
  ];
  const wake: Record<string, string> = { pickup: "60", qmgr: "2", tlsmgr: "1000?" };
  const one: Record<string, string> = { pickup: "1", qmgr: "1", tlsmgr: "1", anvil: "1", scache: "1", postlog: "1" };
  const lines = services.map(
    ([name, type, isPrivate, command]) =>
      `${name} ${type} ${isPrivate} - n ${wake[name] ?? "-"} ${one[name] ?? (name === "cleanup" || name === "bounce" || name === "defer" || name === "trace" ? "0" : "-")} ${command}`,
  );
  await writeFile(join(config, "master.cf"), `${lines.join("\n")}\n`);
  await run("postfix", ["-c", config, "start"]);
  await waitForPort(port);
  return {
    port,
    folder,
    close: async () => {
      await run("postfix", ["-c", config, "stop"]).catch(() => undefined);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** A mailbox by IMAP over TLS for any user with the password `secret`; mails lie in `<folder>/mail/<user>`. */
export async function startDovecot(): Promise<RunningServer> {
  const folder = await mkdtemp(join(tmpdir(), "paperwire-dovecot-"));
  const port = await freePort();
  const { stdout: user } = await run("id", ["-un"]);
  const { stdout: group } = await run("id", ["-gn"]);
  // The part that talks to strangers refuses to be root; Debian's package makes accounts for it.
  const isRoot = process.getuid!() === 0;
  const account = isRoot ? "dovecot" : user.trim();
  const accountGroup = isRoot ? "dovecot" : group.trim();
  const loginAccount = isRoot ? "dovenull" : account;
  await chmod(folder, 0o755);
  for (const part of ["new", "cur", "tmp"]) await mkdir(join(folder, "mail", MAILBOX_USER, part), { recursive: true });
  if (isRoot) await run("chown", ["-R", `${account}:${accountGroup}`, join(folder, "mail")]);
  await writeFile(
    join(folder, "dovecot.conf"),
    `base_dir = ${folder}/run
log_path = ${folder}/log
protocols = imap
listen = 127.0.0.1
ssl = required
ssl_cert = <${CERTIFICATE}
ssl_key = <${KEY}
mail_location = maildir:${folder}/mail/%u
default_internal_user = ${account}
default_internal_group = ${accountGroup}
default_login_user = ${loginAccount}
first_valid_uid = 0
first_valid_gid = 0
passdb {
  driver = static
  args = password=secret
}
userdb {
  driver = static
  args = uid=${account} gid=${accountGroup} home=${folder}/mail/%u
}
service imap-login {
  chroot =
  inet_listener imap {
    port = 0
  }
  inet_listener imaps {
    port = ${port}
  }
}
service anvil {
  chroot =
}
service stats {
  chroot =
}
`,
  );
  const server = spawn("/usr/sbin/dovecot", ["-F", "-c", join(folder, "dovecot.conf")], { stdio: "ignore" });
  const ended = new Promise((resolve) => server.on("exit", resolve));
  await waitForPort(port);
  return {
    port,
    folder,
    close: async () => {
      server.kill("SIGTERM");
      await ended;
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address() as { port: number };
      server.close(() => resolve(port));
    });
  });
}

async function waitForPort(port: number): Promise<void> {
  for (let tries = 0; tries < START_TRIES; tries++) {
    if (await answers(port)) return;
    await new Promise((resolve) => setTimeout(resolve, TRY_EVERY_MS));
  }
  throw new Error(`nothing listens at port ${port}`);
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, "127.0.0.1");
    socket.on("connect", () => {
      socket.destroy();
      resolve(true);
    });
    socket.on("error", () => resolve(false));
  });
}
