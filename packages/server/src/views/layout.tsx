/** The frame of every page: head, masthead with the search box, footer, keyboard help. */
import type { ComponentChildren } from "preact";
import type { Site } from "../site.ts";
import { FeedLinks } from "./feed-menu.tsx";
import { ReaderLinks } from "./reader-links.tsx";
import { markdownUrl } from "./urls.ts";

type Props = {
  site: Site;
  /** Without the site's name; absent on the front page. */
  title?: string;
  /** The page's own path and query, for the canonical address and the Markdown form. */
  path: string;
  description?: string;
  /** False where the page has a search box of its own. */
  searchBox?: boolean;
  /** The list on this page, whose feeds the head names; by default the latest papers. */
  list?: { title: string; path: string };
  /** Further tags of the head. */
  head?: ComponentChildren;
  /** False for pages that are not for finding: errors, search results. */
  indexed?: boolean;
  current?: "latest" | "trending" | "about";
  children: ComponentChildren;
};

export function Layout({ site, title, path, description, head, list, indexed = true, ...rest }: Props) {
  const { settings, assets } = site;
  const fullTitle = title ? `${title} · ${settings.siteName}` : `${settings.siteName}: trending papers`;
  return (
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>{fullTitle}</title>
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#fdfcf9" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#151412" media="(prefers-color-scheme: dark)" />
        {description && <meta name="description" content={description} />}
        {!indexed && <meta name="robots" content="noindex" />}
        <link rel="stylesheet" href={assets.url("site.css")} />
        <link rel="icon" type="image/svg+xml" href={assets.url("icon.svg")} />
        {indexed && <link rel="canonical" href={settings.baseUrl + path} />}
        {indexed && <link rel="alternate" type="text/markdown" href={markdownUrl(path)} />}
        <FeedLinks site={site} list={list} />
        {head}
        <script type="module" src={assets.url("keyboard.js")} />
        <script type="module" src={assets.url("vote.js")} />
        <script type="module" src={assets.url("once.js")} />
        <script type="module" src={assets.url("suggest.js")} />
      </head>
      <body>
        <a class="skip" href="#main">
          Skip to the papers
        </a>
        <Masthead site={site} path={path} searchBox={rest.searchBox ?? true} current={rest.current} />
        <main id="main">{rest.children}</main>
        <Footer site={site} path={indexed ? path : undefined} />
        <KeyboardHelp />
      </body>
    </html>
  );
}

function Masthead({
  site,
  path,
  searchBox,
  current,
}: Pick<Props, "site" | "path" | "current"> & { searchBox: boolean }) {
  const here = (place: Props["current"]) => (place === current ? "page" : undefined);
  return (
    <header class="masthead">
      <a class="wordmark" href="/">
        {site.settings.siteName}
      </a>
      {searchBox && (
        <form class="search" role="search" action="/search">
          <input
            type="search"
            name="q"
            maxLength={1000}
            placeholder="Search papers"
            aria-label="Search papers, authors, arXiv ids"
            autocomplete="off"
          />
          <button type="submit">Search</button>
        </form>
      )}
      <nav aria-label="Site">
        <a href="/" aria-current={here("latest")}>
          Latest
        </a>
        <a href="/trending" aria-current={here("trending")}>
          Trending
        </a>
        <a href="/about" aria-current={here("about")}>
          About
        </a>
        <ReaderLinks site={site} path={path} />
      </nav>
    </header>
  );
}

const SOFTWARE = "Paperwire";

function Footer({ site, path }: { site: Site; path: string | undefined }) {
  return (
    <footer class="colophon">
      <p>
        {site.settings.siteName === SOFTWARE ? SOFTWARE : `${site.settings.siteName} runs on ${SOFTWARE}`}{" "}
        {site.settings.version}. No tracking, no cookies for visitors, nothing from elsewhere.
      </p>
      <nav aria-label="More">
        {path !== undefined && <a href={markdownUrl(path)}>This page as Markdown</a>}
        <a href="/subscribe">Subscribe</a>
        <a href="/feeds">Feeds</a>
        <a href="/collections">Collections</a>
        <a href="/ledger">Ledger</a>
        <a href="/moderation">Moderation</a>
        <a href="/about#keyboard" data-help>
          Keyboard
        </a>
        <a href="/about#api">API</a>
      </nav>
    </footer>
  );
}

export const KEYS: readonly [keys: string[], meaning: string][] = [
  [["j", "k"], "next and previous paper"],
  [["o", "Enter"], "open the paper"],
  [["u"], "upvote the paper, or take it back"],
  [["/"], "search"],
  [["[", "]"], "previous and next edition"],
  [["g h"], "front page"],
  [["?"], "this help"],
];

export function KeyList() {
  return (
    <dl class="keys">
      {KEYS.map(([keys, meaning]) => (
        <div>
          <dt>
            {keys.map((key) => (
              <kbd>{key}</kbd>
            ))}
          </dt>
          <dd>{meaning}</dd>
        </div>
      ))}
    </dl>
  );
}

function KeyboardHelp() {
  return (
    <dialog id="keys" aria-labelledby="keys-title">
      <h2 id="keys-title">Keyboard</h2>
      <KeyList />
      <form method="dialog">
        <button type="submit">Close</button>
      </form>
    </dialog>
  );
}
