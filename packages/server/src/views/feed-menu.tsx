/** Where a list can be followed and taken along: links in the head for feed readers, a fold on the page for people. */
import type { Form } from "../forms.ts";
import { FORM_TYPES } from "../forms.ts";
import type { Site } from "../site.ts";
import { formUrl } from "./urls.ts";

export type FeedForms = readonly [form: Form, name: string][];

export const FEED_FORMS: FeedForms = [
  ["atom", "Atom"],
  ["rss", "RSS"],
  ["json", "JSON Feed"],
];
const EXPORT_FORMS: FeedForms = [
  ["bib", "BibTeX"],
  ["ris", "RIS"],
  ["csl.json", "CSL-JSON"],
  ["md", "Markdown"],
  ["opml", "OPML"],
];

type Listed = { title: string; path: string };

/** Feed readers find the feeds of a page here, the page's own list first. */
export function FeedLinks({ site, list }: { site: Site; list: Listed | undefined }) {
  const { title, path } = list ?? { title: "latest papers", path: "/" };
  return (
    <>
      {FEED_FORMS.map(([form, name]) => (
        <link
          rel="alternate"
          type={FORM_TYPES[form].split(";")[0]}
          title={`${site.settings.siteName}: ${title} (${name})`}
          href={formUrl(path, form)}
        />
      ))}
    </>
  );
}

export function FeedMenu({ path }: { path: string }) {
  return (
    <details class="feed-menu">
      <summary>Feeds and exports</summary>
      <div class="feed-menu-body">
        <FormList label="Follow this list in a feed reader" forms={FEED_FORMS} path={path} />
        <FormList label="Take this list along" forms={EXPORT_FORMS} path={path} />
        <p>
          <a href="/feeds">All feeds, and how to use them</a>
        </p>
      </div>
    </details>
  );
}

function FormList({ label, forms, path }: { label: string; forms: FeedForms; path: string }) {
  return (
    <p>
      {label}:{" "}
      {forms.map(([form, name], at) => (
        <>
          {at > 0 && ", "}
          <a href={formUrl(path, form)} rel="nofollow">
            {name}
          </a>
        </>
      ))}
    </p>
  );
}
