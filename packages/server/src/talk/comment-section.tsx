/** The comments under a paper: the threads, the form for a new one, and a form under each thread. */
import { COMMENT_LIMITS, type Paper } from "@paperwire/domain";
import type { Site } from "../site.ts";
import { counted } from "../views/numbers.ts";
import { paperUrl, withQuery } from "../views/urls.ts";
import { commentFeedUrl } from "./comment-feed.ts";
import { CommentView } from "./comment-view.tsx";
import type { Talk } from "./talk-of-paper.ts";

type Props = {
  paper: Paper;
  talk: Talk;
  reader: Site["reader"];
  /** Comments that the paper's source counts at its own place. */
  elsewhere: number;
  authors?: ReadonlySet<string>;
};

export function CommentSection({ paper, talk, reader, elsewhere, authors }: Props) {
  return (
    <section class="talk" id="comments" aria-labelledby="comments-title">
      <h2 id="comments-title">Comments{talk.shown > 0 && ` (${talk.shown})`}</h2>
      <p class="credit feed-line">
        <a href={commentFeedUrl(paper.id)}>Follow this talk</a>
      </p>
      {elsewhere > 0 && <p class="credit">{counted(elsewhere, "more comment")} where this edition was taken from.</p>}
      {talk.threads.length > 1 && <Order paper={paper} order={talk.order} />}
      {talk.threads.length === 0 && <p class="notice">Nobody has said anything yet.</p>}
      <ol class="threads">
        {talk.threads.map(({ comment, replies }) => (
          <li id={`comment-${comment.id}`}>
            <CommentView comment={comment} talk={talk} reader={reader} authors={authors} />
            {replies.length > 0 && (
              <ol class="replies">
                {replies.map((reply) => (
                  <li id={`comment-${reply.id}`}>
                    <CommentView comment={reply} talk={talk} reader={reader} authors={authors} />
                  </li>
                ))}
              </ol>
            )}
            {reader && comment.state === "shown" && (
              <details class="reply">
                <summary>Answer</summary>
                <CommentForm paperId={paper.id} parentId={comment.id} label="Your answer" />
              </details>
            )}
          </li>
        ))}
      </ol>
      {reader ? (
        <CommentForm paperId={paper.id} label="Your comment" />
      ) : (
        <p>
          <a href={withQuery("/sign-in", { next: `${paperUrl(paper.id)}#comments` })}>Sign in</a> to comment.
        </p>
      )}
    </section>
  );
}

function Order({ paper, order }: { paper: Paper; order: Talk["order"] }) {
  const path = paperUrl(paper.id);
  return (
    <nav class="switch" aria-label="Order of the comments">
      <a href={`${path}#comments`} aria-current={order === "new" ? "true" : undefined}>
        Newest
      </a>
      <a href={`${path}?comments=top#comments`} aria-current={order === "top" ? "true" : undefined}>
        Most reactions
      </a>
    </nav>
  );
}

type FormProps = {
  paperId: string;
  label: string;
  parentId?: string | undefined;
  /** What was typed so far. */
  body?: string;
};

export function CommentForm({ paperId, parentId, label, body }: FormProps) {
  const id = `body-${parentId ?? "new"}`;
  return (
    <form class="comment-form" method="post" action="/comments" data-comment-form>
      <input type="hidden" name="paper" value={paperId} />
      {parentId && <input type="hidden" name="parent" value={parentId} />}
      <label for={id}>{label}</label>
      <CommentField id={id} body={body} />
      <p class="form-acts">
        <button>Send</button> <button formaction="/comments/preview">Preview</button>
      </p>
    </form>
  );
}

export function CommentField({ id, body }: { id: string; body?: string | undefined }) {
  return (
    <>
      <textarea id={id} name="body" rows={5} required maxLength={COMMENT_LIMITS.chars} aria-describedby={`${id}-help`}>
        {body}
      </textarea>
      <small id={`${id}-help`}>Markdown, formulas between $ signs, @handle calls somebody.</small>
    </>
  );
}
