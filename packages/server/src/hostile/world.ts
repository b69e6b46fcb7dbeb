/** A site where account A owns one of everything, with a secret word in each, and others look; for tests. */
import { hashSecret, newApiToken } from "@paperwire/accounts";
import { CookieJar } from "@paperwire/accounts/testing";
import { aboutAccount } from "@paperwire/community";
import type { Role } from "@paperwire/domain";
import type { TokenScope } from "@paperwire/store";
import { type AccountSite, type Browser, openAccountSite } from "../account/testing.ts";
import { privateFeedPath, renewPrivateFeed } from "../private-feeds.ts";
import { BASE_URL, record } from "../testing.ts";
import { changes, type Route } from "./route-table.ts";

/** A word in each private thing of A, and the least role that may read it beside A. */
export const SECRETS: Readonly<Record<string, Role | null>> = {
  zqcollection: null,
  zqtoken: null,
  zqbrowser: null,
  zqnotified: null,
  zqsubscriber: null,
  zqwished: null,
  zqinvite: null,
  zqnote: "curator",
  zqheld: "moderator",
  zqhidden: "moderator",
  zqclaim: "moderator",
  zqreport: "moderator",
  zqappeal: "moderator",
  zqmail: "admin",
};

export const PAPERS = { paper: "2503.00001", fresh: "2503.00002", other: "2503.00003", sent: "2503.00004" } as const;

export type Asker = { name: string; role: Role | null; headers: Readonly<Record<string, string>>; id?: string };

export type World = {
  site: AccountSite;
  /** Names of the table's braces. */
  things: Readonly<Record<string, string>>;
  owner: Browser & { id: string };
  /** A visitor, another reader, and one of each role; all with sessions. */
  others: readonly Asker[];
  /** Of an admin's account, so that only the scope can be what is missing. */
  tokens: readonly (Asker & { scope: TokenScope })[];
  /** Everything that is kept about A and its subscription, as one text. */
  snapshot(): Promise<string>;
  close(): Promise<void>;
};

const records = [
  record(PAPERS.paper, "A paper of Ada and Bela", {
    facts: { authors: [{ name: "Ada Author" }, { name: "Bela Author" }], keywords: ["Indexing"] },
    entry: { edition: "2025-03-28", upvotes: 3 },
  }),
  record(PAPERS.fresh, "A paper that nobody put forward"),
  record(PAPERS.other, "A paper that waits for a curator"),
  record(PAPERS.sent, "A paper whose note and picture a moderator hid"),
];

export async function openWorld(): Promise<World> {
  const site = await openAccountSite({ invites: "open" });
  await site.takeIn(records);
  const owner = await site.signedIn("zqmail-a@example.org", { handle: "owner" });
  const askers: Asker[] = [{ name: "a visitor", role: null, headers: {} }];
  for (const role of ["reader", "curator", "moderator", "admin"] as const) {
    const { jar, id } = await site.signedIn(`${role}@example.org`, { handle: `some-${role}`, role });
    askers.push({ name: `another ${role}`, role, id, headers: { cookie: jar.header } });
  }
  const admin = askers.at(-1)!;
  const things = await makeThings({ site, owner, moderator: askers[3]!.id! });
  const { store } = site;
  const snapshot = async () =>
    JSON.stringify([
      await store.accounts.exportData(owner.id),
      await aboutAccount(store, owner.id),
      await store.subscribers.exportData(things["subscriber"]!),
      await store.notifications.wishesOf(owner.id),
    ]);
  return {
    site,
    things,
    owner,
    others: askers,
    tokens: await Promise.all((["read", "vote", "write"] as const).map((scope) => tokenOf(site, admin.id!, scope))),
    snapshot,
    close: () => site.close(),
  };
}

async function tokenOf({ store }: AccountSite, accountId: string, scope: TokenScope) {
  const token = newApiToken();
  const order: TokenScope[] = ["read", "vote", "write"];
  const scopes = order.slice(0, order.indexOf(scope) + 1);
  await store.apiTokens.add({ accountId, name: scope, hash: hashSecret(token), scopes, expiresMs: null });
  const headers = { authorization: `Bearer ${token}` };
  return { name: `an admin's token to ${scope}`, role: "admin" as const, id: accountId, scope, headers };
}

