/** Invitations and the tree that grows of them. */
import type { AccountId, Clock, InviteNode } from "@paperwire/domain";
import { INVITE_LIMITS } from "@paperwire/domain";
import { sql } from "kysely";
import { moveCommunity } from "./community-counter.ts";
import type { Database } from "./database.ts";
import { type FormUse, type Made, makeOnce } from "./form-uses.ts";
import type { Page, PageRequest } from "./paging.ts";

export type Invite = {
  id: string;
  note: string;
  /** ISO 8601, UTC. */
  madeAt: string;
  expiresAt: string;
  state: "open" | "used" | "revoked" | "expired";
  usedAt: string | null;
  /** Handle of who came by it; null while nobody did, and once that account is deleted. */
  usedBy: string | null;
};

export type InviteStore = {
  /**
   * @param most links that are open or were used since `sinceMs`
   * @returns null where the account has made as many as it may
   */
  make(wish: {
    accountId: AccountId;
    hash: string;
    note: string;
    expiresMs: number;
    most: number;
    sinceMs: number;
    /** The form that asks for it. */
    use?: FormUse;
  }): Promise<Made | null>;
  /** Newest first; at most `INVITE_LIMITS.shown`. */
  list(accountId: AccountId): Promise<Invite[]>;
  /** Links that count against the limit of `make`. */
  countMade(accountId: AccountId, sinceMs: number): Promise<number>;
  /** @returns false where it was no open one of this account */
  revoke(accountId: AccountId, id: string): Promise<boolean>;
  /** Opens a revoked one again, while its time is not over and the limit not reached. */
  reopen(accountId: AccountId, id: string, limit: { most: number; sinceMs: number }): Promise<boolean>;
  /** Who invites by an open link; null for one that was used, revoked, has run out, or whose maker may not invite. */
  findOpen(hash: string): Promise<{ handle: string; name: string; note: string; expiresAt: string } | null>;
  /**
   * Keeps an open link for one sign-up: nobody else can use it until `untilMs`, however that ends.
   * @returns null where it is not open
   */
  hold(hash: string, untilMs: number): Promise<string | null>;
  /** Nobody signed up: the link is open again. */
  release(id: string): Promise<void>;
  /** Somebody did: their place in the tree, and `invited_by`, which is written once. */
  use(id: string, accountId: AccountId): Promise<void>;
  /** Those who came by no invitation and brought others, oldest first, each with all who came by them. */
  listTrees(page: PageRequest): Promise<Page<InviteNode>>;
  /** One account's place: those it came by, topmost first, and all who came by it. Empty where it stands in no tree. */
  treeOf(accountId: AccountId): Promise<{ above: InviteNode[]; below: InviteNode[] }>;
  exportOf(accountId: AccountId): Promise<object>;
};

/** Places of the tree that one page shows, and how deep it goes. */
export const TREE_NODES_MAX = 2_000;
const TREE_DEPTH_MAX = 50;

