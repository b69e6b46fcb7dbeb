/** Mails what happened: claimed in the database, handed to the outbox once, marked. */
import { NOTIFICATION_LIMITS } from "@paperwire/domain";
import type { Letter, MailDesk, Post } from "@paperwire/mail";
import type { MailBundle, Store } from "@paperwire/store";

/** Accounts in one round; the next round takes the rest. */
const PER_ROUND = 200;
const DAY_MS = 86_400_000;
/** How long the way out in a mail works. */
const QUIET_DAYS = 365;

export type NotificationRun = {
  store: Pick<Store, "notifications" | "suppressions">;
  mail: Pick<MailDesk, "letter" | "tokens">;
  post: Pick<Post, "send">;
  baseUrl: string;
  siteName: string;
  nowMs: number;
};

/**
 * One round. A crash between handing over and marking hands the same bundle over again, which the outbox knows by its name
 * and does not take twice.
 * @returns mails handed over
 */
export async function mailNotifications(run: NotificationRun): Promise<number> {
  const { store, post } = run;
  let sent = 0;
  for (const bundle of await store.notifications.claimBundles(PER_ROUND)) {
    const { email } = bundle.account;
    if (!(await store.suppressions.has(email))) {
      const options = {
        inDoubt: "stop",
        once: `notifications ${bundle.id}`,
        expiresMs: run.nowMs + 3 * DAY_MS,
      } as const;
      if (await post.send(letterOf(bundle, run), options)) sent++;
    }
    await store.notifications.markMailed(bundle.id);
  }
  return sent;
}

function letterOf({ account, items, total }: MailBundle, { mail, baseUrl, siteName, nowMs }: NotificationRun): Letter {
  const token = mail.tokens.sign({ purpose: "quiet", subject: account.id, expiresMs: nowMs + QUIET_DAYS * DAY_MS });
  const quietUrl = `${baseUrl}/notifications/mail-off/${token}`;
  const [first] = items;
  const more = total - items.length;
  const letter = mail.letter(account.email, {
    subject: total === 1 ? clip(first!.words) : `${total} notifications from ${siteName}`,
    heading: total === 1 ? "Something happened" : `${total} things happened`,
    before: [
      ...items.map(({ words, path }) => `${words} ${baseUrl}${path}`),
      ...(more > 0 ? [`And ${more} more: a mail lists ${NOTIFICATION_LIMITS.perMail}.`] : []),
    ],
    action: { url: `${baseUrl}/notifications`, text: "All notifications" },
    after: [
      `Choose what is mailed, and how often: ${baseUrl}/notifications#wishes`,
      `No more of these mails, without signing in: ${quietUrl}`,
    ],
  });
  return {
    ...letter,
    headers: {
      ...letter.headers,
      "Auto-Submitted": "auto-generated",
      "List-Unsubscribe": `<${quietUrl}>`,
      "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
    },
  };
}

const SUBJECT_CHARS = 90;
const clip = (words: string) => (words.length <= SUBJECT_CHARS ? words : `${words.slice(0, SUBJECT_CHARS - 1)}…`);