type Making = { site: AccountSite; owner: Browser & { id: string }; moderator: string };

async function makeThings({ site, owner, moderator }: Making): Promise<Record<string, string>> {
  const by = owner.id;
  return {
    ...PAPERS,
    account: by,
    handle: "owner",
    passkey: "none",
    gone: "x".repeat(43),
    ...(await makeWords(site, by)),
    ...(await makePlea(site, { by, moderator })),
    ...(await makeHidden(site, { by, moderator })),
    ...(await makeDoors(site, by)),
    ...(await makeSubscription(site, by)),
  };
}

/** What A said: for itself, for moderators, for curators. */
async function makeWords({ store }: AccountSite, by: string) {
  const collection = (await store.collections.add(by, {
    title: "zqcollection",
    note: "zqcollection",
    isPrivate: true,
  }))!;
  await store.collections.put(by, collection, { paperId: PAPERS.paper });
  const written = (body: string, hold: string | null) =>
    store.comments.add({ paperId: PAPERS.paper, parentId: null, accountId: by, body, hold });
  const [comment, held] = [await written("Seen by all", null), await written("zqheld words", "for a look")];
  const claim = await store.claims.add({
    paperId: PAPERS.paper,
    authorName: "Ada Author",
    accountId: by,
    evidence: null,
    statement: "zqclaim",
  });
  const word = await store.claims.setWord({
    paperId: PAPERS.paper,
    accountId: by,
    kind: "summary",
    value: "Short",
    shown: { text: "Short", source: "A", generated: false, byAuthor: true },
  });
  const submission = await store.submissions.add({
    accountId: by,
    paperId: PAPERS.other,
    edition: "2025-03-31",
    state: "waiting",
    note: "zqnote",
    image: null,
    cap: { most: 9, sinceMs: 0 },
  });
  return {
    collection,
    slug: `papers-${collection.toLowerCase()}`,
    comment: comment.id,
    held: held.id,
    claim: typeof claim === "string" ? claim : claim.id,
    word: word!.id,
    submission,
  };
}

/** What a moderator did to A, what A says to it, and what A reported. */
async function makePlea({ store }: AccountSite, { by, moderator }: { by: string; moderator: string }) {
  const told = { words: "zqnotified", path: "/zqnotified", actorId: null, once: "zq", byMail: false };
  await store.notifications.add({ accountId: by, kind: "moderation", ...told });
  const { items } = await store.notifications.list(by, { limit: 1, offset: 0 });
  await store.moderation.flag({ subject: { kind: "paper", id: PAPERS.other }, by, reason: "spam", words: "zqreport" });
  const decided = await store.moderation.decide(moderator, {
    act: "set-trust",
    subject: { kind: "account", id: by },
    reason: "Known by now.",
    trust: 1,
  });
  await store.moderation.appeal({ logId: decided!.id, by, words: "zqappeal" });
  const [appeal] = await store.moderation.openAppeals();
  return { notification: items[0]!.id, log: decided!.id, appeal: appeal!.id };
}

/** What A sent with a paper that shows, and a moderator hid. */
async function makeHidden({ store }: AccountSite, { by, moderator }: { by: string; moderator: string }) {
  const picture = "c0de".repeat(8);
  const bytes = Buffer.from("zqhidden");
  const submission = await store.submissions.add({
    accountId: by,
    paperId: PAPERS.sent,
    edition: "2025-03-28",
    state: "shown",
    note: "zqhidden",
    image: { id: picture, type: "image/png", width: 1, height: 1, bytes, text: "zqhidden" },
    cap: { most: 9, sinceMs: 0 },
  });
  for (const kind of ["note", "picture"] as const) {
    const subject = { kind, id: submission };
    await store.moderation.decide(moderator, { act: `hide-${kind}`, subject, reason: "A home." });
  }
  return { picture };
}

