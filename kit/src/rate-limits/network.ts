import ipaddr from 'ipaddr.js';

const PREFIX_BITS = 64;

/**
 * What counts as one network: an IPv4 address, or an IPv6 address's /64, all of which one household or machine has for
 * itself. What is no address counts as one network together, so that nobody gets out of a limit by writing nonsense.
 */
export function networkOf(address: string | undefined): string {
  if (!address || !ipaddr.isValid(address)) return 'unknown';
  // An IPv4 address that came in through an IPv6 socket, ::ffff:203.0.113.7, is the IPv4 address.
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const prefix = parsed.toByteArray().fill(0, PREFIX_BITS / 8);
  return `${ipaddr.fromByteArray(prefix).toString()}/${PREFIX_BITS}`;
}
