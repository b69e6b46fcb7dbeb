/** The addresses of comments. Each change is a form that works without scripts and goes back to where it was made. */
import { createComments, paperNamed } from "@paperwire/community";
import {
  atLeast,
  type Comment,
  DomainError,
  maySee,
  mentionsIn,
  notFound,
  type Paper,
  readCommentBody,
} from "@paperwire/domain";
import { type Context, Hono } from "hono";
import { changedBy } from "../changed-by.ts";
import type { ServerContext } from "../context.ts";
import { describeFailure } from "../errors.ts";
import type { PageView } from "../page.ts";
import type { PageDesk } from "../page-desk.ts";
import { createRateLimiter, TALK_LIMIT } from "../rate-limit.ts";
import { requestedBy } from "../requested-by.ts";
import { refuseOtherSites } from "../same-origin.ts";
import type { Site } from "../site.ts";
import { paperUrl } from "../views/urls.ts";
import { deletedPage, editPage, historyPage, previewPage, unsentPage } from "./comment-pages.tsx";
import { textFields } from "./form-fields.ts";
import { renderComment } from "./render-comment.ts";

type Parts = { context: ServerContext; site: Site; desk: PageDesk };

const id = (c: Context) => c.req.param("id") ?? "";
const fields = (c: Context) => textFields(c, ["paper", "parent", "body", "edits", "on", "off"]);

export function commentRoutes({ context, site, desk }: Parts): Hono {
  const { store } = context;
  const comments = createComments(context, context.onComment);
  const app = new Hono();
  const show = (c: Context, view: PageView) => desk.show(view, c.req.raw, String(c.get("requestId") ?? ""));
  const at = ({ paperId, id }: Comment) => `${paperUrl(paperId)}#comment-${id}`;
  const limiter = createRateLimiter(TALK_LIMIT, context.clock);
  const writer = (c: Context) => changedBy(c, context, { limiter, scope: "write" });

  const keepingWords = wordsKeeper({ context, site, desk });

  app.post(
    "/comments",
    keepingWords(async (c) => {
      const by = await writer(c);
      const { paper, parent, body } = await fields(c);
      const comment = await comments.write(by, { paperId: paper, typed: body, ...(parent && { parentId: parent }) });
      return c.redirect(at(comment), 303);
    }),
  );
  app.post(
    "/comments/preview",
    keepingWords(async (c) => {
      const reader = await writer(c);
      const { paper: paperId, parent, body: typed } = await fields(c);
      const body = readCommentBody(typed);
      const known = await store.accounts.knownAmong(mentionsIn(body));
      if (wantsJson(c)) return c.json({ html: renderComment(body, { known }) });
      const paper = await paperNamed(context, paperId);
      return show(c, previewPage({ paper, parentId: parent || undefined, body, known }, { ...site, reader }));
    }),
  );
  app.get("/comments/:id", async (c) => c.redirect(at(await seen(c, context, await comments.find(id(c)))), 302));
  app.get("/comments/:id/edit", async (c) => {
    const reader = await requestedBy(c, context);
    const comment = await comments.find(id(c));
    if (comment.author?.id !== reader.id) throw notFound("There is no such comment.");
    return show(c, editPage({ comment, paper: await paperOf(context, comment.paperId) }, { ...site, reader }));
  });
  app.post(
    "/comments/:id/edit",
    keepingWords(async (c) => {
      const by = await writer(c);
      const { body, edits } = await fields(c);
      return c.redirect(at(await comments.edit(by, id(c), { typed: body, edits: Number(edits) })), 303);
    }),
  );
  app.post("/comments/:id/delete", async (c) => {
    const reader = await writer(c);
    const comment = await comments.remove(reader, id(c));
    return show(c, deletedPage({ comment, paper: await paperOf(context, comment.paperId) }, { ...site, reader }));
  });
  app.post("/comments/:id/restore", async (c) => {
    return c.redirect(at(await comments.restore(await writer(c), id(c))), 303);
  });
  app.post("/comments/:id/reactions", async (c) => {
    const by = await writer(c);
    const { on, off } = await fields(c);
    const comment = await comments.react(by, id(c), { reaction: on || off, on: on !== "" });
    return c.redirect(at(comment), 303);
  });
  app.get("/comments/:id/history", async (c) => {
    const comment = await seen(c, context, await comments.find(id(c)));
    if (comment.state === "deleted") throw notFound("The words of this comment are gone.");
    const texts = await store.comments.history(comment.id);
    const known = await store.accounts.knownAmong(mentionsIn([comment.body, ...texts.map((t) => t.body)].join("\n")));
    const reader = await context.accounts?.accountOf(c.req.raw);
    const paper = await paperOf(context, comment.paperId);
    return show(c, historyPage({ comment, paper, texts, known }, { ...site, ...(reader && { reader }) }));
  });
  return app;
}

/** What was typed comes back with the reason, whatever the reason is; but not what another site's page typed. */
function wordsKeeper({ context, site, desk }: Parts) {
  return (act: (c: Context) => Promise<Response>) => async (c: Context) => {
    try {
      return await act(c);
    } catch (error) {
      if (!(error instanceof DomainError) || wantsJson(c)) throw error;
      refuseOtherSites(c, context.settings.baseUrl);
      const { message, status } = describeFailure(error);
      const { body, paper: paperId, parent } = await fields(c);
      const reader = await context.accounts?.accountOf(c.req.raw);
      const changed = id(c) === "" ? null : await context.store.comments.find(id(c));
      const comment = reader && changed?.author?.id === reader.id ? changed : undefined;
      if (body.trim() === "" || (id(c) !== "" && !comment)) throw error;
      const paper = await paperNamed(context, comment?.paperId ?? paperId).catch(() => null);
      const answered = parent ? await context.store.comments.find(parent) : null;
      const parentId = answered?.state === "shown" ? parent : undefined;
      // Sent again it would be refused again, for good.
      const problem = parent && !parentId ? `${message} Sent from here it stands by itself.` : message;
      const view = { paper, parentId, body, comment, problem, status };
      const shown = unsentPage(view, { ...site, ...(reader && { reader }) });
      return desk.show(shown, c.req.raw, String(c.get("requestId") ?? ""));
    }
  };
}

const wantsJson = (c: Context) => c.req.header("accept")?.includes("application/json") ?? false;

async function paperOf({ store }: ServerContext, id: string): Promise<Paper> {
  const paper = await store.papers.find(id);
  if (!paper) throw notFound("There is no such paper.");
  return paper;
}

/** Who may not see a comment learns no more than that of one that never was. */
async function seen(c: Context, context: ServerContext, comment: Comment): Promise<Comment> {
  const reader = await context.accounts?.accountOf(c.req.raw);
  const moderates = reader !== undefined && atLeast(reader.role, "moderator");
  if (!maySee(comment, { reader: reader?.id, moderates })) throw notFound("There is no such comment.");
  return comment;
}
