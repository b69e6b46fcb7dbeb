/** ORCID iDs: sixteen digits that name a researcher, the last one a check. */

/**
 * `0000-0002-1825-0097` from any way of writing it, also as an address; null where it is none, or mistyped.
 * @source https://support.orcid.org/hc/articles/360006897674 (structure), ISO 7064 MOD 11-2
 */
export function parseOrcid(text: string): string | null {
  const found = /^(?:https?:\/\/(?:www\.)?orcid\.org\/)?(\d{4})-?(\d{4})-?(\d{4})-?(\d{3})([\dXx])\/?$/.exec(
    text.trim(),
  );
  if (!found) return null;
  const [, a = "", b = "", c = "", d = "", check = ""] = found;
  const sum = [...`${a}${b}${c}${d}`].reduce((total, digit) => (total + Number(digit)) * 2, 0);
  const wanted = (12 - (sum % 11)) % 11;
  return (check.toUpperCase() === "X" ? 10 : Number(check)) === wanted
    ? `${a}-${b}-${c}-${d}${check.toUpperCase()}`
    : null;
}
