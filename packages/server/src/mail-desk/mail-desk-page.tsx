/** The operator's view of mail: what went out, what hangs, what a person has to decide, and the files where no server is. */
import { DELIVERY_STATES, type DeliveryState, SENDING_SETTING } from "@paperwire/domain";
import { MAIL_CHANNEL, type MailFile } from "@paperwire/mail";
import type { DoubtfulDelivery, DoubtfulPost, Store, StoredDigest } from "@paperwire/store";
import type { ComponentChildren } from "preact";
import type { Page } from "../page.ts";
import { Layout } from "../views/layout.tsx";
import { count, counted } from "../views/numbers.ts";

const DIGESTS_SHOWN = 14;
const DOUBTS_SHOWN = 100;
const FILES_SHOWN = 100;

type Counts = Record<DeliveryState, number>;
type Sent = { stored: StoredDigest; counts: Counts };

export const mailDeskPage: Page = async (_request, { store, mail }, site) => {
  const [sent, doubts, letters, files, counts, sending] = await Promise.all([
    listSent(store),
    store.deliveries.listDoubtful(DOUBTS_SHOWN),
    store.outbox.listDoubtful(DOUBTS_SHOWN),
    mail.transport.folder?.list(FILES_SHOWN) ?? Promise.resolve(null),
    store.outbox.count(MAIL_CHANNEL),
    store.settings.get(SENDING_SETTING),
  ]);
  return {
    status: 200,
    keep: false,
    personal: true,
    html: (
      <Layout site={site} title="Mail" path="/desk/mail" indexed={false}>
        <article class="prose">
          <h1>Mail</h1>
          {files === null && <p>Mail leaves by {mail.transport.name}.</p>}
          <Switch off={sending === "off"} />
          <Doubts deliveries={doubts} letters={letters} />
          <h2>Digests</h2>
          <Digests sent={sent} />
          <h2>Single mails</h2>
          <p>
            {counted(counts.waiting + counts.sending, "mail")} waiting, {count(counts.sent)} sent,{" "}
            {count(counts.refused)} refused, {count(counts.skipped)} too late, in the last 30 days.
          </p>
          {files !== null && <Files files={files} />}
        </article>
      </Layout>
    ),
    markdown: () => "# Mail\n\nOpen this address in a browser.\n",
  };
};

async function listSent(store: Store): Promise<Sent[]> {
  const list = await store.digests.list({ limit: DIGESTS_SHOWN });
  return Promise.all(
    list.map(async (stored) => ({ stored, counts: await store.deliveries.count(stored.digest.name) })),
  );
}

function Switch({ off }: { off: boolean }) {
  return (
    <form method="post" action="/desk/mail/sending" class="acts">
      <span>{off ? "No digest is sent: sending is switched off." : "Digests are sent at their readers' hours."}</span>{" "}
      <button type="submit" name="act" value={off ? "resume" : "pause"}>
        {off ? "Send digests again" : "Stop all digests"}
      </button>
    </form>
  );
}

function Doubts({
  deliveries,
  letters,
}: {
  deliveries: readonly DoubtfulDelivery[];
  letters: readonly DoubtfulPost[];
}) {
  if (deliveries.length + letters.length === 0) return <p>No delivery is in doubt.</p>;
  return (
    <section>
      <h2>In doubt</h2>
      <p>
        The process or the connection ended while these were under way, so they may have arrived. Look into the mail
        server's log for their names, and decide. Nothing is sent again by itself.
      </p>
      <ul class="plain doubts">
        {deliveries.map(({ id, digest, email, claimedAt, reason }) => (
          <Doubt action={`/desk/mail/deliveries/${id}`} id={id} at={claimedAt} reason={reason}>
            Digest {digest} to {email}
          </Doubt>
        ))}
        {letters.map(({ id, channel, recipient, claimedAt, reason }) => (
          <Doubt action={`/desk/mail/posts/${id}`} id={id} at={claimedAt} reason={reason}>
            {channel === MAIL_CHANNEL ? "A mail" : `A post by ${channel}`} to {recipient}
          </Doubt>
        ))}
      </ul>
    </section>
  );
}

type DoubtProps = {
  action: string;
  id: string;
  at: string | null;
  reason: string | null;
  children: ComponentChildren;
};

function Doubt({ action, id, at, reason, children }: DoubtProps) {
  return (
    <li>
      <form method="post" action={action}>
        <p>
          <b>{children}</b>
          <br />
          <span class="muted">
            <code>{id}</code>
            {at !== null && `, ${at.slice(0, 16).replace("T", " ")} UTC`}
            {reason !== null && `: ${reason}`}
          </span>
        </p>
        <button type="submit" name="verdict" value="sent">
          It arrived
        </button>{" "}
        <button type="submit" name="verdict" value="again">
          Send it again
        </button>
      </form>
    </li>
  );
}

function Digests({ sent }: { sent: readonly Sent[] }) {
  if (sent.length === 0) return <p>None was composed yet: the first edition that closes with subscribers makes one.</p>;
  return (
    <div class="wide-table" tabIndex={0} role="region" aria-label="Digests">
      <table class="batches">
        <thead>
          <tr>
            <th scope="col">Digest</th>
            {DELIVERY_STATES.map((state) => (
              <th scope="col" class="number">
                {state}
              </th>
            ))}
            <th scope="col">Sending</th>
          </tr>
        </thead>
        <tbody>
          {sent.map(({ stored: { digest, paused }, counts }) => (
            <tr>
              <th scope="row">
                <a href={`/digests/${digest.name}`}>{digest.name}</a>
              </th>
              {DELIVERY_STATES.map((state) => (
                <td class="number">{count(counts[state])}</td>
              ))}
              <td>
                <form method="post" action={`/desk/mail/digests/${digest.name}`}>
                  {paused !== null && <span>Paused: {paused} </span>}
                  <button type="submit" name="act" value={paused === null ? "pause" : "resume"}>
                    {paused === null ? "Pause" : "Go on"}
                  </button>
                </form>
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function Files({ files }: { files: readonly MailFile[] }) {
  return (
    <section id="files">
      <h2>Mails on this machine</h2>
      <p>No mail server is set (SMTP_URL), so mails land as files here and reach nobody.</p>
      {files.length === 0 ? (
        <p>There is none yet. Subscribe, and the confirmation appears here.</p>
      ) : (
        <ul>
          {files.map(({ name, to, subject, date }) => (
            <li>
              <a href={`/desk/mail/files/${name}`}>{subject || "(no subject)"}</a>
              <br />
              <span class="muted">
                to {to}, {date}
              </span>
            </li>
          ))}
        </ul>
      )}
    </section>
  );
}