export function createInviteStore(database: Database, newId: () => string, clock: Clock): InviteStore {
  const now = () => new Date(clock()).toISOString();
  const within = <T>(act: (trx: Database) => Promise<T>) => database.transaction().execute(act);
  return {
    make: (wish) => within((trx) => make(trx, wish, { id: newId(), now: now() })),
    list: async (accountId) => {
      const { rows } = await sql<InviteRow>`
        ${invites(now())} where i.account_id = ${accountId}
        order by i.id desc limit ${INVITE_LIMITS.shown}`.execute(database);
      return rows;
    },
    countMade: (accountId, sinceMs) => countMade(database, { accountId, sinceMs, now: now() }),
    revoke: async (accountId, id) => {
      const { rows } = await sql`
        update invites set revoked_at = ${now()}::timestamptz
        where id = ${id} and account_id = ${accountId} and used_at is null and revoked_at is null
          and expires_at > ${now()}::timestamptz returning id`.execute(database);
      return rows.length > 0;
    },
    reopen: (accountId, id, limit) => within((trx) => reopen(trx, id, { accountId, ...limit, now: now() })),
    findOpen: async (hash) => {
      const { rows } = await sql<{ handle: string; name: string; note: string; expiresAt: string }>`
        select a.handle, a.name, i.note, i.expires_at as "expiresAt"
        from invites i join accounts a on a.id = i.account_id
        where i.hash = ${hash} and ${isOpen(now())}`.execute(database);
      return rows[0] ?? null;
    },
    hold: async (hash, untilMs) => {
      const { rows } = await sql<{ id: string }>`
        update invites i set held_until = ${new Date(untilMs).toISOString()}::timestamptz
        from accounts a where a.id = i.account_id and i.hash = ${hash} and ${isOpen(now())}
          and (i.held_until is null or i.held_until <= ${now()}::timestamptz)
        returning i.id`.execute(database);
      return rows[0]?.id ?? null;
    },
    release: async (id) => {
      await sql`update invites set held_until = null where id = ${id} and used_at is null`.execute(database);
    },
    use: (id, accountId) => within((trx) => use(trx, { id, accountId, newId, now: now() })),
    listTrees: (page) => listTrees(database, page, now()),
    treeOf: (accountId) => treeOf(database, accountId, now()),
    exportOf: async (accountId) => {
      const { rows } = await sql<{ row: object }>`
        select to_jsonb(i) - 'hash' - 'account_id' - 'used_by' as row from invites i
        where i.account_id = ${accountId} order by i.id`.execute(database);
      return rows.map(({ row }) => row);
    },
  };
}

/** Of invitation `i` by account `a`. */
const isOpen = (now: string) => sql`i.used_at is null and i.revoked_at is null
  and i.expires_at > ${now}::timestamptz and not a.invites_stopped
  and (a.suspended_until is null or a.suspended_until <= ${now}::timestamptz)`;

type InviteRow = Invite;

const invites = (now: string) => sql`
  select i.id, i.note, i.made_at as "madeAt", i.expires_at as "expiresAt", i.used_at as "usedAt", u.handle as "usedBy",
    case when i.used_at is not null then 'used' when i.revoked_at is not null then 'revoked'
      when i.expires_at <= ${now}::timestamptz then 'expired' else 'open' end as state
  from invites i left join accounts u on u.id = i.used_by`;

type Limit = { accountId: AccountId; sinceMs: number; now: string };

