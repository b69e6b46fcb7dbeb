/** The form for the digest on a page of its own, and what is said after it was sent. */
import type { Page } from "../page.ts";
import { Layout } from "../views/layout.tsx";
import { SubscribeForm } from "../views/subscribe-form.tsx";

export const subscribePage: Page = async (_request, _context, site) => ({
  status: 200,
  keep: true,
  html: (
    <Layout site={site} title="Subscribe" path="/subscribe">
      <h1>Subscribe</h1>
      <SubscribeForm />
      <p>
        One mail per edition, or per week or month, on all papers or your topics, at your hour. Without tracking, with a
        way out in every mail. <a href="/digests">What was mailed before</a>
      </p>
    </Layout>
  ),
  markdown: () =>
    `# Subscribe\n\nThe form is at ${site.settings.baseUrl}/subscribe; what was mailed before at ${site.settings.baseUrl}/digests.\n`,
});

/** The same words whether the address was known or not: nobody can find out who reads here. */
export const subscribedPage: Page = async (_request, _context, site) => ({
  status: 200,
  keep: true,
  html: (
    <Layout site={site} title="Thank you" path="/subscribe/thanks" indexed={false}>
      <h1>Thank you</h1>
      <p>
        The address is noted. The first mail will ask you to confirm it; until you do, nothing else is sent, so a
        mistyped address bothers nobody.
      </p>
      <p>
        <a href="/">Back to the latest edition</a>
      </p>
    </Layout>
  ),
  markdown: () => "# Thank you\n\nThe address is noted. The first mail will ask you to confirm it.\n",
});
