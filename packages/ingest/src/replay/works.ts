/** A few works of our own making, as five sources tell of them. @source each source's public description of its API */
import type { EditionDate } from "@paperwire/domain";
import { escapeXml } from "./model.ts";

export type ReplayWork = {
  /** Distinct within a test. */
  n: number;
  title: string;
  abstract: string;
  authors: { given: string; family: string }[];
  /** Came out, and changed last, on this day. */
  day: EditionDate;
  takenBack?: boolean;
};

/** What one door answers, or null where it knows nothing of it. */
export type DoorAnswer = { body: string; type: string; etag?: string };
export type Door = (url: URL) => DoorAnswer | null;

export function worksOf(day: EditionDate, n: number, first = 1): ReplayWork[] {
  return Array.from({ length: n }, (_, at) => ({
    n: first + at,
    title: `On the question of ${first + at}`,
    abstract: `We ask question ${first + at} and answer it with care & patience.`,
    authors: [
      { given: "Ada A.", family: "Author" },
      { given: "Ben", family: `van Bauer${first + at}` },
    ],
    day,
  }));
}

const json = (value: unknown): DoorAnswer => ({ body: JSON.stringify(value), type: "application/json" });
const five = (n: number) => String(n).padStart(5, "0");
const fullName = ({ given, family }: { given: string; family: string }) => `${given} ${family}`;
export const doiOf = ({ n }: ReplayWork) => `10.1101/2026.11.${n}`;

/** @source https://huggingface.co/docs/hub/api: GET /api/daily_papers */
export const hfDoor =
  (works: () => readonly ReplayWork[]): Door =>
  (url) => {
    if (!url.pathname.endsWith("/api/daily_papers")) return null;
    const [page, limit] = [Number(url.searchParams.get("p") ?? 0), Number(url.searchParams.get("limit") ?? 50)];
    const date = url.searchParams.get("date");
    const month = url.searchParams.get("month");
    const all = works().filter(({ day }) => (month === null ? day === date : day.startsWith(month)));
    return json(
      all.slice(page * limit, (page + 1) * limit).map((work) => ({
        paper: {
          id: `2611.${five(work.n)}`,
          title: work.title,
          summary: work.abstract,
          authors: work.authors.map((one) => ({ name: fullName(one), hidden: false })),
          publishedAt: `${work.day}T01:02:03.000Z`,
          submittedOnDailyAt: `${work.day}T00:00:00.000Z`,
          upvotes: work.n % 7,
        },
        title: work.title,
        numComments: 1,
      })),
    );
  };

/** @source https://docs.openreview.net/reference/api-v2: GET /notes */
export const openReviewDoor =
  (works: () => readonly ReplayWork[]): Door =>
  (url) => {
    if (!url.pathname.endsWith("/notes")) return null;
    const venue = url.searchParams.get("invitation")?.replace("/-/Submission", "");
    const [offset, limit] = [Number(url.searchParams.get("offset") ?? 0), Number(url.searchParams.get("limit") ?? 50)];
    const notes = works().map((work) => {
      const id = `note${five(work.n)}`;
      const box = <T>(value: T) => ({ value });
      const ms = Date.parse(`${work.day}T10:00:00Z`);
      return {
        id,
        forum: id,
        number: work.n,
        cdate: ms,
        tmdate: ms,
        invitations: [`${venue}/-/Submission`],
        content: {
          title: box(work.title),
          abstract: box(work.abstract),
          authors: box(work.authors.map(fullName)),
          keywords: box(["questions", "answers"]),
          venue: box(work.takenBack ? "ICLR 2026 Conference Withdrawn Submission" : "ICLR 2026 poster"),
          venueid: box(work.takenBack ? `${venue}/Withdrawn_Submission` : venue),
          pdf: box(`/pdf/${id}.pdf`),
          TLDR: { readers: ["nobody"] },
        },
      };
    });
    return json({ notes: notes.slice(offset, offset + limit), count: notes.length });
  };

