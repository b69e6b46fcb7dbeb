/** Whose request it is: the address that limits are counted by. */
import { isIPv6 } from "node:net";
import type { Context } from "hono";

/** Longer lists are somebody's invention. */
const HOPS_MAX = 20;

/**
 * The connection's address, or, behind proxies, the one the outermost of them saw.
 * @param trustedProxies how many proxies stand in front of this server; each appends the address it saw to
 *   `X-Forwarded-For`, so the entry that many places from the end is the first one a client cannot have written itself.
 *   0 ignores the header.
 * @returns one text per household: an IPv6 client owns a whole /64, so only that half of its address counts
 */
export function clientAddress(c: Context, trustedProxies: number): string {
  const hops = trustedProxies > 0 ? (c.req.header("x-forwarded-for") ?? "").split(",").slice(-HOPS_MAX) : [];
  const forwarded = hops.at(-trustedProxies)?.trim();
  return network(forwarded || socketAddress(c));
}

function socketAddress(c: Context): string {
  const incoming = (c.env as { incoming?: { socket?: { remoteAddress?: string } } } | undefined)?.incoming;
  return incoming?.socket?.remoteAddress ?? "unknown";
}

function network(address: string): string {
  const bare = address.replace(/^\[|\](?::\d+)?$/g, "").replace(/^::ffff:(?=\d+\.)/i, "");
  if (!isIPv6(bare)) return bare.replace(/^(\d+\.\d+\.\d+\.\d+):\d+$/, "$1").slice(0, 64);
  const [head = "", tail] = bare.split("%")[0]!.toLowerCase().split("::");
  const before = head === "" ? [] : head.split(":");
  const after = tail === undefined || tail === "" ? [] : tail.split(":");
  const zeros = tail === undefined ? [] : Array<string>(8 - before.length - after.length).fill("0");
  return `${[...before, ...zeros, ...after]
    .slice(0, 4)
    .map((part) => part.replace(/^0+(?=.)/, ""))
    .join(":")}::/64`;
}
