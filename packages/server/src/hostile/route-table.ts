/**
 * Every route of the site: who may, whose object it names, which texts it takes, what strangers get. All tests of this
 * folder run over this table, and one of them fails where a route is missing here or there: who adds a route adds a line.
 */
import type { Role } from "@paperwire/domain";

/** What opens a route: nothing, an account of at least this role, a secret in its address, or a signature. */
export type Who = "everybody" | Role | "link" | "hook";

export type Route = {
  method: "GET" | "POST" | "PATCH" | "DELETE";
  /** As it is registered. */
  path: string;
  /** What a visitor gets who asks for `at`. */
  stranger: number;
  who: Who;
  /** An address to ask for; names in braces are things of account A, see `world.ts`. */
  at: string;
  /** The API token that opens it as well; absent where none does. `read` is least. */
  scope?: "read" | "vote" | "write";
  /** It names a thing that only its owner may touch: to all others it is as if that thing never was. */
  owned?: true;
  /** As a page sends them; names in braces as above. */
  fields?: Readonly<Record<string, string>>;
  /** Those of the fields that are a person's own words. */
  texts?: readonly string[];
  /** What it reads out of the query. */
  asks?: readonly string[];
  /** Names of fields and queries that say where to go afterwards. */
  leads?: readonly string[];
  json?: true;
};

type More = Partial<Omit<Route, "method" | "path" | "stranger">>;

const of =
  (method: Route["method"]) =>
  (path: string, stranger: number, more: More = {}): Route => ({
    method,
    path,
    stranger,
    who: "everybody",
    at: path,
    ...more,
  });
const get = of("GET");
const post = of("POST");
const patch = of("PATCH");
const remove = of("DELETE");

const FORMS = ["page", "window", "p", "limit"] as const;
const READER = { who: "reader", scope: "read" } as const;
const OWN = { who: "reader", owned: true } as const;
const WRITES = { who: "reader", scope: "write" } as const;

const ALIASES: readonly Route[] = [
  get("/papers", 302, { asks: ["q"] }),
  get("/papers/trending", 302),
  get("/papers/date/:name", 302, { at: "/papers/date/2025-03-28" }),
  get("/papers/week/:name", 302, { at: "/papers/week/2025-W13" }),
  get("/papers/month/:name", 302, { at: "/papers/month/2025-03" }),
  get("/feed", 301),
  get("/feed.xml", 301),
  get("/feed.atom", 301),
  get("/atom", 301),
  get("/atom.xml", 301),
  get("/index.xml", 301),
  get("/rss", 301),
  get("/rss.xml", 301),
  get("/feed.rss", 301),
  get("/feed.json", 301),
  get("/latest", 302),
  get("/day", 302),
  get("/week", 302),
  get("/month", 302),
];

const VOTE = { who: "reader", scope: "vote" } as const;
const COMMENT = { ...WRITES, json: true, fields: { comment: "Said by a program" }, texts: ["comment"] } as const;

/** Its fields are JSON where it has any. */
const COLLECTION = { ...OWN, scope: "write", json: true } as const;

