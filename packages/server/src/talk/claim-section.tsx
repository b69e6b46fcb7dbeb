/** Beside a paper: “this is me” for readers, and what a verified author may set. */
import { CLAIM_LIMITS, linkOf, nameKey, type Paper } from "@paperwire/domain";
import type { AuthorWord, Store } from "@paperwire/store";
import { fieldMarks, type Problem, ProblemLine } from "../field-problem.tsx";
import type { Site } from "../site.ts";
import { paperUrl, signInUrl } from "../views/urls.ts";
import { readerUrl } from "./comment-view.tsx";

export type Authorship = {
  /** Verified authors by their folded names. */
  verified: { authorKey: string; accountId: string; handle: string; name: string }[];
  /** What they set, newest first. */
  words: AuthorWord[];
  /** Whom the reader says to be, while a moderator has not answered. */
  waiting: string | undefined;
};

export async function authorshipOf(
  { claims }: Pick<Store, "claims">,
  paperId: string,
  reader: Site["reader"],
): Promise<Authorship> {
  const [verified, words, own] = await Promise.all([
    claims.verifiedOf(paperId),
    claims.wordsOf(paperId),
    reader ? claims.listByAccount(reader.id) : [],
  ]);
  const waiting = own.find((claim) => claim.paperId === paperId && claim.state === "pending")?.authorName;
  return { verified, words, waiting };
}

/** What was sent and cannot be taken as it is: a claim, or what an author sets. */
export type ClaimAgain = {
  problem: Problem;
  claim?: { author: string; statement: string };
  word?: { kind: string; value: string };
};

/** Handles of the accounts that proved to be authors, by folded name. */
export const handlesOf = ({ verified }: Authorship): ReadonlyMap<string, string> =>
  new Map(verified.map(({ authorKey, handle }) => [authorKey, handle]));

type Own = { paper: Paper; authorship: Authorship; again: ClaimAgain | undefined };
type Props = Own & { site: Pick<Site, "reader" | "signIn"> };

export function ClaimSection({ paper, authorship, site: { reader, signIn }, again }: Props) {
  if ((paper.authors ?? []).length === 0) return null;
  if (!reader) return signIn ? <ClaimLink paper={paper} /> : null;
  const isAuthor = authorship.verified.some(({ accountId }) => accountId === reader.id);
  if (isAuthor) return <AuthorDesk paper={paper} authorship={authorship} handle={reader.handle} again={again} />;
  return authorship.waiting === undefined ? (
    <ClaimForm paper={paper} authorship={authorship} again={again} />
  ) : (
    <div class="claim" id="claim">
      <ProblemLine problem={again?.problem} />
      <p class="credit">
        You say that you are {authorship.waiting}: a moderator has not answered yet.{" "}
        <a href="/claims" autofocus={again !== undefined}>
          Your claims
        </a>
      </p>
    </div>
  );
}

function ClaimLink({ paper }: Pick<Props, "paper">) {
  return (
    <p class="credit claim">
      <a href={signInUrl(`${paperUrl(paper.id)}#claim`)} rel="nofollow">
        Are you one of the authors?
      </a>
    </p>
  );
}

/** Authors offered; who is further down writes to a moderator. */
const AUTHORS_OFFERED = 300;

function ClaimForm({ paper, authorship, again }: Own) {
  const free = (paper.authors ?? []).filter(
    ({ name }) => !authorship.verified.some(({ authorKey }) => authorKey === nameKey(name)),
  );
  if (free.length === 0) return null;
  return (
    <details class="claim" id="claim" open={again !== undefined}>
      <summary>Are you one of the authors?</summary>
      <form class="comment-form" method="post" action="/claims">
        <ProblemLine problem={again?.problem} />
        <input type="hidden" name="paper" value={paper.id} />
        <label for="claim-author">I am</label>
        <select id="claim-author" name="author" autofocus={again !== undefined}>
          {free.slice(0, AUTHORS_OFFERED).map(({ name }) => (
            <option selected={name === again?.claim?.author}>{name}</option>
          ))}
        </select>
        <label for="claim-words">What a moderator should know (not public)</label>
        <textarea id="claim-words" name="statement" rows={3} maxLength={CLAIM_LIMITS.statementChars}>
          {again?.claim?.statement}
        </textarea>
        <small>
          With an ORCID or a confirmed address that the paper’s source knows, you are confirmed at once. Otherwise a
          moderator looks. Your own votes for this paper then no longer count in rankings.
        </small>
        <p class="form-acts">
          <button>This is me</button>
        </p>
      </form>
    </details>
  );
}

const LABELS = { code: "Code", project: "Project page", summary: "Summary" } as const;

function AuthorDesk({ paper, authorship, handle, again }: Own & { handle: string }) {
  return (
    <details class="claim" id="claim" open={again !== undefined}>
      <summary>You are an author of this paper</summary>
      {again?.word === undefined && <ProblemLine problem={again?.problem} />}
      <WordForm paper={paper} kind="code" value={linkOf(paper, "code")?.url} again={again} />
      <WordForm paper={paper} kind="project" value={linkOf(paper, "project")?.url} again={again} />
      <WordForm paper={paper} kind="summary" value={paper.summary?.text} again={again} />
      {authorship.words.length > 0 && (
        <ul class="plain">
          {authorship.words.map((word) => (
            <li>
              {LABELS[word.kind]} set by{" "}
              {word.handle ? <a href={readerUrl(word.handle)}>@{word.handle}</a> : "a deleted account"} on{" "}
              {word.at.slice(0, 10)}
              {word.reverted && " (put back)"}
              {!word.reverted && word.handle === handle && (
                <form method="post" action={`/author-words/${word.id}/revert`} class="inline">
                  {" "}
                  <button class="link">Put back what was there</button>
                </form>
              )}
            </li>
          ))}
        </ul>
      )}
    </details>
  );
}

type WordProps = Pick<Own, "paper" | "again"> & { kind: keyof typeof LABELS; value: string | undefined };

function WordForm({ paper, kind, value: stands, again }: WordProps) {
  const id = `word-${kind}`;
  const typed = again?.word?.kind === kind ? again.word.value : undefined;
  const value = typed ?? stands;
  const problem = typed === undefined ? undefined : { ...again!.problem, field: "value" };
  const marks = fieldMarks({ field: "value", problem });
  return (
    <form class="comment-form" method="post" action="/author-words">
      <input type="hidden" name="paper" value={paper.id} />
      <input type="hidden" name="kind" value={kind} />
      <label for={id}>{LABELS[kind]}</label>
      {kind === "summary" ? (
        <textarea id={id} name="value" rows={3} maxLength={CLAIM_LIMITS.summaryChars} required {...marks}>
          {value}
        </textarea>
      ) : (
        <input id={id} type="url" name="value" value={value} placeholder="https://" required {...marks} />
      )}
      <ProblemLine field="value" problem={problem} />
      <p class="form-acts">
        <button>Set</button>
      </p>
    </form>
  );
}
