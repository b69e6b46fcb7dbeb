/** Editions: the latest one, a day's, and those of a week or month in one list. */
import {
  type Completeness,
  completenessOf,
  type EditionView,
  MOST_PER_DAY,
  type Narrowing,
  PER_PAGE,
} from "@paperwire/discovery";
import {
  type EditionEntry,
  formatMonth,
  formatWeek,
  invalid,
  isEditionDate,
  type PaperId,
  parseEditionDate,
  topicKey,
} from "@paperwire/domain";
import type { ServerContext } from "../context.ts";
import { isData } from "../forms.ts";
import { type ListSource, type PaperList, paperCount } from "../lists/paper-list.ts";
import { type PageRequest, pageNumber } from "../page.ts";
import type { Site } from "../site.ts";
import { Calendar } from "../views/calendar.tsx";
import { CompletenessLine, completenessLine } from "../views/completeness.tsx";
import { dayRange, longDay, longMonth, plainDay, shortDay, shortMonth } from "../views/dates.ts";
import { FeedMenu } from "../views/feed-menu.tsx";
import { Layout } from "../views/layout.tsx";
import { count, counted } from "../views/numbers.ts";
import { Pager } from "../views/pager.tsx";
import { PaperCard } from "../views/paper-card.tsx";
import { SubscribeForm } from "../views/subscribe-form.tsx";
import { topicName } from "../views/topic-name.ts";
import { editionUrl, withPage, withQuery } from "../views/urls.ts";
import { emptySite } from "./empty-site.tsx";

/** Papers in a feed of the latest: several editions, so that a reader who looks once a week misses nothing late. */
const LATEST_PAPERS = 100;
const VOTES_MAX = 1_000_000;

export const latestList: ListSource = async (request, context, site) => {
  const narrow = narrowingOf(request);
  const edition = await context.discovery.latestEdition(narrow.by);
  if (!edition) return emptySite(site);
  const [announced, open] = [await announcedFor(edition, context), await isOpen(edition, context, site)];
  const placesThen = await context.store.ledger.placesOf(edition.name);
  const list = editionList(edition, { page: 1, path: "/", narrow, site, announced, open, placesThen });
  if (!isData(request.form)) return list;
  return latestData(list, request, { context, narrow, announced: announced ? completenessLine(announced) : "" });
};

/** As data the latest edition goes on with those before it. */
async function latestData(
  list: PaperList,
  request: PageRequest,
  { context, narrow, announced }: { context: ServerContext; narrow: Narrow; announced: string },
): Promise<PaperList> {
  const page = pageNumber(request);
  const perPage = paperCount(request, LATEST_PAPERS);
  const { items, total } = await context.discovery.newest(page, { ...narrow.by, perPage });
  const intro = `Papers${narrow.phrase} of the newest editions, the newest edition first. ${announced}`.trim();
  const told = narrow.words === "";
  return { ...list, title: `Latest papers${narrow.phrase}`, intro, items, total, page, perPage, told };
}

export const dayList: ListSource = async (request, context, site) => {
  const narrow = narrowingOf(request);
  const edition = await context.discovery.editionOf(parseEditionDate(request.param("date")), narrow.by);
  const [announced, open] = [await announcedFor(edition, context), await isOpen(edition, context, site)];
  const placesThen = await context.store.ledger.placesOf(edition.name);
  return editionList(edition, {
    page: 1,
    path: editionUrl("day", edition.name),
    narrow,
    site,
    announced,
    open,
    placesThen,
  });
};

/** Null for a day of which no source is followed. */
function announcedFor(edition: EditionView, { store, clock }: ServerContext): Promise<Completeness | null> {
  return completenessOf(store.sources, { day: edition.name, nowMs: clock() });
}

/** A curator may have closed it before its day is over. */
async function isOpen(edition: EditionView, { store }: ServerContext, site: Site): Promise<boolean> {
  return edition.name >= site.today() && !(await store.desk.state(edition.name)).closed;
}

export const weekList: ListSource = async (request, { discovery }, site) => {
  const [page, narrow] = [pageNumber(request), narrowingOf(request)];
  const edition = await discovery.weekOf(request.param("week"), page, narrow.by);
  return editionList(edition, { page, path: editionUrl("week", edition.name), narrow, site });
};

export const monthList: ListSource = async (request, { discovery }, site) => {
  const [page, narrow] = [pageNumber(request), narrowingOf(request)];
  const edition = await discovery.monthOf(request.param("month"), page, narrow.by);
  return editionList(edition, { page, path: editionUrl("month", edition.name), narrow, site });
};

/** What `?votes=10&topic=cs.cl` leaves of an edition. */
type Narrow = {
  by: Narrowing;
  /** Behind a title, with a comma before; empty where nothing is left out. */
  words: string;
  /** Within a sentence, with a blank before. */
  phrase: string;
  query: { votes?: string; topic?: string };
};

