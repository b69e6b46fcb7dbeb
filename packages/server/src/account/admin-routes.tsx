/** Who there is and what they may do: for administrators. */
import { createModeration } from "@paperwire/community";
import { invalid, ROLES } from "@paperwire/domain";
import type { StoredAccount } from "@paperwire/store";
import { type Context, Hono } from "hono";
import { changedBy } from "../changed-by.ts";
import { pageNumber, readRequest } from "../page.ts";
import { createRateLimiter } from "../rate-limit.ts";
import { readForm } from "../read-form.ts";
import { requestedBy } from "../requested-by.ts";
import type { Site } from "../site.ts";
import { readerUrl } from "../talk/comment-view.tsx";
import { Layout } from "../views/layout.tsx";
import { withQuery } from "../views/urls.ts";
import { type AccountParts, personal, SETTINGS_LIMIT, shower } from "./account-parts.ts";

const ACCOUNTS_SHOWN = 50;
const SEARCH_CHARS_MAX = 100;

export function adminRoutes(parts: AccountParts): Hono {
  const { context, site } = parts;
  const app = new Hono();
  const show = shower(parts);
  const limiter = createRateLimiter(SETTINGS_LIMIT, context.clock);
  // A role is an act like any other of those who keep order here: with a reason, in the public log, and undone there.
  const moderation = createModeration(context, context.onModerated);
  app.get("/admin/accounts", async (c: Context) => {
    const reader = await requestedBy(c, context, "admin");
    const page = pageNumber(readRequest(c));
    const search = (readRequest(c).query("q") ?? "").slice(0, SEARCH_CHARS_MAX);
    const offset = (page - 1) * ACCOUNTS_SHOWN;
    const { items, total } = await context.store.accounts.list({ limit: ACCOUNTS_SHOWN, offset, search });
    const view = { site: { ...site, reader }, items, total, search, page, saved: c.req.query("saved") !== undefined };
    return show(c, personal(accountsPage(view), "Accounts"));
  });
  app.post("/admin/accounts/role", async (c) => {
    const by = await changedBy(c, context, { least: "admin", limiter });
    const form = await readForm(c);
    const role = ROLES.find((one) => one === form.text("role"));
    if (!role) throw invalid("The form could not be read.");
    const subject = { kind: "account", id: form.text("id") } as const;
    await moderation.decide(by, { act: "set-role", subject, role, reason: form.text("reason") });
    return c.redirect(withQuery("/admin/accounts", { q: form.text("q"), saved: "1" }), 303);
  });
  return app;
}

type View = {
  site: Site;
  items: readonly StoredAccount[];
  total: number;
  search: string;
  page: number;
  saved: boolean;
};

function accountsPage({ site, items, total, search, page, saved }: View) {
  return (
    <Layout site={site} title="Accounts" path="/admin/accounts" indexed={false}>
      <h1>Accounts</h1>
      {saved && (
        <p class="notice" role="status">
          Saved.
        </p>
      )}
      <form class="stacked" action="/admin/accounts">
        <label for="account-search">Handle, name or address</label>
        <span class="field">
          <input id="account-search" type="search" name="q" value={search} maxLength={SEARCH_CHARS_MAX} />
          <button type="submit">Find</button>
        </span>
      </form>
      <ul class="own-things">
        {items.map((account) => (
          <li>
            <span>
              <a href={readerUrl(account.handle)}>@{account.handle}</a>{" "}
              {account.name !== account.handle && account.name}
              <small>
                {account.email}
                {!account.emailVerified && " (not confirmed)"}, since {account.createdAt.toISOString().slice(0, 10)},
                trust {account.trust}
              </small>
            </span>
            <form method="post" action="/admin/accounts/role">
              <input type="hidden" name="id" value={account.id} />
              <input type="hidden" name="q" value={search} />
              <select name="role" aria-label={`Role of @${account.handle}`}>
                {ROLES.map((role) => (
                  <option selected={role === account.role}>{role}</option>
                ))}
              </select>{" "}
              <input
                name="reason"
                placeholder="Reason (public)"
                aria-label={`Why the role of @${account.handle} changes`}
                maxLength={500}
                required
              />{" "}
              <button type="submit">
                Set<span class="unseen"> the role of @{account.handle}</span>
              </button>
            </form>
          </li>
        ))}
      </ul>
      {items.length === 0 && <p>Nobody is called that.</p>}
      {page * ACCOUNTS_SHOWN < total && (
        <p>
          <a href={withQuery("/admin/accounts", { q: search, page: String(page + 1) })}>More</a>
        </p>
      )}
    </Layout>
  );
}
