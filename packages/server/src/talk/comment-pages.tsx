/** The pages around a comment: look before sending, change, see how it was before. */
import type { Comment, Paper } from "@paperwire/domain";
import type { CommentText } from "@paperwire/store";
import type { ComponentChildren } from "preact";
import type { PageView } from "../page.ts";
import type { Site } from "../site.ts";
import { Layout } from "../views/layout.tsx";
import { RichText } from "../views/rich-text.tsx";
import { paperUrl } from "../views/urls.ts";
import { CommentField, CommentForm } from "./comment-section.tsx";
import { commentUrl, instant } from "./comment-view.tsx";
import { renderComment } from "./render-comment.ts";

type Frame = { site: Site; paper: Pick<Paper, "id" | "title">; title: string; children: ComponentChildren };

function Framed({ site, paper, title, children }: Frame) {
  return (
    <Layout
      site={site}
      title={title}
      path={paperUrl(paper.id)}
      indexed={false}
      head={<link rel="stylesheet" href={site.assets.url("talk.css")} />}
    >
      <div class="prose talk">
        <h1>{title}</h1>
        <p class="subline">
          About{" "}
          <a href={`${paperUrl(paper.id)}#comments`}>
            <RichText text={paper.title} />
          </a>
        </p>
        {children}
      </div>
    </Layout>
  );
}

const page = (html: PageView["html"], text: string): PageView => ({
  status: 200,
  keep: false,
  personal: true,
  html,
  markdown: () => text,
});

type Draft = { paper: Paper; parentId: string | undefined; body: string; known: ReadonlySet<string> };

export function previewPage({ paper, parentId, body, known }: Draft, site: Site): PageView {
  return page(
    <Framed site={site} paper={paper} title="Preview">
      <div class="comment-text preview" dangerouslySetInnerHTML={{ __html: renderComment(body, { known }) }} />
      <CommentForm paperId={paper.id} parentId={parentId} label="Your comment" body={body} />
    </Framed>,
    body,
  );
}

export function editPage({ comment, paper }: { comment: Comment; paper: Paper }, site: Site): PageView {
  return page(
    <Framed site={site} paper={paper} title="Change your comment">
      <form class="comment-form" method="post" action={commentUrl(comment.id, "edit")}>
        <input type="hidden" name="edits" value={String(comment.edits)} />
        <label for="body-edit">Your comment</label>
        <CommentField id="body-edit" body={comment.body} />
        <p class="form-acts">
          <button>Save</button> <a href={commentUrl(comment.id)}>Leave it as it is</a>
        </p>
      </form>
      <p class="credit">What it said before stays readable under “edited”.</p>
    </Framed>,
    comment.body,
  );
}

export function deletedPage({ comment, paper }: { comment: Comment; paper: Paper }, site: Site): PageView {
  return page(
    <Framed site={site} paper={paper} title="Your comment is deleted">
      <p>For a quarter of an hour you can put it back. After that its words are gone.</p>
      <form method="post" action={commentUrl(comment.id, "restore")}>
        <button>Put it back</button>
      </form>
    </Framed>,
    "Your comment is deleted.",
  );
}

type History = { comment: Comment; paper: Paper; texts: CommentText[]; known: ReadonlySet<string> };

export function historyPage({ comment, paper, texts, known }: History, site: Site): PageView {
  const all = [
    ...texts.map(({ body, replacedAt }) => ({ body, until: replacedAt })),
    { body: comment.body, until: null },
  ];
  return page(
    <Framed site={site} paper={paper} title="How this comment changed">
      <ol class="history" reversed>
        {all.reverse().map(({ body, until }) => (
          <li>
            <p class="credit">{until === null ? "Now" : `Until ${instant(until)}`}</p>
            <div class="comment-text" dangerouslySetInnerHTML={{ __html: renderComment(body, { known }) }} />
          </li>
        ))}
      </ol>
      <p>
        <a href={commentUrl(comment.id)}>Back to the comment</a>
      </p>
    </Framed>,
    comment.body,
  );
}
