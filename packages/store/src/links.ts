/** Links that papers name: noted, looked at in turn, and told with their history. */
import type { Clock, EditionDate, Link, LinkEvent, LinkState, PaperLinkHistory } from "@paperwire/domain";
import { LIMITS, watchedUrl } from "@paperwire/domain";
import { sql } from "kysely";
import type { Database } from "./database.ts";
import type { DueLink, LinkCheck, LinkStore, NamedLinks } from "./link-store.ts";
import { saveMark } from "./source-marks.ts";
import type { SourceMark } from "./source-store.ts";
import { thinOut } from "./thin-out.ts";

const MOST_DUE = 500;
/** Days of stars that a page draws. */
const STARS_SHOWN = 120;

export function createLinkStore(database: Database, clock: Clock): LinkStore {
  const now = () => new Date(clock()).toISOString();
  return {
    note: (named, mark) => note(database, named, now(), mark),
    listDue: (limit) => listDue(database, now(), limit),
    countDue: async () => {
      const { rows } = await sql<{ count: number }>`
        select count(*) as count from watched_links where due_at <= ${now()}::timestamptz`.execute(database);
      return rows[0]!.count;
    },
    record: (checks) => record(database, checks),
    postpone: async (prefix, dueAt) => {
      await sql`
        update watched_links set due_at = ${dueAt}::timestamptz
        where due_at < ${dueAt}::timestamptz and starts_with(url, ${prefix})`.execute(database);
    },
    historyOf: (id) => historyOf(database, id),
    thinStars: () =>
      database
        .transaction()
        .execute((trx) =>
          thinOut(trx, { table: "link_stars", series: ["url"], today: new Date(clock()).toISOString() }),
        ),
    totals: async () => {
      const { rows } = await sql<{ state: string; count: number }>`
        select state, count(*) as count from watched_links group by state`.execute(database);
      return Object.fromEntries(rows.map(({ state, count }) => [state, count]));
    },
  };
}

async function note(database: Database, named: readonly NamedLinks[], at: string, mark?: SourceMark): Promise<void> {
  const links = named.flatMap(({ paperId, links, since }) =>
    links.map(({ url, kind, label, isPromised }) => ({
      paper_id: paperId,
      url,
      kind,
      label,
      is_promised: isPromised,
      since,
    })),
  );
  const promises = named
    .filter(({ promise }) => promise !== null)
    .map(({ paperId, promise, since }) => ({ paper_id: paperId, said: promise, since }));
  await database.transaction().execute(async (trx) => {
    if (links.length > 0) {
      const json = JSON.stringify(links);
      await sql`
        insert into watched_links (url, due_at)
        select distinct url, ${at}::timestamptz from jsonb_to_recordset(${json}::jsonb) as r (url text)
        order by url on conflict (url) do nothing`.execute(trx);
      // A paper may have been merged into another since it was read.
      await sql`
        insert into paper_links (paper_id, url, kind, label, is_promised, since)
        select r.paper_id, r.url, r.kind, r.label, r.is_promised, r.since
        from jsonb_to_recordset(${json}::jsonb) as r (paper_id text, url text, kind text, label text,
          is_promised boolean, since date)
        join papers p on p.id = r.paper_id
        on conflict (paper_id, url) do nothing`.execute(trx);
    }
    if (promises.length > 0) {
      await sql`
        insert into paper_promises (paper_id, said, since)
        select r.paper_id, r.said, r.since
        from jsonb_to_recordset(${JSON.stringify(promises)}::jsonb) as r (paper_id text, said text, since date)
        join papers p on p.id = r.paper_id
        on conflict (paper_id) do nothing`.execute(trx);
    }
    if (mark) await saveMark(trx, mark, at);
  });
}

async function listDue(database: Database, now: string, limit: number): Promise<DueLink[]> {
  const { rows } = await sql<DueLink>`
    select url, state, misses, etag from watched_links where due_at <= ${now}::timestamptz
    order by due_at, url limit ${Math.min(limit, MOST_DUE)}`.execute(database);
  return rows;
}

async function record(database: Database, checks: readonly LinkCheck[]): Promise<void> {
  if (checks.length > MOST_DUE) throw new RangeError(`${checks.length} looks at once; at most ${MOST_DUE}`);
  if (checks.length === 0) return;
  await database.transaction().execute(async (trx) => {
    // Writers of papers take this lock first, so that revisions commit in their own order.
    const counter = await sql<{ value: number }>`select value from revision_counter for update`.execute(trx);
    let revision = counter.rows[0]!.value;
    const before = revision;
    let isShown = false;
    for (const check of checks) {
      isShown = (await recordOne(trx, check)) || isShown;
      revision += await tellPapers(trx, { url: check.url, state: check.state, stars: check.facts?.stars }, revision);
    }
    // What links came to is on the papers' pages, which are made anew when this number moves.
    const steps = Math.max(revision - before, isShown ? 1 : 0);
    if (steps > 0) await sql`update revision_counter set value = value + ${steps}`.execute(trx);
  });
}

