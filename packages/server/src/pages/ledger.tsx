/** The ledger: every edition as it was when it closed, with its checksum, for whoever wants to check. */
import { type LedgerContent, notFound } from "@paperwire/domain";
import { type Page, pageNumber } from "../page.ts";
import { plainDay } from "../views/dates.ts";
import { Layout } from "../views/layout.tsx";
import { NoticeMark } from "../views/notice-mark.tsx";
import { counted } from "../views/numbers.ts";
import { Pager } from "../views/pager.tsx";
import { RichText } from "../views/rich-text.tsx";
import { editionUrl, paperUrl, withPage } from "../views/urls.ts";

const PER_PAGE = 100;

export const ledgerPage: Page = async (request, { store }, site) => {
  const page = pageNumber(request);
  const [entries, total] = await Promise.all([
    store.ledger.listNewest({ limit: PER_PAGE, offset: (page - 1) * PER_PAGE }),
    store.ledger.count(),
  ]);
  return {
    status: 200,
    keep: true,
    html: (
      <Layout site={site} title="Ledger" path={withPage("/ledger", page)}>
        <article class="prose">
          <h1>Ledger</h1>
          <p>
            When an edition closes, its papers, their votes, its order and the curators’ notes are frozen. The checksum
            covers the one before it, so nothing can be changed afterwards without breaking the chain. Whoever runs this
            site can check all of it with <code>paperwire ledger verify</code>; anybody can keep the newest checksum.
          </p>
          {total === 0 && <p class="notice">No edition has closed yet.</p>}
        </article>
        <div class="wide-table">
          <table class="batches">
            <thead>
              <tr>
                <th scope="col">#</th>
                <th scope="col">Edition</th>
                <th scope="col">SHA-256</th>
              </tr>
            </thead>
            <tbody>
              {entries.map(({ number, edition, checksum }) => (
                <tr>
                  <td>{number}</td>
                  <td>
                    <a href={`/ledger/${edition}`}>{plainDay(edition)}</a>
                  </td>
                  <td>
                    <code>{checksum}</code>
                  </td>
                </tr>
              ))}
            </tbody>
          </table>
        </div>
        <Pager page={page} perPage={PER_PAGE} total={total} url={(to) => withPage("/ledger", to)} />
      </Layout>
    ),
    markdown: () =>
      `# Ledger\n\n${entries.map(({ number, edition, checksum }) => `- ${number}. ${edition}: ${checksum}`).join("\n")}\n`,
  };
};

const CLOSED_BY = {
  curator: "by a curator",
  clock: "by the clock",
  import: "before this site knew it: taken in as history",
} as const;

export const ledgerEntryPage: Page = async (request, { store }, site) => {
  const edition = request.param("date");
  const entry = /^\d{4}-\d{2}-\d{2}$/.test(edition) ? await store.ledger.find(edition) : null;
  if (!entry) throw notFound("The ledger has no such edition: it has not closed yet, or there was none.");
  const content = JSON.parse(entry.content) as LedgerContent;
  const byId = new Map(content.candidates.map((candidate) => [candidate.id, candidate]));
  const now = await store.papers.listByIds(content.order.slice(0, 1_000));
  const notices = new Map(now.map(({ paper }) => [paper.id, paper.notices]));
  const places = content.order.map((id) => byId.get(id)).filter((candidate) => candidate !== undefined);
  return {
    status: 200,
    keep: true,
    html: (
      <Layout site={site} title={`Ledger: ${plainDay(edition)}`} path={`/ledger/${edition}`}>
        <article class="prose">
          <p class="kicker">Ledger #{entry.number}</p>
          <h1>{plainDay(edition)}</h1>
          <p>
            Closed {content.closedAt.slice(0, 16).replace("T", " ")} UTC, {CLOSED_BY[content.closedBy]}, in order by the
            rule “{content.rule}”: picks first, then upvotes, then the source’s order.{" "}
            <a href={editionUrl("day", edition)}>The edition as it stands now</a> ·{" "}
            <a href={`/ledger/${edition}/content.json`}>the frozen words themselves</a>
          </p>
          <p>
            SHA-256 <code class="checksum">{entry.checksum}</code>
            <br />
            before it <code class="checksum">{content.previous ?? "none: this is the first"}</code>
          </p>
          <ol class="ledger">
            {places.map((paper) => (
              <li>
                <a href={paperUrl(paper.id)}>
                  <RichText text={paper.title} />
                </a>{" "}
                <span class="credit">
                  {counted(paper.upvotes, "upvote")}
                  {paper.pick !== null && `, pick ${paper.pick}`}
                </span>
                <NoticeMark notices={notices.get(paper.id)} />
                {paper.note && <p class="credit">“{paper.note}”</p>}
              </li>
            ))}
          </ol>
        </article>
      </Layout>
    ),
    markdown: () =>
      `# Ledger: ${edition}\n\nSHA-256 ${entry.checksum}\n\n${places.map(({ title, upvotes }, at) => `${at + 1}. ${title} (${upvotes})`).join("\n")}\n`,
  };
};