const API: readonly Route[] = [
  get("/api/daily_papers", 200, { asks: ["date", "week", "month", "submitter", "sort", "p", "limit"] }),
  get("/api/trending", 200, { asks: ["window", "community", "fresh", "mine", "fields", "p", "limit"] }),
  get("/api/papers/search", 200, { asks: ["q", "limit"] }),
  get("/api/papers", 200, { asks: ["cursor", "limit"] }),
  get("/api/papers/:id", 200, { at: "/api/papers/{paper}?field=comments", asks: ["field"] }),
  get("/api/papers/:archive/:number", 404, { at: "/api/papers/hep-th/9901001" }),
  get("/api/arxiv/:id/repos", 200, { at: "/api/arxiv/{paper}/repos" }),
  get("/api/arxiv/:archive/:number/repos", 200, { at: "/api/arxiv/hep-th/9901001/repos" }),
  post("/api/papers/submit", 401, {
    ...WRITES,
    json: true,
    fields: { paper_id: "{fresh}", comment: "Why" },
    texts: ["paper_id", "comment"],
  }),
  post("/api/papers/:id/upvote", 401, { ...VOTE, at: "/api/papers/{paper}/upvote" }),
  remove("/api/papers/:id/upvote", 401, { ...VOTE, at: "/api/papers/{paper}/upvote" }),
  post("/api/papers/:archive/:number/upvote", 401, { ...VOTE, at: "/api/papers/hep-th/9901001/upvote" }),
  remove("/api/papers/:archive/:number/upvote", 401, { ...VOTE, at: "/api/papers/hep-th/9901001/upvote" }),
  post("/api/papers/:id/comment", 401, { ...COMMENT, at: "/api/papers/{paper}/comment" }),
  post("/api/papers/:id/comment/:commentId/reply", 401, {
    ...COMMENT,
    at: "/api/papers/{paper}/comment/{comment}/reply",
  }),
  get("/.well-known/openapi.json", 200),
  get("/api/collections", 200, { asks: ["owner", "q", "item", "limit", "p"] }),
  get("/api/collections/:owner/:slug", 404, { ...OWN, who: "everybody", at: "/api/collections/{handle}/{slug}" }),
  get("/api/whoami-v2", 401),
  post("/api/collections", 401, {
    ...WRITES,
    json: true,
    fields: { title: "By a program", description: "Its note" },
    texts: ["title", "description"],
  }),
  patch("/api/collections/:owner/:slug", 401, {
    ...COLLECTION,
    at: "/api/collections/{handle}/{slug}",
    fields: { title: "Taken", description: "Taken" },
    texts: ["title", "description"],
  }),
  remove("/api/collections/:owner/:slug", 401, { ...COLLECTION, at: "/api/collections/{handle}/{slug}" }),
  post("/api/collections/:owner/:slug/items", 401, { ...COLLECTION, at: "/api/collections/{handle}/{slug}/items" }),
  patch("/api/collections/:owner/:slug/items/:item", 401, {
    ...COLLECTION,
    at: "/api/collections/{handle}/{slug}/items/0123456789abcdef01234567",
    fields: { note: "Changed" },
    texts: ["note"],
  }),
  remove("/api/collections/:owner/:slug/items/:item", 401, {
    ...COLLECTION,
    at: "/api/collections/{handle}/{slug}/items/0123456789abcdef01234567",
  }),
];

const READING: readonly Route[] = [
  get("/", 200, { asks: FORMS }),
  get("/date/:date", 200, { at: "/date/2025-03-28", asks: FORMS }),
  get("/week/:week", 200, { at: "/week/2025-W13", asks: FORMS }),
  get("/month/:month", 200, { at: "/month/2025-03", asks: FORMS }),
  get("/trending", 200, { asks: ["window", "community", "fresh", "mine", "fields", "why", "page"] }),
  get("/topics/:word{.+}", 200, { at: "/topics/Indexing", asks: FORMS }),
  get("/authors/:name{.+}", 200, { at: "/authors/Ada%20Author", asks: FORMS }),
  get("/collections/:owner/:slug", 404, { ...OWN, who: "everybody", at: "/collections/{handle}/{slug}" }),
  get("/search", 200, { asks: ["q", "page", "from", "to", "sort", "field", "topic", "author"] }),
  get("/search/suggestions", 200, { asks: ["q"] }),
  get("/papers/:file{.+\\.(?:bib|ris|csl\\.json)}", 200, { at: "/papers/{paper}.bib" }),
  get("/papers/:feed{.+/comments\\.(?:atom|rss|json)}", 200, { at: "/papers/{paper}/comments.atom" }),
  get("/papers/:id{.+}", 200, { at: "/papers/{paper}", asks: ["comments", "from"] }),
  get("/feeds", 200),
  get("/about", 200),
  get("/sources", 200, { asks: ["month", "page"] }),
  get("/ledger", 200, { asks: ["page"] }),
  get("/ledger/:date", 404, { at: "/ledger/2025-03-28" }),
  get("/ledger/:date/content.json", 404, { at: "/ledger/2025-03-28/content.json" }),
  get("/merges", 200, { asks: ["page"] }),
  get("/digests", 200, { asks: ["page"] }),
  get("/digests/:name", 404, { at: "/digests/daily-2025-03-28" }),
  get("/:handle{@[a-z0-9-]+}", 200, { at: "/@{handle}", asks: ["page"] }),
  get("/moderation", 200, { asks: ["page"] }),
  get("/images/:file{[0-9a-f]{32}\\.(?:png|jpg)}", 404, { at: "/images/{picture}.png" }),
  get("/assets/:file", 404, { at: "/assets/none.js" }),
  get("/robots.txt", 200),
  get("/favicon.ico", 302),
  get("/healthz", 200),
  get("/readyz", 200),
  get("/metrics", 200),
];

