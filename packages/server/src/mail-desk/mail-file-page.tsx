/** One mail of the folder: its text here, its HTML part in a page of its own that may do nothing. */
import { notFound } from "@paperwire/domain";
import { readOwnMail } from "@paperwire/mail";
import type { Page } from "../page.ts";
import { Layout } from "../views/layout.tsx";

export const mailFilePage: Page = async (request, { mail }, site) => {
  const name = request.param("name");
  const bytes = await mail.transport.folder?.read(name);
  if (!bytes) throw notFound("There is no such mail.");
  const { to, subject, date, text, html } = readOwnMail(bytes);
  const address = `/desk/mail/files/${name}`;
  return {
    status: 200,
    keep: false,
    personal: true,
    html: (
      <Layout site={site} title={subject} path={address} indexed={false}>
        <article class="prose">
          <p>
            <a href="/desk/mail#files">All mails</a>
          </p>
          <h1>{subject}</h1>
          <p>
            To {to}, {date}.{" "}
            {html !== null && (
              <>
                <a href={`${address}/html`}>The HTML part</a> ·{" "}
              </>
            )}
            <a href={`${address}/raw`}>The file</a>
          </p>
          <pre class="mail-text" tabIndex={0}>
            {text}
          </pre>
        </article>
      </Layout>
    ),
    markdown: () => "# A mail\n\nOpen this address in a browser.\n",
  };
};
