/** The invitation to the digest. */

/** @source RFC 5321 4.5.3.1: a path holds at most 256 octets with its brackets */
export const EMAIL_CHARS_MAX = 254;

export function SubscribeForm() {
  return (
    <form class="banner" method="post" action="/subscribe">
      <label for="email">Get trending papers in your email inbox</label>
      <span class="field">
        <input
          id="email"
          type="email"
          name="email"
          required
          maxLength={EMAIL_CHARS_MAX}
          autocomplete="email"
          placeholder="you@example.org"
        />
        <button type="submit">Subscribe</button>
      </span>
    </form>
  );
}