const WISHES = {
  fields: { cadence: "weekly", papers: "5", upvotes: "0", topics: "cs.CL", hour: "7", zone: "UTC" },
  texts: ["cadence", "papers", "upvotes", "topics", "hour", "zone", "pause"],
} as const;
const LINK = { who: "link" } as const;

/** Who has the address may: there is no cookie to ride on, and no one-click mailer says where it comes from. */
const MAIL: readonly Route[] = [
  get("/subscribe", 200),
  get("/subscribe/thanks", 200),
  post("/subscribe", 303, { fields: { email: "new@example.org" }, texts: ["email"] }),
  post("/hooks/mail", 404, { who: "hook", json: true }),
  get("/subscription/confirm/:token", 200, { ...LINK, at: "/subscription/confirm/{confirm}" }),
  post("/subscription/confirm/:token", 200, { ...LINK, at: "/subscription/confirm/{confirm}" }),
  get("/unsubscribe/:token", 200, { ...LINK, at: "/unsubscribe/{unsubscribe}" }),
  post("/unsubscribe/:token", 200, { ...LINK, at: "/unsubscribe/{unsubscribe}" }),
  get("/subscription/:token", 200, { ...LINK, at: "/subscription/{manage}" }),
  post("/subscription/:token", 303, { ...LINK, at: "/subscription/{manage}", ...WISHES }),
  post("/subscription/:token/feed", 303, { ...LINK, at: "/subscription/{manage}/feed" }),
  post("/subscription/:token/feed/remove", 303, { ...LINK, at: "/subscription/{manage}/feed/remove" }),
  post("/subscription/:token/resume", 303, { ...LINK, at: "/subscription/{manage}/resume" }),
  get("/subscription/:token/data.json", 200, { ...LINK, at: "/subscription/{manage}/data.json" }),
  post("/subscription/:token/erase", 200, { ...LINK, at: "/subscription/{manage}/erase" }),
  get("/feeds/:token", 200, { ...LINK, at: "/feeds/{feed}.atom" }),
  get("/notifications/mail-off/:token", 200, { ...LINK, at: "/notifications/mail-off/{quiet}" }),
  post("/notifications/mail-off/:token", 200, { ...LINK, at: "/notifications/mail-off/{quiet}" }),
];

const NOTE = { fields: { what: "{fresh}" }, texts: ["what"] } as const;