/** Ways into A's account. */
async function makeDoors(site: AccountSite, by: string) {
  const { store } = site;
  const made = { accountId: by, name: "zqtoken", hash: hashSecret("zq"), scopes: ["read"] as const, expiresMs: null };
  const token = await store.apiTokens.add(made);
  await signInAs(site, "zqbrowser");
  const invite = { hash: "zq", note: "zqinvite", expiresMs: Date.now() + 1e9, most: 5, sinceMs: 0 };
  await store.accounts.askEmailChange({ id: by, email: "zqwished@example.org", hash: "x", untilMs: Date.now() + 1e7 });
  const [session] = await store.sessions.list(by);
  const { id } = (await store.invites.make({ accountId: by, ...invite }))!;
  return { token: token!.id, session: session!.id, invite: id };
}

/** Another browser of A, that says what it is. */
async function signInAs({ signIn }: AccountSite, userAgent: string): Promise<void> {
  const request = new CookieJar().request("/", { headers: { "user-agent": userAgent } });
  await signIn.openLink(await signIn.makeLink("zqmail-a@example.org"), request);
}

async function makeSubscription({ store, parts: { mail } }: AccountSite, accountId: string) {
  const ask = (email: string) => store.subscribers.request({ email, key: email, source: "web", text: "v" });
  const [first, second] = [await ask("zqsubscriber@example.org"), await ask("zqsubscriber-2@example.org")];
  const subscriber = await store.subscribers.confirm(first.mail === "confirm" ? first.confirmId : "");
  const { id } = subscriber!;
  await renewPrivateFeed({ store, mail }, id);
  const expiresMs = Date.now() + 300 * 86_400_000;
  const sign = (purpose: "confirm" | "manage" | "unsubscribe" | "quiet", subject: string) =>
    mail.tokens.sign({ purpose, subject, expiresMs });
  return {
    subscriber: id,
    manage: sign("manage", id),
    unsubscribe: sign("unsubscribe", id),
    confirm: sign("confirm", second.mail === "confirm" ? second.confirmId : ""),
    quiet: sign("quiet", accountId),
    feed: (await privateFeedPath({ store, mail }, id))!.replace("/feeds/", ""),
  };
}

export const fill = (text: string, things: Readonly<Record<string, string>>) =>
  text.replace(/(?<!\/:\w+)\{(\w+)\}/g, (all, name: string) => things[name] ?? all);

export type Asking = {
  things: Readonly<Record<string, string>>;
  headers?: Readonly<Record<string, string>>;
  /** Instead of those of the table. */
  fields?: Readonly<Record<string, string>>;
  /** Where the request says it comes from; by default a page of ours. */
  from?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string>>;
};

let asked = 0;
/** Each request comes from an address of its own: limits by address are another test's matter. */
const ownAddress = () => `2001:db8:${(++asked >> 16).toString(16)}:${(asked & 0xffff).toString(16)}::1`;

const OWN_PAGE = { "sec-fetch-site": "same-origin" };

/** The request of a row of the table. */
export function requestOf(
  route: Route,
  { things, headers: sent = {}, fields, from = OWN_PAGE, query = {} }: Asking,
): Request {
  const url = new URL(BASE_URL + fill(route.at, things));
  const headers = { "x-forwarded-for": ownAddress(), ...sent };
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  const { method } = route;
  if (!changes(route)) return new Request(url, { method, headers });
  // A test may put an object where a text belongs.
  const filled = (value: unknown) => (typeof value === "string" ? fill(value, things) : value);
  const texts = Object.entries(fields ?? route.fields ?? {}).map(([name, value]) => [name, filled(value)]);
  const body = route.json
    ? JSON.stringify(Object.fromEntries(texts))
    : new URLSearchParams(texts as [string, string][]);
  const type: Record<string, string> = route.json ? { "content-type": "application/json" } : {};
  return new Request(url, { method, headers: { ...type, ...from, ...headers }, body });
}
