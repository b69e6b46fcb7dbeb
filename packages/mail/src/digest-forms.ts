/** A digest is written once for all who wish the same; only their links differ. */
import type { Digest, Preferences } from "@paperwire/domain";
import { composeDigest } from "./digest-message.ts";
import type { MailSite, SubscriberLinks } from "./digest-parts.ts";
import type { SharedText } from "./message.ts";

export type DigestForm = {
  subject: string;
  text: SharedText;
  /** The two parts with somebody's words in place of the marks. */
  fill(words: readonly string[]): { text: string; html?: string };
};

type FormParts = {
  site: MailSite;
  /** What stands for the words that differ, in this digest. */
  marksOf(digest: Digest): string[];
  linksOf(digest: Digest): SubscriberLinks;
};

/** Of about 300 kB each. Who has rarer wishes gets a form made again. */
const FORMS_MAX = 100;

/** @returns null where nothing of the digest fits the wishes */
export function createDigestForms(parts: FormParts): {
  find(digest: Digest, wishes: Preferences): DigestForm | null;
} {
  let latest: Digest | undefined;
  const forms = new Map<string, DigestForm | null>();
  return {
    find: (digest, wishes) => {
      if (digest !== latest) forms.clear();
      latest = digest;
      const key = keyOf(wishes);
      const known = forms.get(key);
      const form = known === undefined ? makeForm(parts, digest, wishes) : known;
      // Last used last, so that the first is the one that was not used for longest.
      forms.delete(key);
      forms.set(key, form);
      if (forms.size > FORMS_MAX) forms.delete(forms.keys().next().value!);
      return form;
    },
  };
}

/** The wishes that change what a mail says. */
function keyOf({ papersMax, upvotesMin, topics, plainText }: Preferences): string {
  return JSON.stringify([papersMax, upvotesMin, plainText, topics]);
}

function makeForm({ site, marksOf, linksOf }: FormParts, digest: Digest, wishes: Preferences): DigestForm | null {
  const content = composeDigest({ digest, wishes, site, links: linksOf(digest) });
  if (content === null) return null;
  const marks = marksOf(digest);
  const { subject, text, html } = content;
  const fillText = createFill(text, marks);
  const fillHtml = html === undefined ? undefined : createFill(html, marks);
  return {
    subject,
    text: { text, ...(html === undefined ? {} : { html }), marks },
    fill: (words) => ({ text: fillText(words), ...(fillHtml === undefined ? {} : { html: fillHtml(words) }) }),
  };
}

function createFill(text: string, marks: readonly string[]): (words: readonly string[]) => string {
  const pieces = text.split(new RegExp(`(${marks.map((mark) => mark.replace(/[.-]/g, "\\$&")).join("|")})`));
  const places = pieces.map((piece) => marks.indexOf(piece));
  return (words) => {
    let filled = "";
    for (let n = 0; n < pieces.length; n++) filled += places[n] === -1 ? pieces[n] : words[places[n]!];
    return filled;
  };
}