const COMMUNITY: readonly Route[] = [
  get("/papers/:id{.+}/upvote", 303, { ...READER, at: "/papers/{paper}/upvote", leads: ["back"] }),
  post("/papers/:id{.+}/upvote", 303, {
    who: "reader",
    at: "/papers/{paper}/upvote",
    fields: { upvote: "on", back: "/" },
    leads: ["back"],
  }),
  get("/submit", 303, { ...READER, asks: ["what"] }),
  post("/submit", 401, { who: "reader", ...NOTE }),
  get("/submit/:id{.+}", 303, { ...READER, at: "/submit/{fresh}" }),
  post("/submit/:id{.+}", 401, {
    who: "reader",
    at: "/submit/{fresh}",
    fields: { note: "Worth reading", alt: "" },
    texts: ["note", "alt"],
  }),
  get("/submissions", 303, READER),
  post("/submissions/:id/undo", 401, { ...OWN, at: "/submissions/{submission}/undo" }),
  post("/comments", 401, { ...WRITES, fields: { paper: "{paper}", parent: "", body: "Said" }, texts: ["body"] }),
  post("/comments/preview", 401, { ...WRITES, fields: { paper: "{paper}", body: "Said" }, texts: ["body"] }),
  get("/comments/:id", 404, { ...OWN, who: "everybody", at: "/comments/{held}" }),
  get("/comments/:id/edit", 303, { ...OWN, scope: "read", at: "/comments/{held}/edit" }),
  post("/comments/:id/edit", 401, {
    ...OWN,
    scope: "write",
    at: "/comments/{held}/edit",
    fields: { body: "Changed", edits: "0" },
    texts: ["body"],
  }),
  post("/comments/:id/delete", 401, { ...OWN, scope: "write", at: "/comments/{held}/delete" }),
  post("/comments/:id/restore", 401, { ...OWN, scope: "write", at: "/comments/{held}/restore" }),
  post("/comments/:id/reactions", 401, {
    ...OWN,
    scope: "write",
    at: "/comments/{held}/reactions",
    fields: { on: "👍" },
  }),
  get("/comments/:id/history", 404, { ...OWN, who: "everybody", at: "/comments/{held}/history" }),
  get("/comments/:id/report", 302, { at: "/comments/{held}/report" }),
  get("/report", 303, { ...OWN, scope: "read", at: "/report?kind=comment&id={held}" }),
  post("/report", 401, {
    ...OWN,
    fields: { kind: "comment", id: "{held}", reason: "spam", words: "" },
    texts: ["words"],
  }),
  get("/claims", 303, READER),
  post("/claims", 401, {
    who: "reader",
    fields: { paper: "{paper}", author: "Bela Author", statement: "It is me" },
    texts: ["statement"],
  }),
  post("/claims/:id/withdraw", 401, { ...OWN, at: "/claims/{claim}/withdraw" }),
  post("/author-words", 401, {
    who: "reader",
    fields: { paper: "{paper}", kind: "summary", value: "In short" },
    texts: ["value"],
  }),
  post("/author-words/:id/revert", 401, { ...OWN, at: "/author-words/{word}/revert" }),
  get("/notifications", 303, { ...READER, asks: ["page"] }),
  post("/notifications/read", 401, {
    who: "reader",
    fields: { id: "{notification}", next: "/notifications" },
    leads: ["next"],
  }),
  post("/notifications/wishes", 401, { who: "reader", fields: { pace: "never" } }),
  get("/collections", 200),
  get("/collections/add", 303, { ...READER, at: "/collections/add?paper={paper}" }),
  post("/collections", 401, {
    ...WRITES,
    fields: { title: "Kept", note: "", paper: "{paper}" },
    texts: ["title", "note"],
  }),
  post("/collections/:id/edit", 401, {
    ...OWN,
    scope: "write",
    at: "/collections/{collection}/edit",
    fields: { title: "Taken", note: "" },
    texts: ["title", "note"],
  }),
  post("/collections/:id/delete", 401, { ...OWN, scope: "write", at: "/collections/{collection}/delete" }),
  post("/collections/:id/restore", 401, { ...OWN, scope: "write", at: "/collections/{collection}/restore" }),
  get("/collections/:id/export/:name", 303, {
    ...OWN,
    scope: "read",
    at: "/collections/{collection}/export/bibtex",
  }),
  post("/collections/:id/items", 401, {
    ...OWN,
    scope: "write",
    at: "/collections/{collection}/items",
    fields: { act: "note", paper: "{paper}", note: "Changed" },
    texts: ["note"],
  }),
];

