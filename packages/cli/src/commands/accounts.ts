/** `paperwire accounts`: what only the operator may do, also where nobody can sign in any more. */
import { LINK_MINUTES } from "@paperwire/accounts";
import { conflict, invalid, notFound, ROLES } from "@paperwire/domain";
import { parseMailAddress } from "@paperwire/mail";
import type { Store, StoredAccount } from "@paperwire/store";
import { pino } from "pino";
import type { Config } from "../config.ts";
import { openAccounts } from "../open-accounts.ts";
import { baseUrlOf } from "../open-mail.ts";
import { withStore } from "../open-stores.ts";
import { say, type Terminal } from "../terminal.ts";

const ACCOUNTS_LISTED = 1_000;

export type AccountsOptions = { json?: boolean };

export function listAccountsCommand(
  search: string,
  { json = false }: AccountsOptions,
  config: Config,
  terminal: Terminal,
): Promise<void> {
  return withStore(config, terminal, async (store) => {
    const { items, total } = await store.accounts.list({ limit: ACCOUNTS_LISTED, offset: 0, search });
    if (json) return say(terminal, JSON.stringify({ total, accounts: items.map(shown) }));
    for (const { handle, role, email, createdAt } of items) {
      say(terminal, `@${handle}\t${role}\t${email}\tsince ${createdAt.toISOString().slice(0, 10)}`);
    }
    if (total > items.length) say(terminal, `… and ${total - items.length} more; say a part of the handle or address.`);
    if (total === 0) say(terminal, "There is no such account.");
  });
}

const shown = ({ id, handle, name, email, emailVerified, role, trust, createdAt }: StoredAccount) => ({
  id,
  handle,
  name,
  email,
  emailVerified,
  role,
  trust,
  createdAt: createdAt.toISOString(),
});

type EmailWish = { who: string; email: string };
type RoleWish = { who: string; role: string };

export async function setRoleCommand(
  { who, role }: RoleWish,
  { json = false }: AccountsOptions,
  config: Config,
  terminal: Terminal,
): Promise<void> {
  const known = ROLES.find((one) => one === role);
  if (!known) throw invalid(`A role is one of ${ROLES.join(", ")}.`);
  await withStore(config, terminal, async (store) => {
    const account = await accountOf(store, who);
    if ((await store.accounts.setRole(account.id, known)) === "last-admin") {
      throw conflict("That is the only administrator. Make somebody else one first.");
    }
    const { handle } = account;
    say(terminal, json ? JSON.stringify({ handle, role: known, before: account.role }) : `@${handle} is ${known} now.`);
  });
}

/** For who lost the mailbox that a change would need: the operator has made sure who asks. */
export async function setEmailCommand(
  { who, email }: EmailWish,
  { json = false }: AccountsOptions,
  config: Config,
  terminal: Terminal,
): Promise<void> {
  const { key } = parseMailAddress(email);
  await withStore(config, terminal, async (store) => {
    const account = await accountOf(store, who);
    if ((await store.accounts.setEmail(account.id, key)) === "taken") {
      throw conflict("Another account has that address.");
    }
    const { handle } = account;
    say(terminal, json ? JSON.stringify({ handle, email: key }) : `@${handle} signs in with ${key} now.`);
  });
}

/** Prints a link that signs in, for whoever cannot get mail. */
export function linkCommand(
  who: string,
  { json = false }: AccountsOptions,
  config: Config,
  terminal: Terminal,
): Promise<void> {
  return withStore(config, terminal, async (store) => {
    const account = await accountOf(store, who);
    const logger = pino({ level: config.logLevel, base: null }, terminal.stderr);
    const signIn = await openAccounts(config, { store, logger, clock: terminal.clock });
    const token = await signIn.makeLink(account.email);
    const url = `${baseUrlOf(config)}/sign-in/link/${token}`;
    if (json) return say(terminal, JSON.stringify({ handle: account.handle, url, minutes: LINK_MINUTES }));
    say(terminal, `Signs @${account.handle} in, once, within ${LINK_MINUTES} minutes:`);
    say(terminal, url);
  });
}

/** @param who handle, with or without its @, or address @throws DomainError `not-found` */
async function accountOf({ accounts }: Store, who: string): Promise<StoredAccount> {
  const name = who.trim().toLowerCase().replace(/^@/, "");
  const byHandle = name.includes("@") ? null : await accounts.findByHandle(name);
  const found = byHandle ? await accounts.findStored(byHandle.id) : await accounts.findByEmail(name);
  if (!found) throw notFound(`There is no account ${who}.`);
  return found;
}
