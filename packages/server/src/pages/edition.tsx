/** Editions: the latest one, a day's, and those of a week or month in one list. */
import { type Completeness, completenessOf, type EditionView, PER_PAGE } from "@paperwire/discovery";
import { formatMonth, formatWeek, isEditionDate, parseEditionDate } from "@paperwire/domain";
import { listToMarkdown } from "@paperwire/formats";
import type { ServerContext } from "../context.ts";
import type { Page, PageView } from "../page.ts";
import { pageNumber } from "../page.ts";
import type { Site } from "../site.ts";
import { Calendar } from "../views/calendar.tsx";
import { CompletenessLine, completenessLine } from "../views/completeness.tsx";
import { dayRange, longDay, longMonth, plainDay, shortDay, shortMonth } from "../views/dates.ts";
import { Layout } from "../views/layout.tsx";
import { counted } from "../views/numbers.ts";
import { Pager } from "../views/pager.tsx";
import { PaperCard } from "../views/paper-card.tsx";
import { SubscribeForm } from "../views/subscribe-form.tsx";
import { editionUrl, withQuery } from "../views/urls.ts";
import { emptySite } from "./empty-site.tsx";

export const latestPage: Page = async (_request, context, site) => {
  const edition = await context.discovery.latestEdition();
  if (!edition) return emptySite(site);
  return editionPage(edition, { page: 1, path: "/", site, announced: await announcedFor(edition, context) });
};

export const dayPage: Page = async (request, context, site) => {
  const edition = await context.discovery.editionOf(parseEditionDate(request.param("date")));
  const announced = await announcedFor(edition, context);
  return editionPage(edition, { page: 1, path: editionUrl("day", edition.name), site, announced });
};

/** Null for a day of which no source is followed. */
function announcedFor(edition: EditionView, { store, clock }: ServerContext): Promise<Completeness | null> {
  return completenessOf(store.sources, { day: edition.name, nowMs: clock() });
}

export const weekPage: Page = async (request, { discovery }, site) => {
  const page = pageNumber(request);
  const edition = await discovery.weekOf(request.param("week"), page);
  return editionPage(edition, { page, path: editionUrl("week", edition.name), site });
};

export const monthPage: Page = async (request, { discovery }, site) => {
  const page = pageNumber(request);
  const edition = await discovery.monthOf(request.param("month"), page);
  return editionPage(edition, { page, path: editionUrl("month", edition.name), site });
};

type Place = { page: number; path: string; site: Site; announced?: Completeness | null };

function editionPage(edition: EditionView, { page, path, site, announced }: Place): PageView {
  const name = nameOf(edition);
  const own = withQuery(path, { page: page > 1 ? String(page) : undefined });
  const about = edition.total > 0 ? `${counted(edition.total, "paper")}, ordered by upvotes.` : "No edition here.";
  return {
    status: edition.total > 0 ? 200 : 404,
    keep: true,
    html: (
      <Layout
        site={site}
        title={path === "/" ? undefined : `Papers of ${name}`}
        path={own}
        description={`${name}: ${about}`}
        current={path === "/" ? "latest" : undefined}
        indexed={edition.total > 0}
        head={neighbourLinks(edition)}
      >
        <div class="columns">
          <div class="main-column">
            <EditionHead edition={edition} today={site.today()} announced={announced ?? null} />
            {edition.total === 0 && <NoEdition edition={edition} />}
            <SubscribeForm />
            {edition.total > 0 && <Papers edition={edition} page={page} path={path} />}
          </div>
          <aside class="side-column">
            <Calendar
              month={formatMonth(edition.range.first)}
              days={edition.calendar}
              selected={edition.kind === "month" ? null : edition.range}
              today={site.today()}
            />
          </aside>
        </div>
      </Layout>
    ),
    markdown: () =>
      listToMarkdown({
        title: `${site.settings.siteName}: ${name}`,
        intro: announced ? `${about} ${completenessLine(announced)}` : about,
        items: edition.items,
        baseUrl: site.settings.baseUrl,
      }),
  };
}

function nameOf({ kind, name, range }: EditionView): string {
  if (kind === "day") return longDay(name);
  return kind === "month" ? longMonth(name) : `Week ${Number(name.slice(6))}, ${dayRange(range)}`;
}

