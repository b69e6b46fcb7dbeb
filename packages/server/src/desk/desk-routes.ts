/** The curator's desk: every act is a form, and leads back to the next paper with a way to undo it. */
import { closeByHand, curate, type DeskAct, decideSubmission, type Notifier } from "@paperwire/community";
import { editionDateAt, invalid, type PaperId, parseEditionDate } from "@paperwire/domain";
import { type Context, Hono } from "hono";
import { changedBy } from "../changed-by.ts";
import type { ServerContext } from "../context.ts";
import { forReaders } from "../for-readers.ts";
import type { PageView } from "../page.ts";
import type { PageDesk } from "../page-desk.ts";
import { createRateLimiter, DESK_LIMIT } from "../rate-limit.ts";
import { readForm, type SentForm } from "../read-form.ts";
import type { Site } from "../site.ts";
import { withQuery } from "../views/urls.ts";
import { closePage, closeView } from "./close-page.tsx";
import { deskPage } from "./desk-page.tsx";

type Parts = { context: ServerContext; site: Site; desk: PageDesk; notifier: Notifier };

const DATE = ":date{\\d{4}-\\d{2}-\\d{2}}";
/** Anchors of our own pages, where a form leads back to. */
const ANCHOR = /^[a-zA-Z][\w./-]{0,90}$/;

export function deskRoutes({ context, site, desk, notifier }: Parts): Hono {
  const app = new Hono();
  const limiter = createRateLimiter(DESK_LIMIT, context.clock);
  const curator = (c: Context) => changedBy(c, context, { least: "curator", limiter });
  const parts = { ...context, editionClock: context.settings.editionClock };
  const show = (c: Context, view: PageView) => desk.show(view, c.req.raw, String(c.get("requestId") ?? ""));
  const dateOf = (c: Context) => parseEditionDate(c.req.param("date") ?? "");

  app.get("/desk", async (c) => {
    const date = await context.store.desk.openFrom(editionDateAt(context.clock(), context.settings.editionClock));
    return c.redirect(`/desk/${date}`, 302);
  });
  const page = forReaders((request) => `/desk/${request.param("date")}`, deskPage, "curator");
  const close = forReaders((request) => `/desk/${request.param("date")}/close`, closePage, "curator");
  app.get(`/desk/${DATE}`, desk.serve("/desk/:date", page));
  app.get(`/desk/${DATE}/close`, desk.serve("/desk/:date/close", close));
  app.post(`/desk/${DATE}/close`, async (c) => {
    const account = await curator(c);
    const date = dateOf(c);
    const form = await readForm(c);
    const seen = form.sent("seen") ? form.text("seen") : undefined;
    const changes = await closeByHand(parts, { account, date, seen });
    if (changes === null) return c.redirect(`/desk/${date}`, 303);
    const view = await closeView({ date, changes }, context, { ...site, reader: account });
    return show(c, view);
  });
  app.post(`/desk/${DATE}/papers/:id{.+}`, async (c) => {
    const account = await curator(c);
    const form = await readForm(c);
    const [date, paperId, act] = [dateOf(c), c.req.param("id"), actOf(form)];
    await curate(context, { account, date, paperId, ...act });
    const undone = act.act === "unpick";
    if (act.act === "pick" || undone) await notifier.onPick({ date, paperId, by: account.id, undone });
    return c.redirect(backToDesk(date, { act: act.act, paperId, next: form.text("next") }), 303);
  });
  app.post("/desk/submissions/:id", async (c) => {
    const account = await curator(c);
    const form = await readForm(c);
    const state = form.text("state");
    if (state !== "shown" && state !== "declined" && state !== "waiting") throw invalid("The form could not be read.");
    const decided = await decideSubmission(parts, {
      account,
      id: c.req.param("id"),
      state,
      reason: form.text("reason"),
    });
    await notifier.onDecision(decided, account.id);
    return c.redirect(withQuery(`/desk/${decided.edition}`, { did: state, submission: decided.id }), 303);
  });
  return app;
}

function backToDesk(date: string, { act, paperId, next }: { act: string; paperId: PaperId; next: string }): string {
  const address = withQuery(`/desk/${date}`, { did: act, paper: paperId });
  return ANCHOR.test(next) ? `${address}#${next}` : address;
}

function actOf(form: SentForm): DeskAct {
  const act = form.text("act");
  if (act === "pick" || act === "unpick" || act === "pass" || act === "unpass") return { act };
  if (act === "annotate") return { act, note: form.text("note"), was: form.sent("was") ? form.text("was") : undefined };
  const [to, from] = [Number(form.text("to")), Number(form.text("from") || Number.NaN)];
  if (act === "move" && Number.isInteger(to)) return { act, to, from: Number.isInteger(from) ? from : undefined };
  throw invalid("The form could not be read.");
}
