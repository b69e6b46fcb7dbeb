/** What is said against a paper, wherever it is shown: withdrawn, retracted, doubted; by whom and when. */
import { type Notice, noticeWord, strongestNotice } from "@paperwire/domain";
import { plainDay } from "./dates.ts";

/** One line for a card: the strongest notice. */
export function NoticeMark({ notices }: { notices: readonly Notice[] | undefined }) {
  const notice = strongestNotice(notices);
  return notice ? <NoticeLine notice={notice} /> : null;
}

/** All of them, for the paper's own page. */
export function NoticeMarks({ notices }: { notices: readonly Notice[] | undefined }) {
  return (
    <>
      {(notices ?? []).map((notice) => (
        <NoticeLine notice={notice} />
      ))}
    </>
  );
}

const WEB = /^https?:\/\//;

function NoticeLine({ notice }: { notice: Notice }) {
  const { source, date, url } = notice;
  return (
    <p class={`paper-notice ${notice.kind}`}>
      <b>{noticeWord(notice)}</b> (
      {url !== undefined && WEB.test(url) ? (
        <a href={url} rel="noopener">
          {source}
        </a>
      ) : (
        source
      )}
      {date && (
        <>
          , <time dateTime={date}>{plainDay(date)}</time>
        </>
      )}
      )
    </p>
  );
}
