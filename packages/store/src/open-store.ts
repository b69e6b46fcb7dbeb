/** Opens the store: finds the database, brings its schema up to date, puts the tables' doors together. */
import { randomUUID } from "node:crypto";
import type { Clock } from "@paperwire/domain";
import { sql } from "kysely";
import { monotonicFactory } from "ulid";
import { createAccountStore } from "./accounts.ts";
import { createApiTokenStore } from "./api-tokens.ts";
import { createCitationStore } from "./citations.ts";
import { createClaimStore } from "./claims.ts";
import { createCollectionStore } from "./collections.ts";
import { createCommentStore } from "./comments.ts";
import { communityAt } from "./community-counter.ts";
import { createDatabase, type Database } from "./database.ts";
import { createDeliveryStore } from "./deliveries.ts";
import { createDeskStore } from "./desk.ts";
import { createDigestStore } from "./digests.ts";
import { createEditionStore } from "./editions.ts";
import { createHubPingStore } from "./hub-pings.ts";
import { createInviteStore } from "./invites.ts";
import { createJobStore } from "./jobs.ts";
import { createLedgerStore } from "./ledger.ts";
import { createLinkStore } from "./links.ts";
import { createLookStore } from "./looks.ts";
import { createMergeStore } from "./merge-records.ts";
import { migrate } from "./migrate.ts";
import { createModerationStore } from "./moderation.ts";
import { createNotificationStore } from "./notifications.ts";
import { type OpenDatabase, openDatabase, type StoreLocation } from "./open-database.ts";
import { createOutboxStore } from "./outbox.ts";
import { createPaperStore } from "./papers.ts";
import { createPrivateFeedStore } from "./private-feeds.ts";
import { createRateWindowStore } from "./rate-windows.ts";
import { createSessionStore } from "./sessions.ts";
import { createSettingStore } from "./settings.ts";
import { createSourceStore } from "./sources.ts";
import type { Store } from "./store.ts";
import { createSubmissionStore } from "./submissions.ts";
import { createSubscriberStore } from "./subscribers.ts";
import { createSuppressionStore } from "./suppressions.ts";
import { createTrendingStore } from "./trending.ts";
import { createUpvoteStore } from "./upvotes.ts";

export type StoreOptions = { location: StoreLocation; clock: Clock };

/**
 * @throws DomainError `conflict`: the data folder is in use
 * @throws Error  the database cannot be reached, is newer than this program, or has edited migrations
 */
export async function openStore({ location, clock }: StoreOptions): Promise<Store> {
  const open = await openDatabase(location);
  try {
    const database = createDatabase(open.pool);
    await migrate(database);
    await startEpoch(database);
    return createStore(database, clock, open);
  } catch (error) {
    await open.close();
    throw error;
  }
}

function createStore(database: Database, clock: Clock, open: OpenDatabase): Store {
  const ulid = monotonicFactory();
  const newId = () => ulid(clock());
  return {
    papers: createPaperStore(database, newId, clock),
    editions: createEditionStore(database),
    subscribers: createSubscriberStore(database, newId, clock),
    suppressions: createSuppressionStore(database, clock),
    digests: createDigestStore(database, clock),
    deliveries: createDeliveryStore(database, newId, clock),
    outbox: createOutboxStore(database, newId, clock),
    hubPings: createHubPingStore(database, clock),
    privateFeeds: createPrivateFeedStore(database, clock),
    settings: createSettingStore(database),
    sources: createSourceStore(database, clock),
    links: createLinkStore(database, clock),
    citations: createCitationStore(database, clock),
    jobs: createJobStore(database, clock),
    accounts: createAccountStore(database, clock),
    upvotes: createUpvoteStore(database, clock),
    submissions: createSubmissionStore(database, newId, clock),
    desk: createDeskStore(database, clock),
    notifications: createNotificationStore(database, newId, clock),
    merges: createMergeStore(database, newId, clock),
    ledger: createLedgerStore(database),
    trending: createTrendingStore(database),
    comments: createCommentStore(database, newId, clock),
    claims: createClaimStore(database, newId, clock),
    moderation: createModerationStore(database, newId, clock),
    collections: createCollectionStore(database, newId, clock),
    invites: createInviteStore(database, newId, clock),
    looks: createLookStore(database, clock),
    sessions: createSessionStore(database, clock),
    apiTokens: createApiTokenStore(database, newId, clock),
    rateWindows: createRateWindowStore(database, clock),
    authDatabase: { kysely: database, newId },
    version: async () => {
      const { rows } = await sql<{ value: number }>`select value from revision_counter`.execute(database);
      return rows[0]!.value;
    },
    activity: () => communityAt(database),
    epoch: async () => {
      const { rows } = await sql<{ value: string }>`select value from settings where key = 'epoch'`.execute(database);
      return rows[0]!.value;
    },
    tidy: async () => {
      await sql`vacuum (analyze)`.execute(database);
    },
    ping: async () => {
      await sql`select 1`.execute(database);
    },
    close: () => open.close(),
  };
}

/** A database that has none gets its first epoch. */
async function startEpoch(database: Database): Promise<void> {
  await sql`
    insert into settings (key, value) values ('epoch', ${randomUUID()}) on conflict (key) do nothing`.execute(database);
}
