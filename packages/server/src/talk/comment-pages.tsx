/** The pages around a comment: look before sending, change, see how it was before. */
import type { Comment, Paper } from "@paperwire/domain";
import type { CommentText } from "@paperwire/store";
import type { ComponentChildren } from "preact";
import type { PageView } from "../page.ts";
import type { Site } from "../site.ts";
import { Layout } from "../views/layout.tsx";
import { RichText } from "../views/rich-text.tsx";
import { paperUrl, signInUrl } from "../views/urls.ts";
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

const page = (html: PageView["html"], text: string, status: PageView["status"] = 200): PageView => ({
  status,
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
      <EditForm comment={comment} body={comment.body} />
      <p class="credit">What it said before stays readable under “edited”.</p>
    </Framed>,
    comment.body,
  );
}

type Unsent = {
  /** Null where the paper is not there any more. */
  paper: Pick<Paper, "id" | "title"> | null;
  parentId: string | undefined;
  body: string;
  /** What was being changed, as it is now; undefined where the comment was a new one. */
  comment: Comment | undefined;
  problem: string;
  status: PageView["status"];
};

/** What could not be sent, with every word of it: whoever wrote it mends it here, or takes it along. */
export function unsentPage({ paper, parentId, body, comment, problem, status }: Unsent, site: Site): PageView {
  const title = "Your comment was not sent";
  const about = paper ?? { id: "", title: "a paper that is not here" };
  return page(
    <Framed site={site} paper={about} title={title}>
      <p class="notice" role="alert">
        {problem}
        {status === 401 && (
          <>
            {" "}
            <a href={signInUrl(paperUrl(about.id))} target="_blank" rel="noopener">
              Sign in in another window
            </a>
            , and send it from here.
          </>
        )}
      </p>
      {comment ? (
        <>
          <EditForm comment={comment} body={body} />
          <h2>As it is now</h2>
          <div class="comment-text" dangerouslySetInnerHTML={{ __html: renderComment(comment.body, NOBODY_KNOWN) }} />
        </>
      ) : (
        <CommentForm paperId={about.id} parentId={parentId} label="Your comment" body={body} />
      )}
    </Framed>,
    `# ${title}\n\n${problem}\n\n${body}\n`,
    status,
  );
}

const NOBODY_KNOWN = { known: new Set<string>() };

function EditForm({ comment: { id, edits }, body }: { comment: Comment; body: string }) {
  return (
    <form class="comment-form" method="post" action={commentUrl(id, "edit")}>
      <input type="hidden" name="edits" value={String(edits)} />
      <label for="body-edit">Your comment</label>
      <CommentField id="body-edit" body={body} />
      <p class="form-acts">
        <button>Save</button> <a href={commentUrl(id)}>Leave it as it is</a>
      </p>
    </form>
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
