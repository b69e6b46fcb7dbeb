/** Confirming an address: a page with a button, because mail scanners open links but press nothing. */
import type { SubscriberLinks } from "@paperwire/mail";
import type { Page, PageView } from "../page.ts";
import type { Site } from "../site.ts";
import { goneLink } from "../subscription-links.ts";
import { Layout } from "../views/layout.tsx";

export const confirmPage: Page = async (request, { store, mail, clock }, site) => {
  const token = request.param("token");
  const confirmId = mail.tokens.read("confirm", token, clock());
  const subscriber = confirmId === null ? null : await store.subscribers.findToConfirm(confirmId);
  if (subscriber === null) throw goneLink();
  return {
    status: 200,
    keep: false,
    personal: true,
    html: (
      <Layout site={site} title="Confirm the subscription" path="/subscribe" indexed={false}>
        <article class="prose">
          <h1>Confirm the subscription</h1>
          <p>
            {site.settings.siteName} will send trending papers to <b>{subscriber.email}</b>. Every mail has a link to
            change what comes, and one to leave.
          </p>
          <form method="post" action={`/subscription/confirm/${token}`}>
            <button type="submit">Yes, send me papers</button>
          </form>
          <p>If this was not you, just close this page: nothing will be sent.</p>
        </article>
      </Layout>
    ),
    markdown: () => "# Confirm the subscription\n\nOpen this address in a browser and press the button.\n",
  };
};

export function confirmedPage(site: Site, { manageUrl }: SubscriberLinks): PageView {
  const choose = manageUrl.slice(site.settings.baseUrl.length);
  return {
    status: 200,
    keep: false,
    personal: true,
    html: (
      <Layout site={site} title="Subscribed" path="/subscribe" indexed={false}>
        <article class="prose">
          <h1>Subscribed</h1>
          <p>The first mail comes with the next edition: daily, ten papers, at 8 in the morning UTC.</p>
          <p>
            <a href={choose}>Choose something else</a>: weekly or monthly, fewer papers, your topics, your hour and
            zone.
          </p>
        </article>
      </Layout>
    ),
    markdown: () => `# Subscribed\n\nChoose what you get: ${manageUrl}\n`,
  };
}