const INVITES: readonly Route[] = [
  get("/invites/tree", 200, { asks: ["of"] }),
  get("/invites", 303, { ...READER, asks: ["said"] }),
  post("/invites", 401, { who: "reader", fields: { note: "Come and see", days: "7" }, texts: ["note"] }),
  post("/invites/revoke", 401, { ...OWN, fields: { id: "{invite}" } }),
  post("/invites/reopen", 401, { ...OWN, fields: { id: "{invite}" } }),
  get("/invited/:token", 404, { ...LINK, at: "/invited/{gone}" }),
];

const DOOR = { at: "/sign-in/link/{gone}", leads: ["next"], who: "link" } as const;

const ACCOUNT: readonly Route[] = [
  get("/sign-in", 200, { leads: ["next"], asks: ["error", "next"] }),
  post("/sign-in", 303, { fields: { email: "new@example.org", next: "/" }, texts: ["email"], leads: ["next"] }),
  get("/sign-in/sent", 200),
  get("/sign-in/link/:token", 404, DOOR),
  post("/sign-in/link/:token", 404, DOOR),
  post("/sign-out", 303),
  get("/welcome", 303, { who: "reader", leads: ["next"] }),
  post("/welcome", 401, {
    who: "reader",
    fields: { handle: "chosen", name: "Chosen", next: "/" },
    texts: ["handle", "name"],
    leads: ["next"],
  }),
  get("/first-admin/:token", 404, { ...LINK, at: "/first-admin/{gone}" }),
  post("/first-admin/:token", 404, { ...LINK, at: "/first-admin/{gone}", fields: { email: "root@example.org" } }),
  post("/sign-in/with/:provider", 404, { at: "/sign-in/with/oidc", fields: { next: "/" }, leads: ["next"] }),
  get("/auth/callback/:provider", 302, { at: "/auth/callback/oidc", asks: ["code", "state", "error"] }),
  post("/passkeys/register-options", 401, { who: "reader", json: true }),
  post("/passkeys/register", 401, { who: "reader", json: true }),
  post("/passkeys/sign-in-options", 200, { json: true }),
  post("/passkeys/sign-in", 400, { json: true }),
  get("/settings", 303, { who: "reader", asks: ["said"] }),
  post("/settings", 401, { who: "reader", fields: { handle: "renamed", name: "R" }, texts: ["handle", "name"] }),
  post("/settings/email", 401, { who: "reader", fields: { email: "moved@example.org" }, texts: ["email"] }),
  get("/settings/email/:token", 404, { ...LINK, at: "/settings/email/{gone}" }),
  post("/settings/email/:token", 404, { ...LINK, at: "/settings/email/{gone}" }),
  get("/settings/sign-in", 303, { who: "reader", asks: ["said", "error"] }),
  post("/settings/sessions/end", 401, { ...OWN, fields: { id: "{session}" } }),
  post("/settings/sessions/end-all", 401, { who: "reader" }),
  post("/settings/passkeys/remove", 401, { ...OWN, fields: { id: "{passkey}" } }),
  post("/settings/logins/remove", 401, { who: "reader", fields: { id: "github" } }),
  get("/settings/tokens", 303, { who: "reader", asks: ["said"] }),
  post("/settings/tokens", 401, { who: "reader", fields: { name: "T", scope: "read", days: "30" }, texts: ["name"] }),
  post("/settings/tokens/revoke", 401, { ...OWN, fields: { id: "{token}" } }),
  get("/settings/data", 303, { who: "reader" }),
  get("/settings/data.json", 303, { who: "reader" }),
  post("/settings/delete", 401, { who: "reader", fields: { handle: "nobody-like-that" }, texts: ["handle"] }),
];

const DATE = ":date{\\d{4}-\\d{2}-\\d{2}}";

