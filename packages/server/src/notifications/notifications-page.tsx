/** A reader's notifications, and what they want to be told of. */
import { MAIL_PACES, type MailPace, NOTIFICATION_KINDS, type NotificationWishes } from "@paperwire/domain";
import type { Notification } from "@paperwire/store";
import type { Page } from "../page.ts";
import { pageNumber } from "../page.ts";
import { plainDay } from "../views/dates.ts";
import { Layout } from "../views/layout.tsx";
import { Pager } from "../views/pager.tsx";
import { RichText } from "../views/rich-text.tsx";
import { withQuery } from "../views/urls.ts";

const PER_PAGE = 50;
const PACES: Record<MailPace, string> = {
  daily: "One mail a day at most",
  "at-once": "A mail as soon as something happens",
  never: "No mails",
};

export const notificationsPage: Page = async (request, { store }, site) => {
  const page = pageNumber(request);
  const { id } = site.reader!;
  const [{ items, total }, wishes] = await Promise.all([
    store.notifications.list(id, { limit: PER_PAGE, offset: (page - 1) * PER_PAGE }),
    store.notifications.wishesOf(id),
  ]);
  const url = (to: number) => withQuery("/notifications", { page: to > 1 ? String(to) : undefined });
  return {
    status: 200,
    keep: false,
    personal: true,
    html: (
      <Layout site={site} title="Notifications" path={url(page)} indexed={false}>
        <article class="prose">
          <h1>Notifications</h1>
          {items.length === 0 && <p>Nothing yet. Answers, mentions and what becomes of your papers stand here.</p>}
          {items.some(({ read }) => !read) && (
            <form method="post" action="/notifications/read">
              <input type="hidden" name="upto" value={items[0]!.id} />
              <button type="submit">Mark all as read</button>
            </form>
          )}
          <ul class="plain rows">
            {items.map((one) => (
              <Line one={one} here={url(page)} />
            ))}
          </ul>
          <Pager page={page} perPage={PER_PAGE} total={total} url={url} />
          <Wishes wishes={wishes} saved={request.query("saved") !== undefined} />
        </article>
      </Layout>
    ),
    markdown: () => "# Notifications\n\nOpen this address in a browser.\n",
  };
};

function Line({ one: { id, words, path, at, read }, here }: { one: Notification; here: string }) {
  return (
    <li id={`notification-${id}`} class={read ? undefined : "unread"}>
      {!read && <b class="unseen">New: </b>}
      <a href={path}>
        <RichText text={words} />
      </a>{" "}
      <small>{plainDay(at.slice(0, 10))}</small>
      {!read && (
        <form method="post" action="/notifications/read">
          <input type="hidden" name="id" value={id} />
          <button type="submit" name="next" value={path}>
            Open
          </button>
          <button type="submit" name="next" value={here}>
            Mark as read
          </button>
        </form>
      )}
    </li>
  );
}

function Wishes({ wishes, saved }: { wishes: NotificationWishes; saved: boolean }) {
  return (
    <section id="wishes">
      <h2>What you want to be told</h2>
      {saved && <p role="status">Saved.</p>}
      <form method="post" action="/notifications/wishes">
        <div class="wide-table">
          <table class="batches">
            <thead>
              <tr>
                <th scope="col">Of</th>
                <th scope="col">Here</th>
                <th scope="col">By mail</th>
              </tr>
            </thead>
            <tbody>
              {NOTIFICATION_KINDS.map(({ kind, name }) => (
                <tr>
                  <th scope="row">{name}</th>
                  <td>
                    <input
                      type="checkbox"
                      name={`site-${kind}`}
                      aria-label={`${name}, here`}
                      checked={!wishes.hidden.includes(kind)}
                      disabled={kind === "moderation"}
                    />
                  </td>
                  <td>
                    <input
                      type="checkbox"
                      name={`mail-${kind}`}
                      aria-label={`${name}, by mail`}
                      checked={!wishes.unmailed.includes(kind)}
                    />
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <fieldset class="paces">
          <legend>Mails</legend>
          {MAIL_PACES.map((pace) => (
            <label>
              <input type="radio" name="pace" value={pace} checked={wishes.pace === pace} /> {PACES[pace]}
            </label>
          ))}
        </fieldset>
        <button type="submit" class="main">
          Save
        </button>
      </form>
    </section>
  );
}
