/** Leaving: the question that a link opens, and what is said once it is done. */
import type { Page, PageView } from "../page.ts";
import type { Site } from "../site.ts";
import { subscriberOf } from "../subscription-links.ts";
import { Layout } from "../views/layout.tsx";

export const unsubscribePage: Page = async (request, context, site) => {
  const token = request.param("token");
  const subscriber = await subscriberOf(context, "unsubscribe", token);
  const { manageUrl } = context.mail.links(subscriber.id, context.clock());
  return {
    status: 200,
    keep: false,
    personal: true,
    html: (
      <Layout site={site} title="Unsubscribe" path="/subscribe" indexed={false}>
        <article class="prose">
          <h1>Unsubscribe</h1>
          <p>Mail to {subscriber.email} stops at once.</p>
          <form method="post" action={`/unsubscribe/${token}`}>
            <button type="submit">Unsubscribe</button>
          </form>
          <p>
            Or get less: <a href={manageUrl.slice(site.settings.baseUrl.length)}>weekly, fewer papers, or a pause</a>.
          </p>
        </article>
      </Layout>
    ),
    markdown: () => "# Unsubscribe\n\nOpen this address in a browser and press the button.\n",
  };
};

export function leftPage(site: Site): PageView {
  return said(site, "You are unsubscribed", "No further mail will come. Subscribing again needs a new confirmation.");
}

export function erasedPage(site: Site): PageView {
  return said(site, "Forgotten", "Your address, your wishes and the record of mails to you are erased.");
}

function said(site: Site, title: string, text: string): PageView {
  return {
    status: 200,
    keep: false,
    personal: true,
    html: (
      <Layout site={site} title={title} path="/subscribe" indexed={false}>
        <article class="prose">
          <h1>{title}</h1>
          <p>{text}</p>
          <p>
            <a href="/">The latest edition</a>
          </p>
        </article>
      </Layout>
    ),
    markdown: () => `# ${title}\n\n${text}\n`,
  };
}
