/** Trending papers of a day, week or month; the reader turns the dials, and the address carries them. */
import { type EditionKind, PER_PAGE, type TrendingView } from "@paperwire/discovery";
import { DEFAULT_DIALS, type Dials, formatDials, readDials } from "@paperwire/domain";
import { type ListSource, paperCount } from "../lists/paper-list.ts";
import { type PageRequest, pageNumber } from "../page.ts";
import { dayRange, longDay } from "../views/dates.ts";
import { FeedMenu } from "../views/feed-menu.tsx";
import { Layout } from "../views/layout.tsx";
import { counted } from "../views/numbers.ts";
import { Pager } from "../views/pager.tsx";
import { PaperCard } from "../views/paper-card.tsx";
import { withPage, withQuery } from "../views/urls.ts";
import { WhyLink, WhyTable } from "../views/why.tsx";

const WINDOWS: readonly { of: EditionKind; text: string }[] = [
  { of: "day", text: "Day" },
  { of: "week", text: "Week" },
  { of: "month", text: "Month" },
];
const USUAL_WINDOW: EditionKind = "week";

const DIALS = ["community", "fresh", "mine", "fields"];

type Asked = { window: EditionKind; dials: Dials; page: number; why: string | undefined };

export const trendingList: ListSource = async (request, { discovery, clock }, site) => {
  const asked = readRequest(request);
  if (saysTooMuch(request, asked)) return { redirect: urlOf(asked, asked), status: 302 };
  const perPage = paperCount(request, PER_PAGE);
  const { window, dials, page } = asked;
  const found = await discovery.trending({ window, dials, page, perPage, today: site.today(), nowMs: clock() });
  const path = urlOf(asked, {});
  const intro = introOf(asked, found);
  return {
    title: `Trending: ${window}`,
    heading: `${site.settings.siteName}: trending this ${window}`,
    intro,
    path,
    page,
    perPage,
    total: found.total,
    items: found.items.map(({ listed }) => listed),
    html: (
      <Layout
        site={site}
        title="Trending papers"
        path={withPage(path, page)}
        description={intro}
        current="trending"
        indexed={path === urlOf({ ...asked, dials: DEFAULT_DIALS }, {}) && !asked.why}
        list={{ title: `trending, ${window}`, path }}
        head={<script type="module" src={site.assets.url("dials.js")} />}
      >
        <div class="columns">
          <div class="main-column">
            <header class="edition-head">
              <nav class="switch" aria-label="Day, week or month">
                {WINDOWS.map(({ of, text }) => (
                  <a href={urlOf(asked, { window: of })} aria-current={of === window ? "page" : undefined}>
                    {text}
                  </a>
                ))}
              </nav>
              <h1>Trending papers</h1>
              <p class="subline">
                {intro}{" "}
                <a class="to-dials" href="#dials">
                  Turn the order
                </a>
              </p>
            </header>
            {found.total > 0 && found.unmet.length > 0 && <Unmet fields={found.unmet} />}
            {found.total === 0 ? <Nothing /> : <Papers asked={asked} found={found} perPage={perPage} />}
            <FeedMenu path={path} />
          </div>
          <aside class="side-column">
            <DialForm asked={asked} />
          </aside>
        </div>
      </Layout>
    ),
  };
};

function readRequest(request: PageRequest): Asked {
  const window = WINDOWS.find(({ of }) => of === request.query("window"))?.of ?? USUAL_WINDOW;
  const form: Record<string, string> = {};
  for (const name of DIALS) {
    const value = request.query(name);
    if (value !== undefined) form[name] = value;
  }
  return { window, dials: readDials(form), page: pageNumber(request), why: request.query("why")?.slice(0, 64) };
}

/** Equal lists have equal addresses: what stands at its usual value is not named. */
function urlOf(
  { window, dials }: Asked,
  change: { window?: EditionKind; why?: string | undefined; page?: number },
): string {
  const wanted = change.window ?? window;
  return withQuery("/trending", {
    window: wanted === USUAL_WINDOW ? undefined : wanted,
    ...formatDials(dials),
    page: change.page !== undefined && change.page > 1 ? String(change.page) : undefined,
    why: change.why,
  });
}

