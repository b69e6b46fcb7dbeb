/** A reader's public page: who they are here, which papers are theirs, what they said. */
import { type Account, atLeast, notFound, ROLES } from "@paperwire/domain";
import type { ClaimWithPeople, Collection, CommentInList, InviteStore } from "@paperwire/store";
import { collectionUrl } from "../collections/collection-url.ts";
import { treeUrl } from "../invites/invite-url.ts";
import type { Page } from "../page.ts";
import { plainDay } from "../views/dates.ts";
import { Layout } from "../views/layout.tsx";
import { counted } from "../views/numbers.ts";
import { RichText } from "../views/rich-text.tsx";
import { paperUrl } from "../views/urls.ts";
import { CommentTime, readerUrl } from "./comment-view.tsx";
import { renderComment } from "./render-comment.ts";

const COMMENTS_SHOWN = 30;
const COLLECTIONS_SHOWN = 30;

export const readerPage: Page = async (request, { store, settings }, site) => {
  const handle = request.param("handle").slice(1);
  const account = await store.accounts.findByHandle(handle);
  if (!account) {
    const renamed = await store.accounts.findByFormerHandle(handle);
    if (renamed) return { redirect: readerUrl(renamed.handle), status: 302 };
    throw notFound(`There is no @${handle.slice(0, 40)} here.`);
  }
  const invited = (settings.invites ?? "off") !== "off";
  const [claims, comments, kept, tree] = await Promise.all([
    store.claims.listByAccount(account.id),
    store.comments.listShownBy(account.id, COMMENTS_SHOWN),
    store.collections.list({ owners: [account.handle], limit: COLLECTIONS_SHOWN, offset: 0 }),
    invited ? store.invites.treeOf(account.id) : null,
  ]);
  const papers = claims.filter(({ state }) => state === "verified");
  const { reader } = site;
  return {
    status: 200,
    keep: true,
    html: (
      <Layout
        site={site}
        title={`${account.name} (@${account.handle})`}
        path={readerUrl(account.handle)}
        indexed={papers.length > 0}
        head={<link rel="stylesheet" href={site.assets.url("talk.css")} />}
      >
        <div class="prose talk">
          <p class="kicker">Reader</p>
          <h1>{account.name}</h1>
          <p class="subline">
            @{account.handle}
            {account.role !== "reader" && <span class="badge">{account.role}</span>} · here since{" "}
            {plainDay(account.createdAt.toISOString().slice(0, 10))}
            {account.orcid && (
              <>
                {" · "}
                <a href={`https://orcid.org/${account.orcid}`} rel="noopener nofollow">
                  ORCID {account.orcid}
                </a>
              </>
            )}
          </p>
          {tree && tree.below.length > 0 && <CameBy tree={tree} handle={account.handle} />}
          <Papers papers={papers} />
          <Collections kept={kept.items} />
          <h2>Comments</h2>
          <Comments comments={comments} />
          {reader && reader.id !== account.id && (
            <p class="credit">
              <a href={`/report?kind=account&id=${account.id}`}>Report this account</a>
            </p>
          )}
          {reader && reader.id !== account.id && atLeast(reader.role, "moderator") && (
            <Moderate account={account} asAdmin={reader.role === "admin"} invites={invited} />
          )}
        </div>
      </Layout>
    ),
    markdown: () =>
      `# ${account.name} (@${account.handle})\n\n${papers.map(({ paperTitle, paperId }) => `- ${paperTitle}: ${site.settings.baseUrl}${paperUrl(paperId)}`).join("\n")}\n`,
  };
};

/** Their place in the tree of invitations. */
function CameBy({ tree, handle }: { tree: Awaited<ReturnType<InviteStore["treeOf"]>>; handle: string }) {
  const host = tree.above.at(-1);
  const brought = tree.below.length - 1;
  return (
    <p class="credit">
      {host && (
        <>
          Invited by{" "}
          {host.handle === null ? "an account that is deleted" : <a href={readerUrl(host.handle)}>@{host.handle}</a>}.{" "}
        </>
      )}
      <a href={treeUrl(handle)}>{brought === 0 ? "Place in the tree" : `${counted(brought, "reader")} came by them`}</a>
    </p>
  );
}

