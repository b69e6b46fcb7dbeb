/** Making and revoking API tokens. */
import { API_TOKEN_PREFIX, hashSecret, TOKEN_SCOPES } from "@paperwire/accounts";
import { conflict, invalid, notFound, parseName } from "@paperwire/domain";
import type { Hono } from "hono";
import { atField, orAgain } from "../field-problem.tsx";
import { readOneUse } from "../form-key.tsx";
import { readForm, type SentForm } from "../read-form.ts";
import { type AccountParts, type Doors, personal, shower } from "./account-parts.ts";
import { TOKEN_NAME_CHARS_MAX, tokensPage } from "./token-page.tsx";

const DAY_MS = 86_400_000;

const REVOKED = "The token was revoked.";
const USED = "This form made its token before, and showed it then. Fill in the one below to make another.";

export function addTokens(app: Hono, parts: AccountParts, { reading, changing }: Doors): void {
  const { apiTokens } = parts.context.store;
  const show = shower(parts);
  app.get("/settings/tokens", async (c) => {
    const { account, site } = await reading(c);
    const page = {
      site,
      tokens: await apiTokens.list(account.id),
      said: c.req.query("said") === "revoked" ? REVOKED : undefined,
    };
    return show(c, personal(tokensPage(page), "API tokens"));
  });
  app.post("/settings/tokens", async (c) => {
    const { account, site } = await changing(c);
    const form = await readForm(c);
    const typed = { name: form.text("name"), scope: form.text("scope"), days: form.text("days") };
    return orAgain(
      async () => {
        const made = await makeToken(parts, account.id, { form, ...typed });
        const tokens = await apiTokens.list(account.id);
        // Revoked since the form made it, it is not shown again.
        const shown = tokens.some(({ id }) => id === made.id) ? made.token : null;
        const news = shown === null ? { said: USED } : { made: shown };
        return show(c, personal(tokensPage({ site, tokens, ...news }), "API tokens"));
      },
      async (problem) => {
        const page = { site, tokens: await apiTokens.list(account.id), typed, problem };
        return show(c, personal(tokensPage(page), "API tokens", problem.status));
      },
    );
  });
  app.post("/settings/tokens/revoke", async (c) => {
    const { account, site } = await changing(c);
    const id = (await readForm(c)).text("id");
    return orAgain(
      async () => {
        if (!(await apiTokens.revoke(account.id, id))) throw notFound("There is no such token of yours.");
        return c.redirect("/settings/tokens?said=revoked", 303);
      },
      async (problem) => {
        const page = { site, tokens: await apiTokens.list(account.id), problem };
        return show(c, personal(tokensPage(page), "API tokens", problem.status));
      },
    );
  });
}

type TokenWish = { form: SentForm; name: string; scope: string; days: string };

/** @returns null for a token that the same form made too long ago to show it again */
async function makeToken(
  { context: { store, clock } }: AccountParts,
  accountId: string,
  { form, ...typed }: TokenWish,
): Promise<{ id: string; token: string | null }> {
  const name = atField("name", () => {
    const parsed = parseName(typed.name);
    if (parsed !== "" && [...parsed].length <= TOKEN_NAME_CHARS_MAX) return parsed;
    throw invalid("Say in a few words what the token is for.");
  });
  const most = TOKEN_SCOPES.findIndex((scope) => scope === typed.scope);
  const days = Number(typed.days);
  if (most < 0 || ![0, 30, 365].includes(days)) throw invalid("The form could not be read.");
  const { use, secret, secretOf } = readOneUse(form, { by: accountId, fields: ["name", "scope", "days"] });
  const made = await store.apiTokens.add({
    accountId,
    name,
    hash: hashSecret(API_TOKEN_PREFIX + secret),
    scopes: TOKEN_SCOPES.slice(0, most + 1),
    expiresMs: days === 0 ? null : clock() + days * DAY_MS,
    use,
  });
  if (!made) throw conflict("You have as many tokens as one account may have. Revoke one first.");
  const shown = secretOf(made);
  return { id: made.id, token: shown === null ? null : API_TOKEN_PREFIX + shown };
}