/** A form sends every dial, turned or not. */
function saysTooMuch(request: PageRequest, { dials }: Asked): boolean {
  const needed: Readonly<Record<string, string>> = formatDials(dials);
  const isIdle = (name: string) => request.query(name) !== undefined && needed[name] === undefined;
  return request.query("window") === USUAL_WINDOW || DIALS.some(isIdle);
}

function introOf({ window }: Asked, { range, total }: TrendingView): string {
  if (range === null) return "No edition yet.";
  const span = window === "day" ? longDay(range.last) : dayRange(range);
  return `${counted(total, "paper")} of ${span}, by votes relative to what is usual in each field.`;
}

function Papers({ asked, found, perPage }: { asked: Asked; found: TrendingView; perPage: number }) {
  const { page, why, window } = asked;
  return (
    <>
      <ol class="papers" start={(page - 1) * perPage + 1}>
        {found.items.map(({ listed, score, reasons }) => (
          <PaperCard listed={listed} dated={window !== "day"}>
            {listed.paper.id === why ? (
              <WhyTable rows={reasons} score={score} />
            ) : (
              <WhyLink href={`${urlOf(asked, { why: listed.paper.id, page })}#why`} />
            )}
          </PaperCard>
        ))}
      </ol>
      <Pager page={page} perPage={perPage} total={found.total} url={(to) => urlOf(asked, { page: to })} />
    </>
  );
}

function Nothing() {
  return (
    <section class="empty">
      <p>
        Nothing is trending here yet: there is no edition in these days. Try a longer span, or look at{" "}
        <a href="/">the latest edition</a>.
      </p>
    </section>
  );
}

function Unmet({ fields }: { fields: readonly string[] }) {
  return (
    <p class="notice">
      None of these papers is of {fields.map((field) => `“${field}”`).join(" or ")}, so that changes nothing. A field is
      a category, such as cs.IR, or a topic, as they stand under the papers.
    </p>
  );
}

type DialProps = { name: string; label: string; low: string; high: string; value: number };

function Dial({ name, label, low, high, value }: DialProps) {
  return (
    <p>
      <label for={`dial-${name}`}>{label}</label> <output for={`dial-${name}`}>{value}</output>
      <input type="range" id={`dial-${name}`} name={name} min={0} max={100} step={5} value={value} />
      <span class="ends" aria-hidden="true">
        <small>{low}</small> <small>{high}</small>
      </span>
    </p>
  );
}

function DialForm({ asked: { window, dials } }: { asked: Asked }) {
  const { community, fresh, mine, fields } = dials;
  return (
    <form class="dials" id="dials" action="/trending">
      <h2>Turn the order</h2>
      {window !== USUAL_WINDOW && <input type="hidden" name="window" value={window} />}
      <Dial
        name="community"
        label="Text or community"
        low="what texts promise"
        high="what readers say"
        value={community}
      />
      <Dial name="fresh" label="Proven or fresh" low="proven" high="fresh" value={fresh} />
      <p>
        <label for="dial-fields">My fields</label>
        <input
          type="text"
          id="dial-fields"
          name="fields"
          value={fields.join(", ")}
          placeholder="cs.IR, retrieval"
          maxLength={1000}
        />
      </p>
      {fields.length > 0 && (
        <Dial name="mine" label="Everything or my fields" low="everything" high="my fields first" value={mine} />
      )}
      <p>
        <button type="submit">Order by these</button>{" "}
        <a href={withQuery("/trending", { window: window === USUAL_WINDOW ? undefined : window })}>Reset</a>
      </p>
      <p>
        <small>
          The address holds your dials: share or bookmark it. <a href="/about#ranking">How papers are ranked</a>
        </small>
      </p>
    </form>
  );
}
