import ipaddr from 'ipaddr.js';
import { LRUCache } from 'lru-cache';

const PREFIX_BITS = 64;
/** Reading an address costs more than looking it up, and the same ones come again and again. */
const known = new LRUCache<string, string>({ max: 5_000 });
/** What is longer is no address. */
const LONGEST_ADDRESS = 64;

/**
 * What counts as one network: an IPv4 address, or an IPv6 address's /64, all of which one household or machine has for
 * itself. What is no address counts as one network together, so that nobody gets out of a limit by writing nonsense.
 */
export function networkOf(address: string | undefined): string {
  if (!address || address.length > LONGEST_ADDRESS) return 'unknown';
  const remembered = known.get(address);
  if (remembered !== undefined) return remembered;
  const network = readNetwork(address);
  known.set(address, network);
  return network;
}

function readNetwork(address: string): string {
  if (!ipaddr.isValid(address)) return 'unknown';
  // An IPv4 address that came in through an IPv6 socket, ::ffff:203.0.113.7, is the IPv4 address.
  const parsed = ipaddr.process(address);
  if (parsed.kind() === 'ipv4') return parsed.toString();
  const prefix = parsed.toByteArray().fill(0, PREFIX_BITS / 8);
  return `${ipaddr.fromByteArray(prefix).toString()}/${PREFIX_BITS}`;
}
