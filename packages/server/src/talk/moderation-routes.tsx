/** The addresses of reports, of the moderators' desk and of the public log. */
import { createComments, createModeration, showsSent } from "@paperwire/community";
import {
  invalid,
  isSubjectKind,
  MODERATION_ACTS,
  notFound,
  ROLES,
  type Role,
  SUSPENSION_DAYS,
  type SubjectKind,
  type TrustLevel,
} from "@paperwire/domain";
import type { Decision } from "@paperwire/store";
import { type Context, Hono } from "hono";
import { changedBy } from "../changed-by.ts";
import type { ServerContext } from "../context.ts";
import { type Page, type PageView, pageNumber, readRequest } from "../page.ts";
import type { PageDesk } from "../page-desk.ts";
import { createRateLimiter, type RateLimit } from "../rate-limit.ts";
import { requestedBy } from "../requested-by.ts";
import type { Site } from "../site.ts";
import { paperUrl } from "../views/urls.ts";
import { commentUrl, readerUrl } from "./comment-view.tsx";
import { textFields } from "./form-fields.ts";
import { LOG_PER_PAGE, moderationDeskPage, moderationLogPage, reportedPage, reportPage } from "./moderation-pages.tsx";

type Parts = { context: ServerContext; site: Site; desk: PageDesk };

const MODERATION_LIMIT: RateLimit = { name: "moderation", quota: 600, windowSeconds: 3600 };

export const moderationPage: Page = async (request, { store }, site) => {
  const page = pageNumber(request);
  const log = await store.moderation.log({ limit: LOG_PER_PAGE, offset: (page - 1) * LOG_PER_PAGE });
  return moderationLogPage({ log, page }, site);
};

export function moderationRoutes({ context, site, desk }: Parts): Hono {
  const { store } = context;
  const moderation = createModeration(context, context.onModerated);
  const comments = createComments(context, context.onComment);
  const limiter = createRateLimiter(MODERATION_LIMIT, context.clock);
  const app = new Hono();
  const show = (c: Context, view: PageView) => desk.show(view, c.req.raw, String(c.get("requestId" as never) ?? ""));
  const moderator = (c: Context) => changedBy(c, context, { least: "moderator", limiter });
  const id = (c: Context) => c.req.param("id") ?? "";

  app.get("/comments/:id/report", (c) => c.redirect(`/report?kind=comment&id=${encodeURIComponent(id(c))}`, 302));
  app.get("/report", async (c) => {
    const reader = await requestedBy(c, context);
    const { query } = readRequest(c);
    const subject = await subjectOf(context, query("kind") ?? "", query("id") ?? "");
    return show(c, reportPage(subject, { ...site, reader }));
  });
  app.post("/report", async (c) => {
    const reader = await changedBy(c, context, { limiter });
    const { kind, id, reason, words } = await textFields(c, ["kind", "id", "reason", "words"]);
    const subject = await subjectOf(context, kind, id);
    await moderation.flag(reader, { kind: subject.kind, id, reason, words });
    return show(c, reportedPage(subject.back, { ...site, reader }));
  });
  app.get("/moderation", desk.serve("/moderation", moderationPage));
  app.post("/moderation/:id/undo", async (c) => {
    const entry = await moderation.undo(await moderator(c), id(c));
    return c.redirect(`/moderation#${entry.id}`, 303);
  });
  app.post("/moderation/:id/appeal", async (c) => {
    // Who is suspended may still appeal.
    const by = await changedBy(c, { ...context, clock: () => Number.MAX_SAFE_INTEGER }, { limiter });
    await moderation.appeal(by, { logId: id(c), ...(await textFields(c, ["words"])) });
    return c.redirect("/claims#acts", 303);
  });
  app.get("/desk/moderation", async (c) => {
    const reader = await requestedBy(c, context, "moderator");
    const [queue, claims, appeals] = await Promise.all([
      store.moderation.queue(),
      store.moderation.pendingClaims(),
      store.moderation.openAppeals(),
    ]);
    return show(c, moderationDeskPage({ queue, claims, appeals }, { ...site, reader }));
  });
  app.post("/desk/moderation", async (c) => {
    const by = await moderator(c);
    const form = await textFields(c, ["act", "kind", "id", "reason", "days", "trust", "role"]);
    const { act, subject } = await moderation.decide(by, readDecision(form));
    if (act === "show-comment") await comments.announce(subject.id);
    return c.redirect("/desk/moderation", 303);
  });
  app.post("/desk/moderation/appeals/:id", async (c) => {
    const by = await moderator(c);
    const { verdict, reason } = await textFields(c, ["verdict", "reason"]);
    await moderation.settle(by, { appealId: id(c), grant: verdict === "grant", reason });
    return c.redirect("/desk/moderation", 303);
  });
  return app;
}