/** The year only where it is another than that of the page. */
function shortName(kind: EditionView["kind"], name: string, from: string): string {
  const year = name.slice(0, 4) === from.slice(0, 4) ? "" : ` ${name.slice(0, 4)}`;
  if (kind === "day") return shortDay(name) + year;
  return (kind === "month" ? shortMonth(name) : `Week ${Number(name.slice(6))}`) + year;
}

function neighbourLinks({ kind, previous, next }: EditionView) {
  return (
    <>
      {previous && <link rel="prev" href={editionUrl(kind, previous)} />}
      {next && <link rel="next" href={editionUrl(kind, next)} />}
    </>
  );
}

type HeadProps = { edition: EditionView; today: string; announced: Completeness | null };

function EditionHead({ edition, today, announced }: HeadProps) {
  const { kind, name, previous, next, total, range } = edition;
  const days = edition.calendar.filter(({ date }) => date >= range.first && date <= range.last).length;
  return (
    <header class="edition-head">
      <EditionSwitch edition={edition} />
      <h1>{nameOf(edition)}</h1>
      {total > 0 && (
        <p class="subline">
          {counted(total, "paper")}
          {kind === "month" && `, ${counted(days, "edition")}`}, picked by curators and the research community
          {kind === "day" && range.first === today && ". Still open"}
        </p>
      )}
      {announced && <CompletenessLine of={announced} />}
      <nav class="neighbours" aria-label="Neighbouring editions">
        {previous ? (
          <a href={editionUrl(kind, previous)} rel="prev">
            ← {shortName(kind, previous, name)}
          </a>
        ) : (
          <span />
        )}
        {next && (
          <a href={editionUrl(kind, next)} rel="next">
            {shortName(kind, next, name)} →
          </a>
        )}
      </nav>
    </header>
  );
}

/** Day, week and month around the same day. */
function EditionSwitch({ edition }: { edition: EditionView }) {
  const { kind, range, calendar } = edition;
  const held = calendar.filter(({ date }) => date >= range.first && date <= range.last);
  const day = kind === "day" ? range.first : (held.at(-1)?.date ?? edition.items[0]?.entry?.edition ?? range.first);
  const kinds = [
    { of: "day", text: "Day", name: day },
    { of: "week", text: "Week", name: formatWeek(day) },
    { of: "month", text: "Month", name: formatMonth(day) },
  ] as const;
  return (
    <nav class="switch" aria-label="Day, week or month">
      {kinds.map(({ of, text, name }) => (
        <a href={editionUrl(of, name)} aria-current={of === kind ? "page" : undefined}>
          {text}
        </a>
      ))}
    </nav>
  );
}

function Papers({ edition, page, path }: { edition: EditionView; page: number; path: string }) {
  const { kind, items, total } = edition;
  const perPage = kind === "day" ? total : PER_PAGE;
  const url = (to: number) => withQuery(path, { page: to > 1 ? String(to) : undefined });
  return (
    <>
      <ol class="papers" start={(page - 1) * perPage + 1}>
        {items.map((listed) => (
          <PaperCard listed={listed} dated={kind !== "day"} />
        ))}
      </ol>
      <Pager page={page} perPage={perPage} total={total} url={url} />
    </>
  );
}

function NoEdition({ edition: { kind, name, previous, next, range } }: { edition: EditionView }) {
  const weekend = kind === "day" && isEditionDate(name) && [0, 6].includes(new Date(`${name}T00:00:00Z`).getUTCDay());
  return (
    <section class="empty">
      <p>
        {kind === "day" ? "There is no edition of this day." : `There are no editions in this ${kind}.`}
        {weekend && " Most editions appear from Monday to Friday."}
      </p>
      <ul>
        {previous && (
          <li>
            Before it:{" "}
            <a href={editionUrl(kind, previous)}>
              {kind === "day" ? plainDay(previous) : shortName(kind, previous, "")}
            </a>
          </li>
        )}
        {next && (
          <li>
            After it: <a href={editionUrl(kind, next)}>{kind === "day" ? plainDay(next) : shortName(kind, next, "")}</a>
          </li>
        )}
        {kind === "day" && (
          <li>
            The week around it: <a href={editionUrl("week", formatWeek(range.first))}>{formatWeek(range.first)}</a>
          </li>
        )}
        <li>
          <a href="/">The latest edition</a>
        </li>
      </ul>
    </section>
  );
}
