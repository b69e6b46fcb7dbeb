/** What became of the links that a paper names: promised, appeared, gone, and its stars over time. */
import type { LinkEvent, LinkHistory, PaperLinkHistory } from "@paperwire/domain";
import { plainDay } from "./dates.ts";
import { counted } from "./numbers.ts";
import { RichText } from "./rich-text.tsx";
import { Sparkline } from "./sparkline.tsx";

/** More links are in the paper itself. */
const SHOWN = 12;
/** Days of stars that make a line worth drawing. */
const DRAWN_LEAST = 3;

export function LinkHistories({ history: { links, promise } }: { history: PaperLinkHistory }) {
  // A link that was never looked at says nothing yet.
  const looked = links.filter(({ checkedAt }) => checkedAt !== null).slice(0, SHOWN);
  const isOpen = promise !== null && !looked.some(({ state }) => state === "there" || state === "gone");
  if (looked.length === 0 && !isOpen) return null;
  return (
    <section class="link-history in-print">
      <h2>Code and data</h2>
      <ul class="plain">
        {isOpen && (
          <li>
            Promised, <Day day={promise.since} />:
            <blockquote>
              <small>
                <RichText text={promise.said} />
              </small>
            </blockquote>
          </li>
        )}
        {looked.map((link) => (
          <OneLink link={link} />
        ))}
      </ul>
    </section>
  );
}

function OneLink({ link }: { link: LinkHistory }) {
  const { url, state, stars, license, changedAt, isArchived, checkedAt, reason } = link;
  const newest = stars.at(-1);
  const facts = [
    newest && counted(newest.stars, "star"),
    license,
    changedAt && `last change ${plainDay(changedAt.slice(0, 10))}`,
    isArchived && "archived",
  ].filter(Boolean);
  return (
    <li class={`link-state-${state}`}>
      <a href={url} rel="noopener nofollow">
        {url.replace(/^https?:\/\//, "")}
      </a>
      {facts.length > 0 && (
        <>
          <br />
          <small>{facts.join(" · ")}</small>
        </>
      )}
      {stars.length >= DRAWN_LEAST && (
        <Sparkline points={stars.map(({ day, stars: value }) => ({ day, value }))} label={starsLabel(link)} />
      )}
      <ol>
        {link.isPromised && (
          <li>
            <small>
              promised <Day day={link.since} />
            </small>
          </li>
        )}
        {link.events.map(({ day, event }) => (
          <li>
            <small>
              {EVENTS[event]} <Day day={day} />
            </small>
          </li>
        ))}
        <li>
          <small>
            {STATES[state]} {checkedAt && <Day day={checkedAt.slice(0, 10)} />}
            {reason && `: ${reason}`}
          </small>
        </li>
      </ol>
    </li>
  );
}

function Day({ day }: { day: string }) {
  return <time dateTime={day}>{plainDay(day)}</time>;
}

const EVENTS: Record<LinkEvent, string> = {
  appeared: "appeared",
  empty: "found empty",
  filled: "filled",
  gone: "gone since",
  back: "back since",
};
const STATES: Record<LinkHistory["state"], string> = {
  unknown: "could not be looked at",
  missing: "not there yet on",
  empty: "still empty on",
  there: "there on",
  gone: "still gone on",
};

/** What the line shows, for those who do not see it. */
function starsLabel({ stars }: LinkHistory): string {
  const [first, last] = [stars[0]!, stars.at(-1)!];
  return `Stars from ${first.stars} on ${plainDay(first.day)} to ${last.stars} on ${plainDay(last.day)}`;
}
