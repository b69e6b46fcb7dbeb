/** Beside a paper: “this is me” for readers, and what a verified author may set. */
import { CLAIM_LIMITS, linkOf, nameKey, type Paper } from "@paperwire/domain";
import type { AuthorWord, Store } from "@paperwire/store";
import type { Site } from "../site.ts";
import { paperUrl, signInUrl } from "../views/urls.ts";
import { readerUrl } from "./comment-view.tsx";

export type Authorship = {
  /** Verified authors by their folded names. */
  verified: { authorKey: string; accountId: string; handle: string; name: string }[];
  /** What they set, newest first. */
  words: AuthorWord[];
};

export async function authorshipOf({ claims }: Pick<Store, "claims">, paperId: string): Promise<Authorship> {
  const [verified, words] = await Promise.all([claims.verifiedOf(paperId), claims.wordsOf(paperId)]);
  return { verified, words };
}

/** Handles of the accounts that proved to be authors, by folded name. */
export const handlesOf = ({ verified }: Authorship): ReadonlyMap<string, string> =>
  new Map(verified.map(({ authorKey, handle }) => [authorKey, handle]));

type Props = { paper: Paper; authorship: Authorship; site: Pick<Site, "reader" | "signIn"> };
type Own = Omit<Props, "site">;

export function ClaimSection({ paper, authorship, site: { reader, signIn } }: Props) {
  if ((paper.authors ?? []).length === 0) return null;
  if (!reader) return signIn ? <ClaimLink paper={paper} /> : null;
  const isAuthor = authorship.verified.some(({ accountId }) => accountId === reader.id);
  return isAuthor ? (
    <AuthorDesk paper={paper} authorship={authorship} handle={reader.handle} />
  ) : (
    <ClaimForm paper={paper} authorship={authorship} />
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

function ClaimForm({ paper, authorship }: Own) {
  const free = (paper.authors ?? []).filter(
    ({ name }) => !authorship.verified.some(({ authorKey }) => authorKey === nameKey(name)),
  );
  if (free.length === 0) return null;
  return (
    <details class="claim" id="claim">
      <summary>Are you one of the authors?</summary>
      <form class="comment-form" method="post" action="/claims">
        <input type="hidden" name="paper" value={paper.id} />
        <label for="claim-author">I am</label>
        <select id="claim-author" name="author">
          {free.slice(0, AUTHORS_OFFERED).map(({ name }) => (
            <option>{name}</option>
          ))}
        </select>
        <label for="claim-words">What a moderator should know (not public)</label>
        <textarea id="claim-words" name="statement" rows={3} maxLength={CLAIM_LIMITS.statementChars} />
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

function AuthorDesk({ paper, authorship, handle }: Own & { handle: string }) {
  return (
    <details class="claim">
      <summary>You are an author of this paper</summary>
      <WordForm paper={paper} kind="code" value={linkOf(paper, "code")?.url} />
      <WordForm paper={paper} kind="project" value={linkOf(paper, "project")?.url} />
      <WordForm paper={paper} kind="summary" value={paper.summary?.text} />
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

function WordForm({ paper, kind, value }: { paper: Paper; kind: keyof typeof LABELS; value: string | undefined }) {
  const id = `word-${kind}`;
  return (
    <form class="comment-form" method="post" action="/author-words">
      <input type="hidden" name="paper" value={paper.id} />
      <input type="hidden" name="kind" value={kind} />
      <label for={id}>{LABELS[kind]}</label>
      {kind === "summary" ? (
        <textarea id={id} name="value" rows={3} maxLength={CLAIM_LIMITS.summaryChars} required>
          {value}
        </textarea>
      ) : (
        <input id={id} type="url" name="value" value={value} placeholder="https://" required />
      )}
      <p class="form-acts">
        <button>Set</button>
      </p>
    </form>
  );
}
