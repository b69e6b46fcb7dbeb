/** The addresses of invitations: one's own, the page behind a link, the tree. */
import { type Asking, hashSecret } from "@paperwire/accounts";
import { createInvites } from "@paperwire/community";
import { invitesAllowed, notFound, parseInviteNote } from "@paperwire/domain";
import { type Context, Hono } from "hono";
import { type AccountParts, DOOR_LIMIT, invitesOf, personal, shower, signInOf } from "../account/account-parts.ts";
import { limitRequests } from "../api/limit-requests.ts";
import { changedBy } from "../changed-by.ts";
import { atField, orAgain, type Problem } from "../field-problem.tsx";
import { readOneUse } from "../form-key.tsx";
import { createRateLimiter, type RateLimit } from "../rate-limit.ts";
import { readForm, type SentForm } from "../read-form.ts";
import { requestedBy } from "../requested-by.ts";
import { type InviteTyped, invitedPage, invitesPage, type Told } from "./invite-pages.tsx";
import { INVITES_PATH, invitedUrl, TREE_PATH } from "./invite-url.ts";
import { invitePage } from "./tree-page.tsx";

const INVITE_LIMIT: RateLimit = { name: "invites", quota: 60, windowSeconds: 3600 };

const SAID: Readonly<Record<string, string>> = {
  revoked: "The invitation was taken back: its link does not work any more. You can put it back below.",
  used: "This form made its link before, and showed it then. Fill in the one below to make another.",
  reopened: "The invitation works again, by the same link.",
};

export function inviteRoutes(parts: AccountParts): Hono {
  const { context, site, desk } = parts;
  const invites = createInvites(context);
  const limiter = createRateLimiter(INVITE_LIMIT, context.clock);
  const door = limitRequests(createRateLimiter(DOOR_LIMIT, context.clock), context.settings.trustedProxies ?? 0);
  const show = shower(parts);
  const app = new Hono();
  const changing = (c: Context) => changedBy(c, context, { limiter });
  const own = async (c: Context, more: Told & { typed?: InviteTyped; problem?: Problem }) => {
    const reader = await requestedBy(c, context);
    const [list, left] = await Promise.all([context.store.invites.list(reader.id), invites.left(reader)]);
    const refusal = invitesAllowed(reader, context.clock()) > 0 ? undefined : refusalOf(reader.invitesStopped);
    const page = { site: { ...site, reader }, invites: list, left, refusal, ...more };
    return show(c, personal(invitesPage(page), "Invitations", more.problem?.status));
  };
  const changingOne = (path: string, saying: string, change: (by: Asking, id: string) => Promise<void>) =>
    app.post(path, async (c) => {
      const by = await changing(c);
      const id = (await readForm(c)).text("id");
      return orAgain(
        async () => {
          await change(by, id);
          return c.redirect(`${INVITES_PATH}?said=${saying}`, 303);
        },
        (problem) => own(c, { problem }),
      );
    });
  const make = async (by: Asking, form: SentForm, typed: InviteTyped): Promise<Told> => {
    atField("note", () => parseInviteNote(typed.note));
    const { use, secret, secretOf } = readOneUse(form, { by: by.id, fields: ["note", "days"] });
    const token = secretOf(await invites.make(by, { ...typed, hash: hashSecret(secret), use }));
    const isOpen = token !== null && (await context.store.invites.findOpen(hashSecret(token))) !== null;
    return isOpen ? { made: context.settings.baseUrl + invitedUrl(token) } : { said: SAID["used"] };
  };
  // Where there are no invitations, there are no such pages.
  app.use("/invites/*", (_c, next) => whereInvited(context, next));
  app.use("/invited/*", (_c, next) => whereInvited(context, next));
  app.get(TREE_PATH, desk.serve(TREE_PATH, invitePage));
  app.get(INVITES_PATH, (c) => own(c, { said: SAID[c.req.query("said") ?? ""] }));
  app.post(INVITES_PATH, async (c) => {
    const by = await changing(c);
    const form = await readForm(c);
    const typed = { note: form.text("note"), days: form.text("days") };
    return orAgain(
      async () => own(c, await make(by, form, typed)),
      (problem) => own(c, { typed, problem }),
    );
  });
  changingOne(`${INVITES_PATH}/revoke`, "revoked", invites.revoke);
  changingOne(`${INVITES_PATH}/reopen`, "reopened", invites.reopen);
  app.get("/invited/:token", door, async (c) => {
    const token = c.req.param("token");
    const by = await context.store.invites.findOpen(hashSecret(token));
    if (!by) throw goneInvite();
    const { providers, sessionOf } = signInOf(context);
    const reader = (await sessionOf(c.req.raw))?.account;
    const page = { site: { ...site, ...(reader && { reader }) }, by, invite: token, ways: { providers } };
    return show(c, personal(invitedPage(page), "You are invited"));
  });
  return app;
}

/** One sentence for all that may be wrong: a link tells nothing to who guesses. */
const goneInvite = () =>
  notFound(
    "This invitation does not work any more: it was used, taken back, has run out, or was copied incompletely. Ask for another.",
  );

async function whereInvited(context: AccountParts["context"], next: () => Promise<void>): Promise<void> {
  if (invitesOf(context) === "off") throw notFound("There are no invitations here.");
  await next();
}

const refusalOf = (stopped: boolean | undefined) =>
  stopped
    ? "A moderator ended your right to invite; the reason stands in the public log, and you can appeal."
    : "Invitations are made by accounts that are known here. Take part for a while: papers and comments that stay make an account known.";
