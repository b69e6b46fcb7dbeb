/** What changed in title and abstract between versions, folded away until somebody asks. */
import { type Paper, type TextPart, versionName, type WordChange } from "@paperwire/domain";
import { plainDay } from "./dates.ts";

type Props = { paper: Paper; changes: readonly WordChange[] };

/** Nothing for a paper of one version. */
export function Versions({ paper: { version, versions = [] }, changes }: Props) {
  if (versions.length < 2 && changes.length === 0) return null;
  return (
    <section class="versions" id="versions">
      <h2>Versions</h2>
      {versions.length > 1 && (
        <ol>
          {versions.map(({ number, at }) => (
            <li value={number}>
              v{number}, <time dateTime={at}>{plainDay(at.slice(0, 10))}</time>
              {number === version && ", shown here"}
            </li>
          ))}
        </ol>
      )}
      {changes.map((change) => (
        <Change change={change} />
      ))}
    </section>
  );
}

function Change({ change: { from, to, title, abstract } }: { change: WordChange }) {
  const target = to.number === null && to.saidAt === null ? "now" : versionName(to);
  return (
    <details class="change">
      <summary>
        What changed from {versionName(from)} to {target}
        {title === null ? " in the abstract" : abstract === null ? " in the title" : ""}
      </summary>
      {title && (
        <p class="changed-title">
          <Parts parts={title} />
        </p>
      )}
      {abstract && (
        <p>
          <Parts parts={abstract} />
        </p>
      )}
    </details>
  );
}

/** The words before and after tell those who hear the page what those who see it see. */
function Parts({ parts }: { parts: readonly TextPart[] }) {
  return (
    <>
      {parts.map(({ text, change }) => {
        if (change === "same") return text;
        return change === "added" ? (
          <ins>
            <span class="unseen"> [added: </span>
            {text}
            <span class="unseen">] </span>
          </ins>
        ) : (
          <del>
            <span class="unseen"> [removed: </span>
            {text}
            <span class="unseen">] </span>
          </del>
        );
      })}
    </>
  );
}
