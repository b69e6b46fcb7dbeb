/** What a subscriber gets, and everything that can be changed about it, without an account. */
import { CADENCES, PREFERENCE_LIMITS, type Preferences } from "@paperwire/domain";
import type { MailTrouble, Subscriber } from "@paperwire/store";
import type { ComponentChildren } from "preact";
import type { Page } from "../page.ts";
import { privateFeedPath } from "../private-feeds.ts";
import { subscriberOf } from "../subscription-links.ts";
import { longDay } from "../views/dates.ts";
import { FEED_FORMS } from "../views/feed-menu.tsx";
import { Layout } from "../views/layout.tsx";
import { topicName } from "../views/topic-name.ts";

const TOPICS_TEXT_CHARS = PREFERENCE_LIMITS.topics * (PREFERENCE_LIMITS.topicChars + 2);

export const managePage: Page = async (request, context, site) => {
  const token = request.param("token");
  const subscriber = await subscriberOf(context, "manage", token);
  const { unsubscribeUrl } = context.mail.links(subscriber.id, context.clock());
  const feed = await privateFeedPath(context, subscriber.id);
  const trouble = await context.store.deliveries.findTrouble(subscriber.id);
  return {
    status: 200,
    keep: false,
    personal: true,
    html: (
      <Layout site={site} title="Your subscription" path="/subscribe" indexed={false}>
        <article class="prose">
          <h1>Your subscription</h1>
          <p>Papers for {subscriber.email}.</p>
          <State subscriber={subscriber} saved={request.query("saved") !== undefined} />
          {trouble !== null && <Trouble token={token} trouble={trouble} />}
          <Wishes token={token} wishes={subscriber.preferences} />
          <PrivateFeed token={token} address={feed && site.settings.baseUrl + feed} />
          <h2>Leave</h2>
          <p>
            <a href={unsubscribeUrl.slice(site.settings.baseUrl.length)}>Unsubscribe</a>. To pause, choose a day above.
          </p>
          <h2>Your data</h2>
          <p>
            <a href={`/subscription/${token}/data.json`}>Everything kept about you, as JSON</a>
          </p>
          <form method="post" action={`/subscription/${token}/erase`}>
            <button type="submit">Erase my address and all of it</button>
          </form>
        </article>
      </Layout>
    ),
    markdown: () => `# Your subscription\n\nOpen this address in a browser to change it.\n`,
  };
};

function State({ subscriber: { state }, saved }: { subscriber: Subscriber; saved: boolean }) {
  return (
    <>
      {saved && <p role="status">Saved.</p>}
      {state === "left" && <p>You left; nothing is sent. Subscribe again to come back.</p>}
    </>
  );
}

function Trouble({ token, trouble: { kind, reason, at, stopped } }: { token: string; trouble: MailTrouble }) {
  const day = at === "" ? "" : ` on ${longDay(at.slice(0, 10))}`;
  return (
    <section class="notice" aria-label="Mail to you">
      {kind === "complaint" ? (
        <p>A mail to you was reported as spam{day}, so nothing is sent any more.</p>
      ) : (
        <p>
          Mail to you bounced{day}. The other server said: <q>{reason.replace(/^(?:hard|soft): /, "")}</q>{" "}
          {stopped ? "Nothing is sent to this address any more." : "The next digest is sent all the same."}
        </p>
      )}
      {stopped && (
        <form method="post" action={`/subscription/${token}/resume`}>
          <button type="submit">Send mail here again</button>
        </form>
      )}
    </section>
  );
}

/** Whoever has the address can read along, so it can be changed. */
function PrivateFeed({ token, address }: { token: string; address: string | null }) {
  const action = `/subscription/${token}/feed`;
  return (
    <section id="feed">
      <h2>Your feed</h2>
      {address === null ? (
        <>
          <p>The same papers in a feed reader: an address of your own, which nobody can guess.</p>
          <form method="post" action={action}>
            <button type="submit">Make a feed address</button>
          </form>
        </>
      ) : (
        <>
          <p>
            Your papers in a feed reader, by the topics and upvotes above. Keep the address to yourself: whoever has it
            sees what you chose.
          </p>
          <ul class="plain addresses">
            {FEED_FORMS.map(([form, name]) => (
              <li>
                {name}: <a href={`${address}.${form}`}>{`${address}.${form}`}</a>
              </li>
            ))}
          </ul>
          <div class="feed-acts">
            <form method="post" action={action}>
              <button type="submit">Get a new address</button>
            </form>
            <form method="post" action={`${action}/remove`}>
              <button type="submit">Remove my feed</button>
            </form>
          </div>
        </>
      )}
    </section>
  );
}

function Wishes({ token, wishes }: { token: string; wishes: Preferences }) {
  return (
    <form class="wishes" method="post" action={`/subscription/${token}`}>
      <Field label="How often">
        <select name="cadence">
          {CADENCES.map((cadence) => (
            <option value={cadence} selected={cadence === wishes.cadence}>
              {cadence}
            </option>
          ))}
        </select>
      </Field>
      <Field label={`Papers at most (1 to ${PREFERENCE_LIMITS.papers})`}>
        <input type="number" name="papers" min={1} max={PREFERENCE_LIMITS.papers} value={wishes.papersMax} required />
      </Field>
      <Field label="Upvotes at least">
        <input
          type="number"
          name="upvotes"
          min={0}
          max={PREFERENCE_LIMITS.upvotes}
          value={wishes.upvotesMin}
          required
        />
      </Field>
      <Field label="Only these topics, separated by commas; empty means all">
        <input
          type="text"
          name="topics"
          maxLength={TOPICS_TEXT_CHARS}
          value={wishes.topics.map(topicName).join(", ")}
          placeholder="cs.CV, sparse retrieval"
        />
      </Field>
      <Field label="At this hour (0 to 23)">
        <input type="number" name="hour" min={0} max={23} value={wishes.hour} required />
      </Field>
      <Field label="Time zone">
        <input type="text" name="zone" value={wishes.timeZone} required maxLength={60} placeholder="Europe/Berlin" />
      </Field>
      <Field label="Pause up to and including this day">
        <input type="date" name="pause" value={wishes.pausedUntil ?? ""} />
      </Field>
      <p>
        <label>
          <input type="checkbox" name="plain" checked={wishes.plainText} /> Plain text only
        </label>
      </p>
      <button type="submit">Save</button>
    </form>
  );
}

function Field({ label, children }: { label: string; children: ComponentChildren }) {
  return (
    <p>
      <label>
        <span>{label}</span>
        {children}
      </label>
    </p>
  );
}