async function countMade(database: Database, { accountId, sinceMs, now }: Limit): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(*)::integer as count from invites where account_id = ${accountId}
      and made_at > ${new Date(sinceMs).toISOString()}::timestamptz
      and (used_at is not null or (revoked_at is null and expires_at > ${now}::timestamptz))`.execute(database);
  return rows[0]!.count;
}

/** Whoever counts holds the account's row, so two requests at once never make one too many. */
async function lockAccount(trx: Database, accountId: AccountId): Promise<void> {
  await sql`select id from accounts where id = ${accountId} for update`.execute(trx);
}

type Wish = Parameters<InviteStore["make"]>[0];
type At = { id: string; now: string };

const make = (trx: Database, wish: Wish, { id, now }: At): Promise<Made | null> =>
  makeOnce(trx, { id, accountId: wish.accountId, use: wish.use, now }, () => makeInvite(trx, wish, { id, now }));

async function makeInvite(
  trx: Database,
  { accountId, hash, note, expiresMs, most, sinceMs }: Wish,
  { id, now }: At,
): Promise<boolean> {
  await lockAccount(trx, accountId);
  if ((await countMade(trx, { accountId, sinceMs, now })) >= most) return false;
  // What came to nothing is forgotten after a window, so that no account fills the table.
  await sql`
    delete from invites where account_id = ${accountId} and used_at is null
      and least(coalesce(revoked_at, expires_at), expires_at) < ${new Date(sinceMs).toISOString()}::timestamptz`.execute(
    trx,
  );
  await sql`
    insert into invites (id, account_id, hash, note, made_at, expires_at)
    values (${id}, ${accountId}, ${hash}, ${note}, ${now}::timestamptz,
      ${new Date(expiresMs).toISOString()}::timestamptz)`.execute(trx);
  return true;
}

async function reopen(trx: Database, id: string, limit: Limit & { most: number }): Promise<boolean> {
  const { accountId, most, now } = limit;
  await lockAccount(trx, accountId);
  if ((await countMade(trx, limit)) >= most) return false;
  const { rows } = await sql`
    update invites set revoked_at = null
    where id = ${id} and account_id = ${accountId} and used_at is null and revoked_at is not null
      and expires_at > ${now}::timestamptz returning id`.execute(trx);
  return rows.length > 0;
}

type Use = { id: string; accountId: AccountId; newId: () => string; now: string };

async function use(trx: Database, { id, accountId, newId, now }: Use): Promise<void> {
  await moveCommunity(trx);
  const { rows } = await sql<{ account_id: AccountId }>`
    update invites set used_at = ${now}::timestamptz, used_by = ${accountId}, held_until = null
    where id = ${id} and used_at is null returning account_id`.execute(trx);
  const host = rows[0]?.account_id;
  if (host === undefined || host === accountId) return;
  const written = await sql`
    update accounts set invited_by = ${host} where id = ${accountId} and invited_by is null returning id`.execute(trx);
  if (written.rows.length === 0) return;
  await sql`
    insert into invite_tree (id, account_id, at) select ${newId()}, a.id, a.created_at from accounts a
    where a.id = ${host} on conflict (account_id) do nothing`.execute(trx);
  await sql`
    insert into invite_tree (id, parent, account_id, at)
    select ${newId()}, t.id, ${accountId}, ${now}::timestamptz from invite_tree t where t.account_id = ${host}
    on conflict (account_id) do nothing`.execute(trx);
}

/** Of place `t`. */
const node = (now: string) => sql`t.id, t.parent, a.handle, t.at,
  coalesce(a.suspended_until > ${now}::timestamptz, false) as suspended`;

async function listTrees(database: Database, { limit, offset }: PageRequest, now: string): Promise<Page<InviteNode>> {
  const { rows } = await sql<InviteNode>`
    with recursive tops as (
      select id from invite_tree where parent is null order by id limit ${limit} offset ${offset}),
    places as (
      select id, 0 as depth from tops
      union all
      select c.id, p.depth + 1 from places p join invite_tree c on c.parent = p.id where p.depth < ${TREE_DEPTH_MAX})
    select ${node(now)} from places p join invite_tree t on t.id = p.id left join accounts a on a.id = t.account_id
    order by p.depth, t.id limit ${TREE_NODES_MAX}`.execute(database);
  const total = await sql<{ total: number }>`
    select count(*)::integer as total from invite_tree where parent is null`.execute(database);
  return { items: rows, total: total.rows[0]!.total };
}

async function treeOf(database: Database, accountId: AccountId, now: string) {
  const above = await sql<InviteNode>`
    with recursive places as (
      select id, parent, 0 as depth from invite_tree where account_id = ${accountId}
      union all
      select u.id, u.parent, p.depth + 1 from places p join invite_tree u on u.id = p.parent
      where p.depth < ${TREE_DEPTH_MAX})
    select ${node(now)} from places p join invite_tree t on t.id = p.id left join accounts a on a.id = t.account_id
    where p.depth > 0 order by p.depth desc`.execute(database);
  const below = await sql<InviteNode>`
    with recursive places as (
      select id, 0 as depth from invite_tree where account_id = ${accountId}
      union all
      select c.id, p.depth + 1 from places p join invite_tree c on c.parent = p.id where p.depth < ${TREE_DEPTH_MAX})
    select ${node(now)} from places p join invite_tree t on t.id = p.id left join accounts a on a.id = t.account_id
    order by p.depth, t.id limit ${TREE_NODES_MAX}`.execute(database);
  return { above: above.rows, below: below.rows };
}
