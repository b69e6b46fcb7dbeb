/** What this site is, how it orders papers, what it knows about its readers. */
import type { EditionClock } from "@paperwire/domain";
import type { Page } from "../page.ts";
import type { Site } from "../site.ts";
import { KEYS, KeyList, Layout } from "../views/layout.tsx";

export const aboutPage: Page = async (_request, _context, site) => ({
  status: 200,
  keep: true,
  html: (
    <Layout site={site} title="About" path="/about" current="about" description={aboutLine(site)}>
      <article class="prose">
        <h1>About {site.settings.siteName}</h1>
        <p>{aboutLine(site)}</p>
        <Editions clock={site.settings.editionClock} />
        <Ranking />
        <Reading />
        <section id="api">
          <h2>For programs</h2>
          <p>
            Every page is Markdown too: put <code>.md</code> behind its address, or ask for <code>text/markdown</code>.
            Papers are also served as <code>.bib</code>, <code>.ris</code> and <code>.csl.json</code>, lists as{" "}
            <a href="/feeds">feeds</a>, too. The JSON API is described at{" "}
            <a href="/.well-known/openapi.json">/.well-known/openapi.json</a>; clients of Hugging Face’s papers API can
            be pointed at this address as they are.
          </p>
        </section>
        <section>
          <h2>Privacy</h2>
          <p>
            No cookies for visitors, no trackers, no request to any other site. An address given for the digest is used
            for the digest only. Access logs hold no addresses and no search words. How often a list of papers was shown
            is added up by place and hour, for all readers together; browsers that send <code>DNT</code> or{" "}
            <code>Sec-GPC</code> are left out.
          </p>
          <Contact site={site} />
        </section>
        <section>
          <h2>Where the words come from</h2>
          <p>
            Titles and abstracts belong to their authors. A summary always names who wrote it, and says so when it was a
            language model. Facts that nobody has checked are marked “recalled, not verified”.
          </p>
        </section>
      </article>
    </Layout>
  ),
  markdown: () => aboutMarkdown(site),
});

const aboutLine = ({ settings }: Site) =>
  `${settings.siteName} is a front page for research papers: one edition a day, picked by curators and the research community.`;

function Editions({ clock }: { clock: EditionClock }) {
  return (
    <section>
      <h2>Editions</h2>
      <p>
        An edition gathers the papers of one day in the order of their upvotes; where votes are equal, the order in
        which they came. While it is open, curators’ picks stand first. {closing(clock)} Weeks run from Monday to
        Sunday.
      </p>
    </section>
  );
}

function closing({ timeZone, rollOverMinutes }: EditionClock): string {
  const hour = `${String(Math.floor(rollOverMinutes / 60)).padStart(2, "0")}:${String(rollOverMinutes % 60).padStart(2, "0")}`;
  return `A day’s edition ends at ${rollOverMinutes === 0 ? "midnight" : hour}, time of ${timeZone.replaceAll("_", " ")}.`;
}

function Ranking() {
  return (
    <section id="ranking">
      <h2>What is trending</h2>
      <p>
        <a href="/trending">Trending papers</a> are ordered by a sum whose parts every card can show. Votes count
        relative to what is usual in a paper’s field on that weekday, and all fields are taken to be equally good, so
        small ones have their place; authors’ own votes are left out, and accounts that always vote as one hardly count.
        What a text promises speaks before there are votes, a curator’s pick and new stars add a little, and age counts
        in editions, not in hours. You may turn the weights; the address carries them. Every term, its formula and its
        pitfalls: <code>docs/ranking.md</code> of the software.
      </p>
    </section>
  );
}

function Reading() {
  return (
    <section id="keyboard">
      <h2>Keyboard</h2>
      <KeyList />
    </section>
  );
}

function Contact({ site }: { site: Site }) {
  const { contact } = site.settings;
  if (!contact) return null;
  return (
    <p>
      Whoever runs this site is reached at{" "}
      <a href={/^https?:/.test(contact) ? contact : `mailto:${contact}`}>{contact}</a>.
    </p>
  );
}

function aboutMarkdown(site: Site): string {
  const { settings } = site;
  const keys = KEYS.map(([names, meaning]) => `- ${names.map((name) => `\`${name}\``).join(", ")}: ${meaning}`);
  return [
    `# About ${settings.siteName}`,
    aboutLine(site),
    `## Editions\n\nPapers of one day in the order of their upvotes. ${closing(settings.editionClock)}`,
    `## Keyboard\n\n${keys.join("\n")}`,
    `## For programs\n\nThe JSON API is described at ${settings.baseUrl}/.well-known/openapi.json.`,
    settings.contact ? `## Contact\n\n${settings.contact}` : "",
    `Paperwire ${settings.version}`,
  ]
    .filter((part) => part !== "")
    .join("\n\n")
    .concat("\n");
}
