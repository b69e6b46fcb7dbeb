/** One comment as it stands on a page: who, when, what, and what may be done with it. */
import { type Comment, type CommentAuthor, REACTIONS } from "@paperwire/domain";
import type { Site } from "../site.ts";
import { counted } from "../views/numbers.ts";
import { renderComment } from "./render-comment.ts";
import type { Talk } from "./talk-of-paper.ts";

export const commentUrl = (id: string, act?: string) => `/comments/${id}${act ? `/${act}` : ""}`;
export const readerUrl = (handle: string) => `/@${handle}`;

type Props = {
  comment: Comment;
  talk: Talk;
  reader: Site["reader"];
  /** Accounts that are the paper's verified authors. */
  authors?: ReadonlySet<string>;
};

export function CommentView({ comment, talk, reader, authors }: Props) {
  const own = reader !== undefined && comment.author?.id === reader.id;
  if (comment.state === "deleted") return <p class="comment-gone">This comment was deleted.</p>;
  return (
    <article class="comment" aria-label={`Comment by ${comment.author?.name ?? "a deleted account"}`}>
      <header>
        <Author author={comment.author} isPaperAuthor={authors?.has(comment.author?.id ?? "") ?? false} />{" "}
        <CommentTime comment={comment} />
        {comment.edits > 0 && (
          <>
            {" "}
            <a href={commentUrl(comment.id, "history")}>edited</a>
          </>
        )}
      </header>
      <Standing comment={comment} own={own} />
      {/* Safe: parsed without HTML and cut down to a list of tags. */}
      <div class="comment-text" dangerouslySetInnerHTML={{ __html: renderComment(comment.body, talk) }} />
      <footer>
        {comment.state === "shown" && <Reactions comment={comment} talk={talk} reader={reader} />}
        <ul class="comment-acts">
          {own && comment.state !== "hidden" && (
            <>
              <li>
                <a href={commentUrl(comment.id, "edit")}>Edit</a>
              </li>
              <li>
                <form method="post" action={commentUrl(comment.id, "delete")}>
                  <button class="link">Delete</button>
                </form>
              </li>
            </>
          )}
          {reader && !own && (
            <li>
              <a href={commentUrl(comment.id, "report")}>Report</a>
            </li>
          )}
        </ul>
      </footer>
    </article>
  );
}

function Author({ author, isPaperAuthor }: { author: CommentAuthor | null; isPaperAuthor: boolean }) {
  if (!author) return <b>deleted account</b>;
  return (
    <>
      <a class="comment-author" href={readerUrl(author.handle)}>
        <b>{author.name}</b> <span class="handle">@{author.handle}</span>
      </a>
      {isPaperAuthor && <span class="badge">author of this paper</span>}
      {author.role !== "reader" && <span class="badge">{author.role}</span>}
    </>
  );
}

/** The permanent address of a comment is its time. */
export function CommentTime({ comment: { id, createdAt } }: { comment: Pick<Comment, "id" | "createdAt"> }) {
  return (
    <a href={commentUrl(id)} rel="bookmark">
      <time dateTime={createdAt}>{instant(createdAt)}</time>
    </a>
  );
}

const INSTANT = new Intl.DateTimeFormat("en-GB", { dateStyle: "medium", timeStyle: "short", timeZone: "UTC" });
/** 28 Mar 2025, 12:00 UTC */
export const instant = (iso: string) => `${INSTANT.format(new Date(iso))} UTC`;

/** Nobody is hidden without being told: the author reads why. */
function Standing({ comment: { state, reason }, own }: { comment: Comment; own: boolean }) {
  if (state === "shown" || state === "deleted") return null;
  const what = state === "held" ? "Waits for a moderator" : "Hidden by a moderator";
  return (
    <p class="notice">
      {what}: only {own ? "you" : "its author"} and moderators see it.{reason && ` ${reason}`}
      {state === "hidden" && own && (
        <>
          {" "}
          <a href="/claims#acts">Appeal</a>
        </>
      )}
    </p>
  );
}

function Reactions({ comment, talk, reader }: Pick<Props, "comment" | "talk" | "reader">) {
  const given = new Map(talk.reactionsOf(comment.id).map((one) => [one.reaction, one]));
  const offered = REACTIONS.filter(({ reaction }) => reader !== undefined || given.has(reaction));
  if (offered.length === 0) return null;
  return (
    <form class="reactions" method="post" action={commentUrl(comment.id, "reactions")}>
      {offered.map(({ reaction, name }) => {
        const { count = 0, mine = false } = given.get(reaction) ?? {};
        const label = `${name}${count > 0 ? `, ${counted(count, "reader")}` : ""}`;
        if (!reader) {
          return (
            <span class="reaction" title={label}>
              <span aria-hidden="true">
                {reaction} {count}
              </span>
              <span class="unseen">{label}</span>
            </span>
          );
        }
        return (
          <button
            class={count > 0 ? "reaction" : "reaction none"}
            name={mine ? "off" : "on"}
            value={reaction}
            aria-pressed={mine}
            aria-label={label}
            title={name}
          >
            {reaction}
            {count > 0 && ` ${count}`}
          </button>
        );
      })}
    </form>
  );
}
