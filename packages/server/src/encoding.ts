/** Which form of a body a client can read. */

/** A finished body and, once they are made, its compressed forms. */
export type Bodies = { identity: Uint8Array; br?: Uint8Array; gzip?: Uint8Array };
export type Encoding = keyof Bodies;

/** A name that the client refuses outright with q=0. */
const REFUSED = /\b(br|gzip)\s*;\s*q=0(?:\.0{1,3})?(?=\s*(?:,|$))/g;

/** The smallest form that the client accepts. */
export function wantedEncoding(accepted: string | null | undefined): Encoding {
  if (!accepted) return "identity";
  const offered = accepted.includes("q=0") ? accepted.replace(REFUSED, "") : accepted;
  if (/\bbr\b/.test(offered)) return "br";
  return /\bgzip\b/.test(offered) ? "gzip" : "identity";
}

/** The wanted form, or the plain one where it has not been made. */
export function pickEncoding(bodies: Bodies, accepted: string | null | undefined): Encoding {
  const wanted = wantedEncoding(accepted);
  return bodies[wanted] ? wanted : "identity";
}
