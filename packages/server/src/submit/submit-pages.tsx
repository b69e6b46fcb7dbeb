/** The two steps of putting a paper forward: which one, and what to say with it. */
import { IMAGE_LIMITS, type SubmissionDraft } from "@paperwire/community";
import { type ListedPaper, REFERENCE_CHARS, SUBMISSION_LIMITS } from "@paperwire/domain";
import type { PageView } from "../page.ts";
import type { Site } from "../site.ts";
import { plainDay } from "../views/dates.ts";
import { Layout } from "../views/layout.tsx";
import { counted } from "../views/numbers.ts";
import { PaperCard } from "../views/paper-card.tsx";
import { editionUrl } from "../views/urls.ts";
import { submitUrl } from "./submit-url.ts";

type Problem = { problem?: string; status?: PageView["status"] };
type Start = Problem & { what: string; titles?: readonly ListedPaper[] };

const personal = { keep: false, personal: true } as const;
const inBrowser = () => "# Put a paper forward\n\nOpen this address in a browser.\n";

export function startView(site: Site, { what, titles, problem, status = 200 }: Start): PageView {
  return {
    status,
    ...personal,
    html: (
      <Layout site={site} title="Put a paper forward" path="/submit" indexed={false}>
        <article class="prose">
          <h1>Put a paper forward</h1>
          <p>Which paper should readers see? It goes into the open edition, where others can vote for it.</p>
          <form method="post" action="/submit" class="stacked">
            <label for="what">arXiv id, address, DOI or exact title</label>
            <div class="field">
              <input
                id="what"
                type="text"
                name="what"
                value={what}
                required
                maxLength={REFERENCE_CHARS}
                autocomplete="off"
                placeholder="2503.21776 or https://…"
                aria-describedby={problem ? "problem" : undefined}
                aria-invalid={problem ? true : undefined}
              />
              <button type="submit" class="main">
                Look it up
              </button>
            </div>
            <ProblemLine problem={problem} />
          </form>
          <p class="credit">
            Addresses of arXiv, Hugging Face, alphaXiv, OpenReview, the ACL Anthology and DOIs are understood. A paper
            that is not here yet is asked for at arXiv, OpenReview or Crossref; that takes a few seconds.
          </p>
          <p>
            <a href="/submissions">What you put forward</a>
          </p>
        </article>
        {titles && (
          <>
            <h2>Is it one of these?</h2>
            <ol class="papers">
              {titles.map((listed) => (
                <PaperCard listed={listed} dated>
                  <p class="acts">
                    <a href={submitUrl(listed.paper.id)}>This one</a>
                  </p>
                </PaperCard>
              ))}
            </ol>
          </>
        )}
      </Layout>
    ),
    markdown: inBrowser,
  };
}

function ProblemLine({ problem }: Problem) {
  return problem ? (
    <p class="notice" id="problem" role="alert">
      {problem}
    </p>
  ) : null;
}

type Typed = Problem & { note?: string; alt?: string };

export function draftView(site: Site, draft: SubmissionDraft, typed: Typed = {}): PageView {
  const { listed, namesakes, refusal } = draft;
  const path = submitUrl(listed.paper.id);
  return {
    status: typed.status ?? 200,
    ...personal,
    html: (
      <Layout
        site={site}
        title="Put a paper forward"
        path={path}
        indexed={false}
        head={<script type="module" src={site.assets.url("picture.js")} />}
      >
        <header class="edition-head">
          <h1>Is this the paper?</h1>
        </header>
        <ol class="papers">
          <PaperCard listed={listed} dated />
        </ol>
        <Namesakes items={namesakes} />
        <article class="prose">
          {refusal === null ? <DraftForm draft={draft} typed={typed} path={path} /> : <Refused draft={draft} />}
          <p>
            <a href="/submit">Another paper</a>
          </p>
        </article>
      </Layout>
    ),
    markdown: inBrowser,
  };
}

function Namesakes({ items }: { items: readonly ListedPaper[] }) {
  if (items.length === 0) return null;
  return (
    <section>
      <h2>The same title is here {items.length === 1 ? "once more" : `${items.length} times more`}</h2>
      <p class="notice">Look whether it is the same work: then it may have been put forward already.</p>
      <ol class="papers">
        {items.map((listed) => (
          <PaperCard listed={listed} dated />
        ))}
      </ol>
    </section>
  );
}

function Refused({ draft: { refusal, listed } }: { draft: SubmissionDraft }) {
  return (
    <>
      <p class="notice" role="alert">
        {refusal}
      </p>
      {listed.entry && (
        <p>
          <a href={editionUrl("day", listed.entry.edition)}>The edition of {plainDay(listed.entry.edition)}</a>
        </p>
      )}
    </>
  );
}

function DraftForm({ draft, typed, path }: { draft: SubmissionDraft; typed: Typed; path: string }) {
  const { edition, state, left } = draft;
  return (
    <form method="post" action={path} enctype="multipart/form-data" class="stacked">
      <p>
        It goes into the edition of {plainDay(edition)}
        {state === "waiting" && " after a curator has looked at it, because your account is new"}. You can put forward{" "}
        {counted(left, "more paper")} today, this one included.
      </p>
      <ProblemLine problem={typed.problem} />
      <label for="note">Why should others read it? (may stay empty)</label>
      <textarea id="note" name="note" rows={4} maxLength={SUBMISSION_LIMITS.noteChars}>
        {typed.note ?? ""}
      </textarea>
      <label for="image">A picture (PNG or JPEG, up to {IMAGE_LIMITS.bytes / 1024} kB, may stay empty)</label>
      <input
        id="image"
        type="file"
        name="image"
        accept="image/png,image/jpeg"
        aria-describedby="image-about"
        data-bytes-max={IMAGE_LIMITS.bytes}
      />
      <small id="image-about">
        Only the picture is kept: where and with what it was taken is thrown away, and so is animation.
      </small>
      <label for="alt">What the picture shows, in words</label>
      <input id="alt" type="text" name="alt" value={typed.alt ?? ""} maxLength={SUBMISSION_LIMITS.imageTextChars} />
      <p>
        <button type="submit" class="main">
          Put it forward
        </button>
      </p>
    </form>
  );
}
