/** Which network addresses a fetch may go to: public ones, so that no source can point us at our own machines. */
import { lookup as systemLookup } from "node:dns/promises";
import { BlockList, isIP, type LookupFunction } from "node:net";

export type Address = { address: string; family: number };
/** Every address of a name. */
export type Resolve = (hostname: string) => Promise<readonly Address[]>;

export const systemResolve: Resolve = (hostname) => systemLookup(hostname, { all: true });

/** @source IANA special-purpose address registries, RFC 6890: whatever is not globally reachable */
const SPECIAL_IPV4: [string, number][] = [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
];
/** Also the ways to write an IPv4 address inside an IPv6 one (NAT64, 6to4, Teredo): they would walk around the above. */
const SPECIAL_IPV6: [string, number][] = [
  ["::", 96],
  ["::ffff:0:0", 96],
  ["64:ff9b::", 96],
  ["64:ff9b:1::", 48],
  ["100::", 64],
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["fc00::", 7],
  ["fe80::", 10],
  ["fec0::", 10],
  ["ff00::", 8],
];

/** Two lists: one list would take every IPv4 address for its form inside IPv6, and refuse them all. */
const special = { ipv4: new BlockList(), ipv6: new BlockList() };
for (const [net, prefix] of SPECIAL_IPV4) special.ipv4.addSubnet(net, prefix, "ipv4");
for (const [net, prefix] of SPECIAL_IPV6) special.ipv6.addSubnet(net, prefix, "ipv6");

const loopback = new BlockList();
loopback.addSubnet("127.0.0.0", 8, "ipv4");
loopback.addAddress("::1", "ipv6");

export class ForbiddenAddress extends Error {}

/** `url.hostname` writes IPv6 in brackets. */
const bare = (hostname: string) => hostname.replace(/^\[|\]$/g, "");

/** A host that the operator wrote down as this very machine: a test, or a mirror beside us. */
export function isLoopbackHost(hostname: string): boolean {
  const host = bare(hostname);
  const version = isIP(host);
  return version === 0 ? host === "localhost" : loopback.check(host, version === 6 ? "ipv6" : "ipv4");
}

export type AddressRules = {
  allowLoopback: boolean;
  /** Further addresses that may be asked: a test's own server. */
  also?: ((address: string) => boolean) | undefined;
};

export function isAllowed(address: string, { allowLoopback, also }: AddressRules): boolean {
  const version = isIP(address);
  if (version === 0) return false;
  const kind = version === 6 ? "ipv6" : "ipv4";
  if (!special[kind].check(address, kind)) return true;
  return (allowLoopback && loopback.check(address, kind)) || (also?.(address) ?? false);
}

/** @throws ForbiddenAddress  the host is written as an address that is not public */
export function checkLiteral(hostname: string, rules: AddressRules): void {
  const host = bare(hostname);
  if (isIP(host) !== 0 && !isAllowed(host, rules)) throw new ForbiddenAddress(host);
}

/**
 * A look-up for `node:http`: the connection goes to the very addresses that were checked, so a name that resolves
 * otherwise a moment later gains nothing. One address that is not public refuses the whole name.
 */
export function guardedLookup(resolve: Resolve, rules: AddressRules): LookupFunction {
  return (hostname, options, callback) => {
    const give = async () => {
      const addresses = await resolve(hostname);
      const forbidden = addresses.find(({ address }) => !isAllowed(address, rules));
      if (forbidden) throw new ForbiddenAddress(hostname);
      const first = addresses[0];
      if (!first)
        throw Object.assign(new Error(`${hostname} has no address`), { code: "ENOTFOUND", syscall: "getaddrinfo" });
      return { addresses, first };
    };
    give().then(
      ({ addresses, first }) =>
        options.all ? callback(null, [...addresses]) : callback(null, first.address, first.family),
      (error: NodeJS.ErrnoException) => callback(error, "", 0),
    );
  };
}
