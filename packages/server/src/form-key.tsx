/**
 * What tells a form that is sent twice from two forms: a key that is drawn with the page. Without scripts nothing keeps a
 * button from being pressed again while the answer is on its way, and a browser shows the answer to the last press alone.
 */
import { hashSecret, joinSecret, newSecret } from "@paperwire/accounts";
import type { FormUse, Made } from "@paperwire/store";
import type { SentForm } from "./read-form.ts";

const FIELD = "form-key";
const KEY = /^[\w-]{43}$/;
/** How long the same form shows the secret again that it made: a press too many, a page that is loaded again. */
const SHOWN_AGAIN_MS = 10 * 60_000;

/** Not filled in by a browser that remembers what stood here before: that would be the key of a form that was used. */
export const FormKey = () => <input type="hidden" name={FIELD} value={newSecret()} autocomplete="off" />;

export type OneUse = {
  use: FormUse;
  /** The secret that this sending would make. */
  secret: string;
  /** The secret that the form made, by this sending or the one before; null where that is too long ago to show it again. */
  secretOf(made: Made): string | null;
};

/**
 * The key and the typed words are one name: who goes back and types something else means something else. The secret is
 * made of the key, which is kept nowhere, and of a salt, which alone is kept.
 * @param fields those that say what is wanted
 */
export function readOneUse(form: SentForm, { by, fields }: { by: string; fields: readonly string[] }): OneUse {
  const sent = form.text(FIELD);
  const [key, salt] = [KEY.test(sent) ? sent : newSecret(), newSecret()];
  const secret = joinSecret(key, salt);
  return {
    use: { hash: hashSecret(JSON.stringify([by, key, ...fields.map(form.text)])), salt },
    secret,
    secretOf: ({ before }) => {
      if (before === null) return secret;
      return before.ageMs <= SHOWN_AGAIN_MS ? joinSecret(key, before.salt) : null;
    },
  };
}