/** @source https://api.biorxiv.org/details/help: /details/[server]/[from]/[until]/[cursor]/json */
export const preprintDoor =
  (works: () => readonly ReplayWork[], pageSize: number): Door =>
  (url) => {
    const found = /\/details\/(\w+)\/([\d-]+)\/([\d-]+)\/(\d+)\/json$/.exec(url.pathname);
    if (!found) return null;
    const [, server, from = "", until = "", cursor = "0"] = found;
    const all = works().filter(({ day }) => day >= from && day <= until);
    const page = all.slice(Number(cursor), Number(cursor) + pageSize);
    if (page.length === 0) return json({ messages: [{ status: "no posts found" }], collection: [] });
    const collection = page.map((work) => ({
      doi: doiOf(work),
      title: work.title,
      authors: work.authors.map(({ given, family }) => `${family}, ${given}`).join("; "),
      date: work.day,
      version: "1",
      type: work.takenBack ? "WITHDRAWN" : "new results",
      category: "Neuroscience",
      abstract: work.takenBack ? "This preprint has been withdrawn." : work.abstract,
      published: "NA",
      server,
    }));
    const about = { status: "ok", cursor: Number(cursor), count: page.length, total: String(all.length) };
    return json({ messages: [about], collection });
  };

/** @source https://api.crossref.org/swagger-ui/index.html: GET /works?filter=doi:… */
export const crossrefDoor =
  (works: () => readonly ReplayWork[]): Door =>
  (url) => {
    if (!url.pathname.endsWith("/works")) return null;
    const asked = (url.searchParams.get("filter") ?? "").split(",").map((part) => part.replace(/^doi:/, ""));
    const items = works()
      .filter((work) => asked.includes(doiOf(work)))
      .map((work) => ({
        DOI: doiOf(work).toUpperCase(),
        title: [work.title],
        abstract: `<jats:title>Abstract</jats:title><jats:p>${escapeXml(work.abstract)}</jats:p>`,
        author: work.authors,
        "container-title": ["Journal of Questions &amp; Answers"],
        published: { "date-parts": [work.day.split("-").map(Number)] },
        deposited: { "date-time": `${work.day}T12:00:00Z` },
        ...(work.takenBack
          ? {
              "updated-by": [
                { DOI: "10.1234/correction", type: "correction" },
                {
                  DOI: "10.1234/notice",
                  type: "retraction",
                  source: "retraction-watch",
                  updated: { "date-time": "2026-11-20T00:00:00Z" },
                },
              ],
            }
          : {}),
      }));
    return json({ status: "ok", message: { items } });
  };

/** @source the schema in acl-org/acl-anthology, data/xml/schema.rnc */
export const aclDoor =
  (works: () => readonly ReplayWork[]): Door =>
  (url) => {
    const id = /\/([\w.]+)\.xml$/.exec(url.pathname)?.[1];
    if (id === undefined) return null;
    const papers = works().map(
      (
        work,
      ) => `<paper id="${work.n}"><title>${escapeXml(work.title).replace("question", "<fixed-case>q</fixed-case>uestion")}</title>
${work.authors.map(({ given, family }) => `<author id="x"><first>${given}</first><last>${family}</last><affiliation>Here</affiliation></author>`).join("")}
<pages>1-9</pages><abstract>${escapeXml(work.abstract)} <tex-math>x_1</tex-math></abstract><url hash="0">${id}-long.${work.n}</url>
<doi>10.18653/v1/${id}-long.${work.n}</doi>${work.takenBack ? `<retracted date="${work.day}">Data were made up.</retracted>` : ""}</paper>`,
    );
    const body = `<?xml version='1.0' encoding='UTF-8'?>
<collection id="${id}"><volume id="long" ingest-date="2026-11-01" type="proceedings">
<meta><booktitle>Proceedings of the Meeting on <fixed-case>Q</fixed-case>uestions</booktitle><editor><first>E</first><last>Ditor</last></editor><month>July</month><year>2026</year><url hash="0">${id}-long</url></meta>
<frontmatter><url hash="0">${id}-long.0</url></frontmatter>
${papers.join("\n")}</volume></collection>\n`;
    return { body, type: "text/plain; charset=utf-8", etag: `"${body.length}"` };
  };