const DESKS: readonly Route[] = [
  get("/desk", 302),
  get(`/desk/${DATE}`, 303, { who: "curator", at: "/desk/2025-03-31", asks: ["did", "paper", "submission"] }),
  get(`/desk/${DATE}/close`, 303, { who: "curator", at: "/desk/2025-03-31/close" }),
  post(`/desk/${DATE}/close`, 401, { who: "curator", at: "/desk/2025-03-30/close" }),
  post(`/desk/${DATE}/papers/:id{.+}`, 401, {
    who: "curator",
    at: "/desk/2025-03-31/papers/{paper}",
    fields: { act: "annotate", note: "Mind this", next: "" },
    texts: ["note"],
    leads: ["next"],
  }),
  post("/desk/submissions/:id", 401, {
    who: "curator",
    at: "/desk/submissions/{submission}",
    fields: { state: "declined", reason: "No" },
    texts: ["reason"],
  }),
  get("/desk/moderation", 303, { who: "moderator" }),
  post("/desk/moderation", 401, {
    who: "moderator",
    fields: {
      act: "hide-comment",
      kind: "comment",
      id: "{held}",
      reason: "Rude",
      days: "7",
      trust: "1",
      role: "admin",
    },
    texts: ["reason"],
  }),
  post("/desk/moderation/appeals/:id", 401, {
    who: "moderator",
    at: "/desk/moderation/appeals/{appeal}",
    fields: { verdict: "refuse", reason: "It stands" },
    texts: ["reason"],
  }),
  post("/moderation/:id/undo", 401, { who: "moderator", at: "/moderation/{log}/undo" }),
  post("/moderation/:id/appeal", 401, {
    who: "reader",
    at: "/moderation/{log}/appeal",
    fields: { words: "Unfair" },
    texts: ["words"],
  }),
  post("/merges", 401, { who: "moderator", fields: { keep: "{paper}", other: "{fresh}" }, texts: ["keep", "other"] }),
  post("/merges/:id/undo", 401, { who: "moderator", at: "/merges/none/undo" }),
  get("/desk/mail", 303, { who: "admin" }),
  post("/desk/mail/sending", 401, { who: "admin", fields: { act: "pause" } }),
  post("/desk/mail/digests/:name", 401, { who: "admin", at: "/desk/mail/digests/none", fields: { act: "pause" } }),
  post("/desk/mail/deliveries/:id", 401, {
    who: "admin",
    at: "/desk/mail/deliveries/none",
    fields: { verdict: "sent" },
  }),
  post("/desk/mail/posts/:id", 401, { who: "admin", at: "/desk/mail/posts/none", fields: { verdict: "sent" } }),
  get("/desk/mail/files/:name", 303, { who: "admin", at: "/desk/mail/files/none.eml" }),
  get("/desk/mail/files/:name/html", 303, { who: "admin", at: "/desk/mail/files/none.eml/html" }),
  get("/desk/mail/files/:name/raw", 303, { who: "admin", at: "/desk/mail/files/none.eml/raw" }),
  get("/admin/accounts", 303, { who: "admin", asks: ["q", "page", "saved"] }),
  post("/admin/accounts/role", 401, {
    who: "admin",
    fields: { id: "{account}", role: "curator", reason: "Help", q: "" },
    texts: ["reason", "q"],
  }),
];

export const ROUTES: readonly Route[] = [
  ...ALIASES,
  ...API,
  ...READING,
  ...MAIL,
  ...COMMUNITY,
  ...INVITES,
  ...ACCOUNT,
  ...DESKS,
];

/** What runs before a route, and is none. */
export const isRoute = ({ method, path }: { method: string; path: string }) =>
  method !== "ALL" && !(path === "/*" || path.endsWith("/*"));

export const changes = ({ method }: Pick<Route, "method">) => method !== "GET";
export const nameOf = ({ method, path }: { method: string; path: string }) => `${method} ${path}`;