type DecisionForm = Record<"act" | "kind" | "id" | "reason" | "days" | "trust" | "role", string>;

/** What each act is about. */
const KIND_OF: Record<Decision["act"], Decision["subject"]["kind"] | null> = {
  "hide-comment": "comment",
  "show-comment": "comment",
  "hide-note": "note",
  "hide-picture": "picture",
  suspend: "account",
  unsuspend: "account",
  "stop-invites": "account",
  "allow-invites": "account",
  "set-trust": "account",
  "set-role": "account",
  "verify-claim": "claim",
  "refuse-claim": "claim",
  "revert-word": "word",
  "dismiss-flags": null,
};

/** @throws DomainError `invalid` */
function readDecision({ act: named, kind, id, reason, days, trust, role }: DecisionForm): Decision {
  const act = MODERATION_ACTS.find((one) => one.act === named)?.act;
  if (!act) throw invalid("There is no such act.");
  const subject = { kind: KIND_OF[act] ?? subjectKind(kind), id };
  if (act === "suspend") {
    const chosen = SUSPENSION_DAYS.find((one) => String(one) === days);
    if (!chosen) throw invalid("Choose one of the offered lengths.");
    return { act, subject, reason, days: chosen };
  }
  if (act === "set-trust") {
    if (!/^[012]$/.test(trust)) throw invalid("Trust is 0, 1 or 2.");
    return { act, subject, reason, trust: Number(trust) as TrustLevel };
  }
  if (act === "set-role") {
    const chosen: Role | undefined = ROLES.find((one) => one === role);
    if (!chosen) throw invalid("There is no such role.");
    return { act, subject, reason, role: chosen };
  }
  return { act, subject, reason };
}

function subjectKind(kind: string): SubjectKind {
  if (isSubjectKind(kind)) return kind;
  throw invalid("A comment, a note, a picture, a paper or an account can be reported.");
}

/** @throws DomainError `not-found`: also for what the reader may not see */
async function subjectOf({ store }: ServerContext, kind: string, id: string) {
  const known = subjectKind(kind);
  if (known === "comment") {
    const comment = await store.comments.find(id);
    if (comment?.state === "shown") {
      const label = `a comment by ${comment.author ? `@${comment.author.handle}` : "a deleted account"}`;
      return { kind: known, id, label, back: commentUrl(id) };
    }
  }
  if (known === "note" || known === "picture") {
    const sent = await store.submissions.find(id);
    if (sent && showsSent(sent, known)) {
      return { kind: known, id, label: `the ${known} that came with “${sent.title}”`, back: paperUrl(sent.paperId) };
    }
  }
  if (known === "paper") {
    const paper = await store.papers.find(id);
    if (paper) return { kind: known, id, label: `“${paper.title}”`, back: paperUrl(id) };
  }
  if (known === "account") {
    const account = await store.accounts.find(id);
    if (account) return { kind: known, id, label: `@${account.handle}`, back: readerUrl(account.handle) };
  }
  throw notFound("There is nothing like that here.");
}
