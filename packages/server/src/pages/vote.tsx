/** Where a vote is finished after signing in: one button, because looking at a page changes nothing. */
import { backPath } from "../back-path.ts";
import type { Page } from "../page.ts";
import { Layout } from "../views/layout.tsx";
import { RichText } from "../views/rich-text.tsx";
import { paperUrl, signInUrl, withQuery } from "../views/urls.ts";

export const votePage: Page = async (request, { discovery }, site) => {
  const { paper } = await discovery.paperPage(request.param("id"));
  const back = backPath(request.query("back"), paperUrl(paper.id));
  const path = `${paperUrl(paper.id)}/upvote`;
  if (!site.reader) return { redirect: signInUrl(withQuery(path, { back })), status: 303 };
  return {
    status: 200,
    keep: false,
    personal: true,
    html: (
      <Layout site={site} title="Upvote" path={path} indexed={false}>
        <article class="prose">
          <h1>Upvote this paper?</h1>
          <p>
            <a href={paperUrl(paper.id)}>
              <RichText text={paper.title} />
            </a>
          </p>
          <form method="post" action={path}>
            <input type="hidden" name="back" value={back} />
            <button type="submit" name="upvote" value="on" class="main">
              Upvote
            </button>{" "}
            <a href={back}>Not now</a>
          </form>
        </article>
      </Layout>
    ),
    markdown: () => "# Upvote\n\nOpen this address in a browser to vote.\n",
  };
};
