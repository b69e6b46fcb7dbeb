/** One's own invitations, and the page that an invitation's link opens. */
import { INVITE_LIMITS } from "@paperwire/domain";
import type { Invite } from "@paperwire/store";
import { WaysIn } from "../account/sign-in-pages.tsx";
import { fieldMarks, type Problem, ProblemLine } from "../field-problem.tsx";
import { FormKey } from "../form-key.tsx";
import type { Site } from "../site.ts";
import { readerUrl } from "../talk/comment-view.tsx";
import { plainDay } from "../views/dates.ts";
import { Layout } from "../views/layout.tsx";
import { INVITES_PATH, TREE_PATH } from "./invite-url.ts";

/** What is said about the last act. */
export type Told = {
  /** Address of the one just made; shown only now. */
  made?: string | undefined;
  said?: string | undefined;
};

export type InviteTyped = { note: string; days: string };

type Props = Told & {
  site: Site;
  invites: readonly Invite[];
  /** How many more the reader may make. */
  left: number;
  /** Why none, where it is none for good. */
  refusal?: string | undefined;
  /** What was sent and cannot be taken as it is. */
  typed?: InviteTyped | undefined;
  problem?: Problem | undefined;
};

export function invitesPage({ site, invites, left, refusal, made, said, typed, problem }: Props) {
  const of = (...states: Invite["state"][]) => invites.filter(({ state }) => states.includes(state));
  return (
    <Layout
      site={site}
      title="Invitations"
      path={INVITES_PATH}
      indexed={false}
      head={<script type="module" src={site.assets.url("copy.js")} />}
    >
      <article class="prose">
        <h1>Invitations</h1>
        <p>
          A link makes one account. Who came by whom stands for all to see in the <a href={TREE_PATH}>tree</a>
          {site.settings.invites === "required" && "; new accounts need an invitation here"}. A link can be taken back
          until it is used.
        </p>
        {said && (
          <p class="notice" role="status">
            {said}
          </p>
        )}
        <ProblemLine problem={problem} />
        {made && <Made link={made} />}
        {refusal ? <p class="notice">{refusal}</p> : <MakeForm left={left} problem={problem} {...typed} />}
        <Open invites={of("open")} />
        <Used invites={of("used")} />
        <Gone invites={of("revoked", "expired")} />
      </article>
    </Layout>
  );
}

function Made({ link }: { link: string }) {
  return (
    <div class="notice" role="status">
      <p>Your new link, shown only now. Whoever opens it may use it: give it to one person.</p>
      <p>
        <code class="token" data-copy="the link">
          {link}
        </code>
        <span />
      </p>
    </div>
  );
}

const LENGTHS: Readonly<Record<number, string>> = { 1: "a day", 7: "a week", 30: "a month" };

type MakeProps = { left: number; problem: Problem | undefined } & Partial<InviteTyped>;

function MakeForm({ left, problem, note = "", days: chosen = "7" }: MakeProps) {
  if (left === 0) {
    return (
      <p class="notice">
        You have made as many as you may for now. One comes free {INVITE_LIMITS.windowDays} days after it was made, or
        when you take an open one back.
      </p>
    );
  }
  return (
    <form class="wishes" method="post" action={INVITES_PATH}>
      <FormKey />
      <p>
        <label>
          <span>A word to whom you invite, if you like</span>
          <input
            type="text"
            name="note"
            value={note}
            maxLength={INVITE_LIMITS.noteChars}
            autocomplete="off"
            {...fieldMarks({ field: "note", problem })}
          />
        </label>
        <small>Whoever opens the link reads it, with your name.</small>
      </p>
      <ProblemLine field="note" problem={problem} />
      <p>
        <label>
          <span>It works for</span>
          <select name="days">
            {INVITE_LIMITS.days.map((days) => (
              <option value={days} selected={String(days) === chosen}>
                {LENGTHS[days]}
              </option>
            ))}
          </select>
        </label>
      </p>
      <button type="submit">Make a link</button> <small>You may make {left} more.</small>
    </form>
  );
}

const day = (at: string) => plainDay(at.slice(0, 10));

function Open({ invites }: { invites: readonly Invite[] }) {
  return (
    <>
      <h2>Open</h2>
      {invites.length === 0 && <p>None.</p>}
      <ul class="own-things">
        {invites.map((invite) => (
          <li>
            <Words invite={invite} end={`works until ${day(invite.expiresAt)}`} />
            <form method="post" action={`${INVITES_PATH}/revoke`}>
              <input type="hidden" name="id" value={invite.id} />
              <button type="submit" aria-label={`Take back the invitation of ${day(invite.madeAt)}`}>
                Take back
              </button>
            </form>
          </li>
        ))}
      </ul>
    </>
  );
}

function Words({ invite: { note, madeAt }, end }: { invite: Invite; end: string }) {
  return (
    <span>
      <b>{note || "Without a word"}</b>
      <small>
        made {day(madeAt)}; {end}
      </small>
    </span>
  );
}

function Used({ invites }: { invites: readonly Invite[] }) {
  if (invites.length === 0) return null;
  return (
    <>
      <h2>Used</h2>
      <ul class="own-things">
        {invites.map(({ note, usedBy, usedAt }) => (
          <li>
            <span>
              {usedBy === null ? <b>deleted</b> : <a href={readerUrl(usedBy)}>@{usedBy}</a>}
              <small>
                came {day(usedAt!)}
                {note && `; “${note}”`}
              </small>
            </span>
          </li>
        ))}
      </ul>
    </>
  );
}

function Gone({ invites }: { invites: readonly Invite[] }) {
  if (invites.length === 0) return null;
  return (
    <>
      <h2>Taken back or run out</h2>
      <ul class="own-things">
        {invites.map((invite) => (
          <li>
            <Words
              invite={invite}
              end={invite.state === "revoked" ? "taken back" : `ran out ${day(invite.expiresAt)}`}
            />
            {invite.state === "revoked" && (
              <form method="post" action={`${INVITES_PATH}/reopen`}>
                <input type="hidden" name="id" value={invite.id} />
                <button type="submit" aria-label={`Put back the invitation of ${day(invite.madeAt)}`}>
                  Undo
                </button>
              </form>
            )}
          </li>
        ))}
      </ul>
    </>
  );
}

type Invited = { by: { handle: string; name: string; note: string; expiresAt: string }; invite: string };

export function invitedPage({
  site,
  by,
  invite,
  ways,
}: Invited & { site: Site; ways: Pick<Parameters<typeof WaysIn>[0], "providers"> }) {
  return (
    <Layout site={site} title="You are invited" path="/invited" indexed={false}>
      <article class="prose door">
        <h1>You are invited</h1>
        <p>
          <a href={readerUrl(by.handle)}>@{by.handle}</a>
          {by.name !== by.handle && ` (${by.name})`} invites you to {site.settings.siteName}.
        </p>
        {by.note && <blockquote>{by.note}</blockquote>}
        {site.reader ? (
          <p class="notice">
            You have an account already, @{site.reader.handle}: this link is for somebody else. Pass it on.
          </p>
        ) : (
          <>
            <p>
              With an account you can upvote, comment, put papers forward and keep collections. There are no passwords.
              That @{by.handle} invited you stands in the <a href={TREE_PATH}>public tree</a>.
            </p>
            <WaysIn site={site} next="/" invite={invite} {...ways} />
            <p>The invitation works once, until {day(by.expiresAt)}.</p>
          </>
        )}
      </article>
    </Layout>
  );
}
