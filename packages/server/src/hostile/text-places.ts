/** Where each text that somebody sends turns up: the pages, feeds and answers that show it to others or to its writer. */

export type Place = {
  /** Characters that the field takes; more is refused. */
  chars: number;
  /** Addresses that show it afterwards; `{made}` is what the answer led to. */
  shows: readonly string[];
  /** Who looks: the writer, or an admin, whose desks show it. */
  as?: "admin";
  /** It is compared, looked up or read as a number, never kept: only the answer itself is looked at. */
  kept?: false;
};

const SPOKEN = ["/papers/{paper}", "/papers/{paper}/comments.atom", "/papers/{paper}/comments.json", "/@{me}"];
const ANSWER = { kept: false, shows: [] } as const;

/** By route and field of the table. */
export const PLACES: Readonly<Record<string, Place>> = {
  "POST /comments body": {
    chars: 10_000,
    shows: [...SPOKEN, "{made}", "/settings/data.json", "/api/papers/{paper}?field=comments"],
  },
  "POST /comments/preview body": { chars: 10_000, ...ANSWER },
  "POST /comments/:id/edit body": {
    chars: 10_000,
    shows: ["/comments/{own}/history", "/comments/{own}/edit", "/papers/{paper}"],
  },
  "POST /api/papers/:id/comment comment": { chars: 10_000, shows: SPOKEN },
  "POST /api/papers/:id/comment/:commentId/reply comment": { chars: 10_000, shows: SPOKEN },
  "POST /api/papers/submit paper_id": { chars: 500, ...ANSWER },
  "POST /api/papers/submit comment": { chars: 1_000, shows: ["/submissions"] },
  "POST /subscribe email": { chars: 250, ...ANSWER },
  "POST /subscription/:token cadence": { chars: 100, ...ANSWER },
  "POST /subscription/:token papers": { chars: 100, ...ANSWER },
  "POST /subscription/:token upvotes": { chars: 100, ...ANSWER },
  "POST /subscription/:token topics": {
    chars: 1_000,
    shows: ["/subscription/{manage}", "/feeds/{feed}.atom", "/feeds/{feed}.json"],
  },
  "POST /subscription/:token hour": { chars: 100, ...ANSWER },
  "POST /subscription/:token zone": { chars: 100, ...ANSWER },
  "POST /subscription/:token pause": { chars: 100, ...ANSWER },
  "POST /submit what": { chars: 500, ...ANSWER },
  "POST /submit/:id{.+} note": {
    chars: 1_000,
    shows: ["/submissions", "/desk/2025-03-31", "/date/2025-03-31", "/papers/{fresh}"],
  },
  "POST /submit/:id{.+} alt": { chars: 300, ...ANSWER },
  "POST /report words": { chars: 1_000, as: "admin", shows: ["/desk/moderation"] },
  "POST /claims statement": { chars: 1_000, as: "admin", shows: ["/desk/moderation", "/claims"] },
  "POST /author-words value": {
    chars: 500,
    shows: ["/papers/{own-paper}", "/papers/{own-paper}.md", "/api/papers/{own-paper}", "/"],
  },
  "POST /api/collections title": { chars: 120, shows: ["/collections", "/api/collections"] },
  "POST /api/collections description": { chars: 1_000, shows: ["/collections", "/api/collections"] },
  "PATCH /api/collections/:owner/:slug title": { chars: 120, shows: ["/collections/{handle}/{slug}", "/collections"] },
  "PATCH /api/collections/:owner/:slug description": { chars: 1_000, shows: ["/collections/{handle}/{slug}"] },
  // The same note as by form, below; the item named in the table is nobody's.
  "PATCH /api/collections/:owner/:slug/items/:item note": { chars: 1_000, ...ANSWER },
  "POST /collections title": { chars: 120, shows: ["/collections", "{made}", "{made}.atom", "/api/collections"] },
  "POST /collections note": { chars: 1_000, shows: ["{made}", "{made}.atom", "{made}.json", "/api/collections"] },
  "POST /collections/:id/edit title": { chars: 120, shows: ["{made}", "/collections"] },
  "POST /collections/:id/edit note": { chars: 1_000, shows: ["{made}", "{made}.atom"] },
  "POST /collections/:id/items note": { chars: 1_000, shows: ["{made}", "{made}.atom", "/api/collections"] },
  "POST /invites note": { chars: 200, shows: ["/invites"] },
  "POST /sign-in email": { chars: 250, ...ANSWER },
  "POST /welcome handle": { chars: 200, ...ANSWER },
  "POST /welcome name": { chars: 80, shows: ["/settings", "/@{me}", "/papers/{paper}"] },
  "POST /settings handle": { chars: 200, ...ANSWER },
  "POST /settings name": { chars: 80, shows: ["/settings", "/@{me}"] },
  "POST /settings/email email": { chars: 250, ...ANSWER },
  "POST /settings/tokens name": { chars: 60, shows: ["/settings/tokens"] },
  "POST /settings/delete handle": { chars: 200, ...ANSWER },
  "POST /desk/:date{\\d{4}-\\d{2}-\\d{2}}/papers/:id{.+} note": {
    chars: 500,
    as: "admin",
    shows: ["/desk/2025-03-28", "/date/2025-03-28"],
  },
  "POST /desk/submissions/:id reason": { chars: 500, as: "admin", shows: ["/submissions"] },
  "POST /desk/moderation reason": { chars: 500, as: "admin", shows: ["/moderation", "/desk/moderation", "/claims"] },
  "POST /desk/moderation/appeals/:id reason": { chars: 500, as: "admin", shows: ["/moderation", "/claims"] },
  "POST /moderation/:id/appeal words": { chars: 1_000, as: "admin", shows: ["/desk/moderation", "/claims"] },
  "POST /merges keep": { chars: 500, as: "admin", ...ANSWER },
  "POST /merges other": { chars: 500, as: "admin", ...ANSWER },
  "POST /admin/accounts/role reason": { chars: 500, as: "admin", shows: ["/moderation", "/admin/accounts"] },
  "POST /admin/accounts/role q": { chars: 100, as: "admin", shows: ["{made}"] },
};
