/** The front page before the first edition. */
import type { PageView } from "../page.ts";
import type { Site } from "../site.ts";
import { Layout } from "../views/layout.tsx";
import { SubscribeForm } from "../views/subscribe-form.tsx";

export function emptySite(site: Site): PageView {
  return {
    status: 200,
    keep: true,
    html: (
      <Layout site={site} path="/" current="latest">
        <h1>No edition yet</h1>
        <section class="empty">
          <p>
            The site is up and its database is empty. Whoever runs it can bring in papers with{" "}
            <code>paperwire import FILE</code>; the front page then shows the newest edition.
          </p>
        </section>
        <SubscribeForm />
      </Layout>
    ),
    markdown: () => `# ${site.settings.siteName}\n\nNo edition yet.\n`,
  };
}