/** @throws DomainError `invalid`: votes that are no number */
function narrowingOf(request: PageRequest): Narrow {
  const votes = request.query("votes");
  if (votes !== undefined && !(/^\d{1,7}$/.test(votes) && Number(votes) <= VOTES_MAX)) {
    throw invalid(`"${votes.slice(0, 20)}" is not a number of upvotes. Write it as votes=10.`);
  }
  const topic = topicKey(request.query("topic") ?? "").slice(0, 200) || undefined;
  const upvotesMin = Number(votes ?? 0);
  const words = [
    ...(upvotesMin > 0 ? [`with ${counted(upvotesMin, "upvote")} or more`] : []),
    ...(topic === undefined ? [] : [`on ${topicName(topic)}`]),
  ];
  return {
    by: {
      perPage: paperCount(request, PER_PAGE),
      ...(upvotesMin > 0 && { upvotesMin }),
      ...(topic !== undefined && { topics: [topic] }),
    },
    words: words.length > 0 ? `, ${words.join(" ")}` : "",
    phrase: words.map((part) => ` ${part}`).join(""),
    query: { ...(upvotesMin > 0 && { votes: String(upvotesMin) }), ...(topic !== undefined && { topic }) },
  };
}

type Place = {
  page: number;
  path: string;
  narrow: Narrow;
  site: Site;
  announced?: Completeness | null;
  open?: boolean;
  /** Where papers stood when a day's edition closed. */
  placesThen?: ReadonlyMap<PaperId, number>;
};

function editionList(
  edition: EditionView,
  { page, path, narrow, site, announced, open = false, placesThen }: Place,
): PaperList {
  const name = nameOf(edition);
  const listPath = withQuery(path, narrow.query);
  const own = withPage(listPath, page);
  const isNarrow = narrow.words !== "";
  const none = isNarrow ? `No papers${narrow.phrase}.` : "No edition here.";
  const about = edition.total > 0 ? `${counted(edition.total, "paper")}${narrow.phrase}, ordered by upvotes.` : none;
  return {
    title: `${name}${narrow.words}`,
    heading: `${site.settings.siteName}: ${name}${narrow.words}`,
    intro: announced ? `${about} ${completenessLine(announced)}` : about,
    path: listPath,
    items: edition.items,
    page,
    perPage: edition.kind === "day" ? MOST_PER_DAY : (narrow.by.perPage ?? PER_PAGE),
    total: edition.total,
    // A narrow list may be empty for now: its feed is to be found all the same.
    status: edition.total > 0 || isNarrow ? 200 : 404,
    html: (
      <Layout
        site={site}
        title={path === "/" && !isNarrow ? undefined : `Papers of ${name}${narrow.words}`}
        path={own}
        description={`${name}: ${about}`}
        current={path === "/" ? "latest" : undefined}
        indexed={edition.total > 0 && !isNarrow}
        list={{ title: path === "/" ? `latest papers${narrow.phrase}` : `${name}${narrow.words}`, path: listPath }}
        head={neighbourLinks(edition)}
      >
        <div class="columns">
          <div class="main-column">
            <EditionHead edition={edition} open={open} announced={announced ?? null} />
            {isNarrow && <NarrowNote about={about} path={path} />}
            {edition.total === 0 && !isNarrow && <NoEdition edition={edition} />}
            <SubscribeForm />
            {edition.total > 0 && <Papers edition={edition} page={page} path={listPath} placesThen={placesThen} />}
            {(edition.total > 0 || isNarrow) && <FeedMenu path={listPath} />}
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
  };
}

function NarrowNote({ about, path }: { about: string; path: string }) {
  return (
    <p class="notice">
      {about} <a href={path}>Show all papers</a>
    </p>
  );
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

type HeadProps = { edition: EditionView; open: boolean; announced: Completeness | null };

function EditionHead({ edition, open, announced }: HeadProps) {
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
          {open && ". Still open"}
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

type PapersProps = {
  edition: EditionView;
  page: number;
  path: string;
  placesThen: ReadonlyMap<PaperId, number> | undefined;
};

function Papers({ edition, page, path, placesThen }: PapersProps) {
  const { kind, items, total } = edition;
  const perPage = kind === "day" ? total : PER_PAGE;
  const url = (to: number) => withPage(path, to);
  return (
    <>
      <ol class="papers" start={(page - 1) * perPage + 1}>
        {items.map((listed) => (
          <PaperCard listed={listed} dated={kind !== "day"}>
            <Moved entry={listed.entry} placeThen={placesThen?.get(listed.paper.id)} />
          </PaperCard>
        ))}
      </ol>
      <Pager page={page} perPage={perPage} total={total} url={url} />
    </>
  );
}

/** After an edition closes picks stand no longer first and votes go on: its pages follow, and say where a paper stood. */
function Moved({ entry, placeThen }: { entry: EditionEntry | null; placeThen: number | undefined }) {
  if (!entry || placeThen === undefined || placeThen === entry.place) return null;
  return (
    <p class="credit">
      <a href={`/ledger/${entry.edition}`}>#{count(placeThen)} at publication</a>, #{count(entry.place)} now, by votes
      alone
    </p>
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
