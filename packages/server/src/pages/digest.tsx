/** A digest as it was mailed, on the web: frozen, whatever became of its papers since. */
import { type Digest, type DigestItem, type Notice, notFound } from "@paperwire/domain";
import { headingOf } from "@paperwire/mail";
import type { Page } from "../page.ts";
import { plainDay } from "../views/dates.ts";
import { Layout } from "../views/layout.tsx";
import { NoticeMark } from "../views/notice-mark.tsx";
import { counted } from "../views/numbers.ts";
import { RichText } from "../views/rich-text.tsx";
import { SubscribeForm } from "../views/subscribe-form.tsx";
import { editionUrl, paperUrl } from "../views/urls.ts";

const NAME = /^\d{4}-(?:W\d{2}|\d{2}(?:-\d{2})?)$/;
const LISTED_MAX = 60;

export const digestPage: Page = async (request, { store }, site) => {
  const name = request.param("name");
  const stored = NAME.test(name) ? await store.digests.find(name) : null;
  if (stored === null) throw notFound("There is no digest of this name. Digests appear once an edition has closed.");
  const { digest } = stored;
  const now = await store.papers.listByIds(digest.items.map((item) => item.paperId));
  const notices = new Map(now.map(({ paper }) => [paper.id, paper.notices]));
  const intro = `${counted(digest.total, "paper")}, as mailed on ${plainDay(stored.composedAt.slice(0, 10))}.`;
  return {
    status: 200,
    keep: false,
    html: (
      <Layout site={site} title={`Digest: ${headingOf(digest)}`} path={`/digests/${name}`} description={intro}>
        <h1>Digest: {headingOf(digest)}</h1>
        <p class="subline">
          {intro} <a href={editionUrlOf(digest)}>As it stands now</a>
        </p>
        <ol class="papers">
          {digest.items.map((item) => (
            <DigestCard item={item} notices={notices.get(item.paperId)} />
          ))}
        </ol>
        <Corrections digest={digest} />
        <SubscribeForm />
      </Layout>
    ),
    markdown: () => markdownOf(digest, { intro, baseUrl: site.settings.baseUrl }),
  };
};

export const digestsPage: Page = async (_request, { store }, site) => {
  const all = await store.digests.list({ limit: LISTED_MAX });
  return {
    status: 200,
    keep: false,
    html: (
      <Layout site={site} title="Digests" path="/digests" description="The mails that were sent, on the web.">
        <article class="prose">
          <h1>Digests</h1>
          {all.length === 0 && <p>None yet: the first one is made when an edition has closed.</p>}
          <ul>
            {all.map(({ digest }) => (
              <li>
                <a href={`/digests/${digest.name}`}>{headingOf(digest)}</a>, {counted(digest.total, "paper")}
              </li>
            ))}
          </ul>
        </article>
        <SubscribeForm />
      </Layout>
    ),
    markdown: () =>
      `# Digests\n\n${all.map(({ digest }) => `- [${headingOf(digest)}](${site.settings.baseUrl}/digests/${digest.name})`).join("\n")}\n`,
  };
};

function editionUrlOf({ cadence, name }: Digest): string {
  return editionUrl(cadence === "daily" ? "day" : cadence === "weekly" ? "week" : "month", name);
}

/** Frozen but for the notices: nobody should read a retracted paper without being told. */
function DigestCard({ item, notices }: { item: DigestItem; notices: readonly Notice[] | undefined }) {
  const more = item.authorsTotal - item.authors.length;
  return (
    <li class="card">
      <article>
        <p class="votes">
          <span aria-hidden="true">▲</span> <b>{item.upvotes}</b>
          <span class="unseen"> upvotes</span>
        </p>
        <h2>
          <a href={paperUrl(item.paperId)}>
            <RichText text={item.title} />
          </a>
        </h2>
        <NoticeMark notices={notices} />
        <p class="authors">
          {item.authors.join(", ")}
          {more > 0 && ` and ${more} more`}
        </p>
        <p class="gist">
          <RichText text={item.lead} />
        </p>
        <ul class="facts">
          {item.submittedBy && <li>Submitted by {item.submittedBy}</li>}
          {item.links.map(({ label, url }) => (
            <li>
              <a href={url} rel="noopener">
                {label}
              </a>
            </li>
          ))}
          {item.leadCredit && <li>{item.leadCredit}</li>}
        </ul>
      </article>
    </li>
  );
}

function Corrections({ digest: { corrections } }: { digest: Digest }) {
  if (corrections.length === 0) return null;
  return (
    <section class="prose">
      <h2>Corrections</h2>
      <ul>
        {corrections.map(({ paperId, title, what }) => (
          <li>
            <a href={paperUrl(paperId)}>
              <RichText text={title} />
            </a>
            : {what}
          </li>
        ))}
      </ul>
    </section>
  );
}

function markdownOf(digest: Digest, { intro, baseUrl }: { intro: string; baseUrl: string }): string {
  const items = digest.items.map(
    (item, index) =>
      `${index + 1}. [${item.title.replace(/[[\]]/g, "\\$&")}](${baseUrl}${paperUrl(item.paperId)}), ${counted(item.upvotes, "upvote")}\n\n   ${item.lead}`,
  );
  return `# Digest: ${headingOf(digest)}\n\n${intro}\n\n${items.join("\n\n")}\n`;
}
