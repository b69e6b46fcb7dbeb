/** The way out of notification mails: one button, because link scanners open every address in a mail. */
import { notFound } from "@paperwire/domain";
import type { Page, PageView } from "../page.ts";
import type { Site } from "../site.ts";
import { Layout } from "../views/layout.tsx";

const personal = { status: 200, keep: false, personal: true } as const;

export const mailOffPage: Page = async (request, { mail, clock }, site) => {
  const token = request.param("token");
  if (mail.tokens.read("quiet", token, clock()) === null) {
    throw notFound("This link is not valid any more. Sign in and change it there.");
  }
  return {
    ...personal,
    html: (
      <Layout site={site} title="No more mails" path="/notifications" indexed={false}>
        <article class="prose">
          <h1>No more mails about what happens here?</h1>
          <p>Notifications stay on the site. The daily papers by mail are another thing and go on.</p>
          <form method="post" action={`/notifications/mail-off/${token}`}>
            <button type="submit" class="main">
              No more of these mails
            </button>
          </form>
        </article>
      </Layout>
    ),
    markdown: () => "# No more mails\n\nOpen this address in a browser.\n",
  };
};

export function mailsAreOffView(site: Site): PageView {
  return {
    ...personal,
    html: (
      <Layout site={site} title="No more mails" path="/notifications" indexed={false}>
        <article class="prose">
          <h1>No more mails</h1>
          <p>
            Nothing is mailed any more about what happens here. <a href="/notifications#wishes">Change it again</a>
          </p>
        </article>
      </Layout>
    ),
    markdown: () => "# No more mails\n\nNothing is mailed any more about what happens here.\n",
  };
}
