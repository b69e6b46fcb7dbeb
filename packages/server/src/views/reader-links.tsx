/** Where people go who take part: putting papers forward, the desk for those who curate, their own account. */
import { atLeast } from "@paperwire/domain";
import { useContext } from "preact/hooks";
import type { Site } from "../site.ts";
import { ReadingContext } from "./reading.ts";
import { signInUrl } from "./urls.ts";

type Props = {
  site: Site;
  /** Of the page, for the way back. */
  path: string;
};

export function ReaderLinks({ site, path }: Props) {
  const { reader, signIn } = site;
  const unread = useContext(ReadingContext)?.unread ?? 0;
  return (
    <>
      <a href="/submit">Submit</a>
      {reader && atLeast(reader.role, "curator") && <a href="/desk">Desk</a>}
      {reader && (
        <a href="/notifications">
          Notifications
          {unread > 0 && <b class="badge">{unread}</b>}
          {unread > 0 && <span class="unseen"> unread</span>}
        </a>
      )}
      {signIn && !reader && <a href={path.startsWith("/sign-in") ? "/sign-in" : signInUrl(path)}>Sign in</a>}
      {signIn && reader && <OwnMenu reader={reader} invites={(site.settings.invites ?? "off") !== "off"} />}
    </>
  );
}

function OwnMenu({ reader, invites }: { reader: NonNullable<Site["reader"]>; invites: boolean }) {
  return (
    <details class="own-menu">
      <summary>@{reader.handle}</summary>
      <ul>
        <li>
          <a href="/submissions">Your submissions</a>
        </li>
        <li>
          <a href="/claims">Your claims</a>
        </li>
        <li>
          <a href="/collections">Collections</a>
        </li>
        {invites && (
          <li>
            <a href="/invites">Invitations</a>
          </li>
        )}
        <li>
          <a href="/settings">Settings</a>
        </li>
        {atLeast(reader.role, "moderator") && (
          <li>
            <a href="/desk/moderation">Moderation</a>
          </li>
        )}
        {reader.role === "admin" && (
          <>
            <li>
              <a href="/admin/accounts">Accounts</a>
            </li>
            <li>
              <a href="/desk/mail">Mail</a>
            </li>
          </>
        )}
        <li>
          <form method="post" action="/sign-out">
            <button type="submit">Sign out</button>
          </form>
        </li>
      </ul>
    </details>
  );
}
