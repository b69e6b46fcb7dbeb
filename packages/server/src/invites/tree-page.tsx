/** Who came by whom: handles only, for all to see. */
import { growTree, type InviteBranch, type InviteNode, notFound } from "@paperwire/domain";
import { TREE_NODES_MAX } from "@paperwire/store";
import { type Page, pageNumber } from "../page.ts";
import type { Site } from "../site.ts";
import { readerUrl } from "../talk/comment-view.tsx";
import { Layout } from "../views/layout.tsx";
import { counted } from "../views/numbers.ts";
import { Pager } from "../views/pager.tsx";
import { TREE_PATH, treeUrl } from "./invite-url.ts";

/** People who came by no invitation, and all who came by them. */
const TREES_PER_PAGE = 20;

type Shown = { title: string; above: readonly InviteNode[]; nodes: readonly InviteNode[]; page: number; total: number };

export const invitePage: Page = async (request, { store, settings }, site) => {
  if ((settings.invites ?? "off") === "off") throw notFound("There are no invitations here.");
  const of = request.query("of");
  const shown = of === undefined ? await allTrees(store, pageNumber(request)) : await oneTree(store, of);
  const path = of === undefined ? TREE_PATH : treeUrl(of);
  return {
    status: 200,
    // A suspension ends by the clock.
    keep: false,
    html: <TreePage site={site} path={path} {...shown} />,
    markdown: () => `# ${shown.title}\n\n${markdownOf(growTree(shown.nodes), 0)}\n`,
  };
};

type Invites = Parameters<Page>[1]["store"];

async function allTrees({ invites }: Invites, page: number): Promise<Shown> {
  const { items, total } = await invites.listTrees({ limit: TREES_PER_PAGE, offset: (page - 1) * TREES_PER_PAGE });
  return { title: "Who came by whom", above: [], nodes: items, page, total };
}

async function oneTree({ accounts, invites }: Invites, handle: string): Promise<Shown> {
  const account = await accounts.findByHandle(handle);
  if (!account) throw notFound(`There is no @${handle.replace(/^@/, "").slice(0, 40)} here.`);
  const { above, below } = await invites.treeOf(account.id);
  return { title: `Who came by @${account.handle}`, above, nodes: below, page: 1, total: 0 };
}

function TreePage({ site, path, title, above, nodes, page, total }: Shown & { site: Site; path: string }) {
  const isWhole = path === TREE_PATH;
  return (
    <Layout site={site} title={title} path={path} indexed={false}>
      <article class="prose">
        <h1>{title}</h1>
        {isWhole ? (
          <p>
            Accounts that were invited stand under those who invited them. Who is answerable for whom is no secret here;
            addresses and notes are. A name that is gone was deleted.
          </p>
        ) : (
          <p>
            <a href={TREE_PATH}>The whole tree</a>
          </p>
        )}
        {above.length > 0 && (
          <nav aria-label="Came by">
            Came by:{" "}
            {above.map((node, at) => (
              <>
                {at > 0 && " → "}
                <Name node={node} linked />
              </>
            ))}
          </nav>
        )}
        {nodes.length === 0 ? (
          <p class="notice">
            {isWhole ? "Nobody came by an invitation yet." : "Came by no invitation, and invited nobody."}
          </p>
        ) : (
          <Branches branches={growTree(nodes)} label={title} />
        )}
        {nodes.length === TREE_NODES_MAX && (
          <p class="notice">Only the first {TREE_NODES_MAX} places are shown. Open a name for what stands below it.</p>
        )}
        {isWhole && (
          <Pager
            page={page}
            perPage={TREES_PER_PAGE}
            total={total}
            url={(to) => (to === 1 ? TREE_PATH : `${TREE_PATH}?page=${to}`)}
          />
        )}
      </article>
    </Layout>
  );
}

function Branches({ branches, label }: { branches: readonly InviteBranch[]; label?: string }) {
  return (
    <ul class="invite-tree" aria-label={label}>
      {branches.map((branch) => (
        <li>
          <Name node={branch} linked={branch.invited.length > 0} />
          {branch.invited.length > 0 && <small> invited {counted(branch.invited.length, "reader")}</small>}
          {branch.invited.length > 0 && <Branches branches={branch.invited} />}
        </li>
      ))}
    </ul>
  );
}

function Name({ node: { handle, suspended }, linked }: { node: InviteNode; linked: boolean }) {
  if (handle === null) return <i>deleted</i>;
  return (
    <>
      <a href={linked ? treeUrl(handle) : readerUrl(handle)}>@{handle}</a>
      {suspended && <span class="badge">suspended</span>}
    </>
  );
}

function markdownOf(branches: readonly InviteBranch[], depth: number): string {
  return branches
    .map(({ handle, suspended, invited }) => {
      const line = `${"  ".repeat(depth)}- ${handle === null ? "deleted" : `@${handle}`}${suspended ? " (suspended)" : ""}`;
      return invited.length > 0 ? `${line}\n${markdownOf(invited, depth + 1)}` : line;
    })
    .join("\n");
}
