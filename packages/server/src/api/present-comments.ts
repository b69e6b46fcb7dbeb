/** Comments as `?field=comments` gives them: threads, newest first, answers within. */
import type { Comment } from "@paperwire/domain";
import { renderComment } from "../talk/render-comment.ts";
import type { Talk } from "../talk/talk-of-paper.ts";
import { userObject } from "./present-paper.ts";

export type ApiComment = {
  id: string;
  type: "comment";
  author: ReturnType<typeof userObject> | null;
  createdAt: string;
  data: {
    edited: boolean;
    hidden: boolean;
    latest: { raw: string; html: string; updatedAt: string };
    numEdits: number;
    reactions: { reaction: string; count: number }[];
    isReport: false;
    parentCommentId?: string;
  };
  replies?: ApiComment[];
};

export function commentAnswers({ threads, reactionsOf, known }: Talk): ApiComment[] {
  const answer = (comment: Comment): ApiComment => {
    const { id, author, body, state, edits, createdAt, updatedAt, parentId } = comment;
    return {
      id,
      type: "comment",
      author: author && userObject({ name: author.handle, fullname: author.name }),
      createdAt,
      data: {
        edited: edits > 0,
        hidden: state !== "shown",
        latest: {
          raw: state === "shown" ? body : "",
          html: state === "shown" ? renderComment(body, { known }) : "",
          updatedAt,
        },
        numEdits: edits,
        reactions: reactionsOf(id).map(({ reaction, count }) => ({ reaction, count })),
        isReport: false,
        ...(parentId !== null && { parentCommentId: parentId }),
      },
    };
  };
  return threads.map(({ comment, replies }) => ({ ...answer(comment), replies: replies.map(answer) }));
}