/** @returns true where a page shows something else now; the day of the last look alone is not worth it */
async function recordOne(trx: Database, check: LinkCheck): Promise<boolean> {
  const { url, state, misses, day, event, checkedAt, dueAt, facts, reason } = check;
  const license = sql`case when ${facts !== undefined} then ${facts?.license ?? null} else w.license end`;
  const changedAt = sql`case when ${facts !== undefined} then ${facts?.changedAt ?? null}::timestamptz else w.changed_at end`;
  const { rows } = await sql<{ changed: boolean }>`
    update watched_links w set state = ${state}, misses = ${misses}, checked_at = ${checkedAt}::timestamptz,
      due_at = ${dueAt}::timestamptz, reason = ${reason}, etag = coalesce(${facts?.etag ?? null}, w.etag),
      license = ${license}, changed_at = ${changedAt},
      is_archived = case when ${facts !== undefined} then ${facts?.isArchived ?? false} else w.is_archived end
    from (select * from watched_links where url = ${url} for update) old
    where w.url = old.url
    returning (old.checked_at is null or (old.state, old.license, old.changed_at, old.is_archived, old.reason)
      is distinct from (w.state, w.license, w.changed_at, w.is_archived, w.reason)) as changed`.execute(trx);
  if (!rows[0]) return false;
  if (event !== null) {
    await sql`
      insert into link_events (url, day, event) values (${url}, ${day}::date, ${event}) on conflict do nothing`.execute(
      trx,
    );
  }
  if (facts?.stars !== undefined) {
    await sql`
      insert into link_stars (url, day, stars) values (${url}, ${day}::date, ${facts.stars})
      on conflict (url, day) do update set stars = excluded.stars`.execute(trx);
  }
  return rows[0].changed;
}

type Told = { url: string; state: LinkState; stars: number | undefined };

/** @returns papers whose links changed */
async function tellPapers(trx: Database, { url, state, stars }: Told, before: number): Promise<number> {
  const { rows } = await sql<{ id: string; links: Link[]; kind: Link["kind"]; label: string | null }>`
    select p.id, p.links, l.kind, l.label from paper_links l join papers p on p.id = l.paper_id
    where l.url = ${url} order by p.id for update of p`.execute(trx);
  const isThere = state === "there" || state === "empty";
  const changed = rows
    .map(({ id, links, kind, label }) => {
      const known = links.some((link) => watchedUrl(link) === url);
      const told = links.map((link) => (watchedUrl(link) === url && stars !== undefined ? { ...link, stars } : link));
      const found: Link = {
        kind,
        url,
        ...(label === null ? {} : { label }),
        ...(stars === undefined ? {} : { stars }),
      };
      const all = known || !isThere || links.length >= LIMITS.links ? told : [...told, found];
      return { id, before: JSON.stringify(links), links: all };
    })
    .filter((one) => JSON.stringify(one.links) !== one.before);
  if (changed.length === 0) return 0;
  const rowsToWrite = changed.map(({ id, links }, at) => ({ id, links, revision: before + 1 + at }));
  await sql`
    update papers p set links = r.links, revision = r.revision
    from jsonb_to_recordset(${JSON.stringify(rowsToWrite)}::jsonb) as r (id text, links jsonb, revision bigint)
    where p.id = r.id`.execute(trx);
  return changed.length;
}

type LinkRow = {
  url: string;
  kind: string;
  state: LinkState;
  since: EditionDate;
  isPromised: boolean;
  license: string | null;
  changedAt: string | null;
  isArchived: boolean;
  checkedAt: string | null;
  reason: string | null;
  events: { day: EditionDate; event: LinkEvent }[];
  stars: { day: EditionDate; stars: number }[];
};

async function historyOf(database: Database, id: string): Promise<PaperLinkHistory> {
  const links = await sql<LinkRow>`
    select w.url, l.kind, w.state, l.since, l.is_promised as "isPromised", w.license, w.changed_at as "changedAt",
      w.is_archived as "isArchived", w.checked_at as "checkedAt", w.reason,
      coalesce((select jsonb_agg(jsonb_build_object('day', e.day, 'event', e.event) order by e.day, e.event)
        from link_events e where e.url = w.url), '[]') as events,
      coalesce((select jsonb_agg(jsonb_build_object('day', s.day, 'stars', s.stars) order by s.day)
        from (select day, stars from link_stars where url = w.url order by day desc limit ${STARS_SHOWN}) s), '[]')
        as stars
    from paper_links l join watched_links w on w.url = l.url
    where l.paper_id = ${id} order by l.kind, w.url limit ${LIMITS.links}`.execute(database);
  const promise = await sql<{ said: string; since: EditionDate }>`
    select said, since from paper_promises where paper_id = ${id}`.execute(database);
  return { links: links.rows, promise: promise.rows[0] ?? null };
}
