/** Where people go who take part: putting papers forward, and the desk for those who curate. */
import { atLeast } from "@paperwire/domain";
import type { Site } from "../site.ts";
import { counted } from "./numbers.ts";

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
          {/* The name says it in words; the number alone would not. */}
          <span aria-hidden={unread > 0 ? true : undefined}>News{unread > 0 && <b class="badge">{unread}</b>}</span>
          {unread > 0 && <span class="unseen">News, {counted(unread, "unread notification")}</span>}
        </a>
      )}
    </>
  );
}
