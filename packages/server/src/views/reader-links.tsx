/** Where people go who take part: putting papers forward, and the desk for those who curate. */
import { atLeast } from "@paperwire/domain";
import type { Site } from "../site.ts";

export function ReaderLinks({ site: { reader, unread = 0 } }: { site: Site }) {
  return (
    <>
      <a href="/submit" class="wide-only">
        Submit
      </a>
      {reader && atLeast(reader.role, "curator") && <a href="/desk">Desk</a>}
      {reader && atLeast(reader.role, "admin") && <a href="/desk/mail">Mail</a>}
      {reader && (
        <a href="/notifications">
          Notifications
          {unread > 0 && <b class="badge">{unread}</b>}
          {unread > 0 && <span class="unseen"> unread</span>}
        </a>
      )}
    </>
  );
}