/** The public ones. */
function Collections({ kept }: { kept: Collection[] }) {
  if (kept.length === 0) return null;
  return (
    <>
      <h2>Collections</h2>
      <ul class="plain">
        {kept.map((collection) => (
          <li>
            <a href={collectionUrl(collection)}>{collection.title}</a>{" "}
            <span class="credit">{counted(collection.papers, "paper")}</span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Papers({ papers }: { papers: ClaimWithPeople[] }) {
  if (papers.length === 0) return null;
  return (
    <>
      <h2>Papers</h2>
      <ul class="plain">
        {papers.map(({ paperId, paperTitle }) => (
          <li>
            <a href={paperUrl(paperId)}>
              <RichText text={paperTitle} />
            </a>
          </li>
        ))}
      </ul>
    </>
  );
}

function Comments({ comments }: { comments: CommentInList[] }) {
  if (comments.length === 0) return <p class="notice">None yet.</p>;
  return (
    <ol class="threads">
      {comments.map((comment) => (
        <li>
          <p class="credit">
            <CommentTime comment={comment} /> about{" "}
            <a href={paperUrl(comment.paperId)}>
              <RichText text={comment.paperTitle} />
            </a>
          </p>
          <div class="comment-text" dangerouslySetInnerHTML={{ __html: renderComment(comment.body) }} />
        </li>
      ))}
    </ol>
  );
}

/** What moderators can do about an account without a report. */
function Moderate({ account, asAdmin, invites }: { account: Account; asAdmin: boolean; invites: boolean }) {
  const suspended = account.suspendedUntil !== undefined;
  const choices = [
    { act: "set-trust", label: "Trust", name: "trust", values: ["0", "1", "2"], now: String(account.trust) },
    ...(asAdmin ? [{ act: "set-role", label: "Role", name: "role", values: ROLES, now: account.role }] : []),
  ];
  return (
    <section>
      <h2>For moderators</h2>
      {choices.map(({ act, label, name, values, now }) => (
        <form class="comment-form" method="post" action="/desk/moderation">
          <input type="hidden" name="act" value={act} />
          <input type="hidden" name="kind" value="account" />
          <input type="hidden" name="id" value={account.id} />
          <label for={name}>{label}</label>
          <select id={name} name={name}>
            {values.map((value) => (
              <option selected={value === now}>{value}</option>
            ))}
          </select>
          <label for={`${name}-reason`}>Reason (public)</label>
          <input id={`${name}-reason`} name="reason" maxLength={500} required />
          <p class="form-acts">
            <button>Change</button>
          </p>
        </form>
      ))}
      {invites && (
        <form class="comment-form" method="post" action="/desk/moderation">
          <input type="hidden" name="act" value={account.invitesStopped ? "allow-invites" : "stop-invites"} />
          <input type="hidden" name="id" value={account.id} />
          <p>
            <a href={treeUrl(account.handle)}>Who came by @{account.handle}</a>
          </p>
          <label for="invites-reason">
            {account.invitesStopped ? "Let them invite again" : "End their right to invite; open links stop working"}:
            reason (public)
          </label>
          <input id="invites-reason" name="reason" maxLength={500} required />
          <p class="form-acts">
            <button>{account.invitesStopped ? "Let them invite" : "End it"}</button>
          </p>
        </form>
      )}
      {suspended && (
        <form class="comment-form" method="post" action="/desk/moderation">
          <input type="hidden" name="act" value="unsuspend" />
          <input type="hidden" name="id" value={account.id} />
          <label for="unsuspend-reason">End the suspension: reason (public)</label>
          <input id="unsuspend-reason" name="reason" maxLength={500} required />
          <p class="form-acts">
            <button>End it</button>
          </p>
        </form>
      )}
    </section>
  );
}
