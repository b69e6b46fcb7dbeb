/** What a reader sees when something is not there, not right, or broken. */
import type { PageView } from "../page.ts";
import type { Site } from "../site.ts";
import { Layout } from "../views/layout.tsx";
import { signInUrl } from "../views/urls.ts";

type Problem = {
  status: PageView["status"];
  /** A sentence for the reader; never the internals. */
  message: string;
  /** Quoted to whoever runs the site. */
  requestId: string;
  /** Whether it was a form that went wrong. */
  sent?: boolean;
};

const TITLES: Record<number, string> = {
  400: "That does not look right",
  401: "Sign in first",
  403: "Not allowed",
  404: "Not found",
  409: "That does not fit",
  413: "Too large",
  429: "Too many requests",
  500: "Something broke here",
  502: "A source did not answer",
};

export function problemPage({ status, message, requestId, sent = false }: Problem, site: Site): PageView {
  const title = TITLES[status] ?? "Something went wrong";
  return {
    status,
    keep: false,
    personal: site.reader !== undefined,
    html: (
      <Layout site={site} title={title} path="/" indexed={false}>
        <section class="problem">
          <p class="kicker">{status}</p>
          <h1>{title}</h1>
          <p>{message}</p>
          {status >= 500 && (
            <p class="credit">
              The fault is on our side and has been written down. Its number is <code>{requestId}</code>.
            </p>
          )}
          {sent && status < 500 && <p>Your browser’s back button leads to the form, with what you typed in it.</p>}
          <ul class="plain">
            {status === 401 && site.signIn && (
              <li>
                <a href={signInUrl("/")}>Sign in</a>
              </li>
            )}
            <li>
              <a href="/">The latest edition</a>
            </li>
            <li>
              <a href="/search">Search all papers</a>
            </li>
          </ul>
        </section>
      </Layout>
    ),
    markdown: () => `# ${title}\n\n${message}\n${status >= 500 ? `\nRequest ${requestId}\n` : ""}`,
  };
}
