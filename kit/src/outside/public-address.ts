import { lookup as systemLookup } from 'node:dns';
import { isIP, type LookupFunction } from 'node:net';
import ipaddr from 'ipaddr.js';

/** A host that is not on the public internet, or that nobody knows. */
export class AddressNotPublicError extends Error {
  override readonly name = 'AddressNotPublicError';
  readonly code = 'ADDRESS_NOT_PUBLIC';
}

/** Is this the address of a machine on the public internet, and not of our own network, of this machine or of nobody? */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false;
  // ::ffff:10.0.0.1 is 10.0.0.1, and so are the forms that carry an IPv4 address through IPv6.
  const parsed = ipaddr.process(address);
  return parsed.range() === 'unicast';
}

/** A look-up that finds public addresses only, at the moment of connecting: what a name meant before does not count. */
export const lookupPublic: LookupFunction = (hostname, options, callback) => {
  systemLookup(hostname, { ...options, all: true }, (error, found) => {
    if (error) return callback(error, '');
    const usable = found.filter(({ address }) => isPublicAddress(address));
    const [first] = usable;
    if (!first) return callback(new AddressNotPublicError(`${hostname} is not on the public internet`), '');
    if (options.all) return callback(null, usable);
    return callback(null, first.address, first.family);
  });
};

/** An address in a URL is connected to without a look-up. @throws AddressNotPublicError */
export function refuseLiteralAddress(hostname: string): void {
  const bare = hostname.replace(/^\[|\]$/g, '');
  if (isIP(bare) && !isPublicAddress(bare)) throw new AddressNotPublicError(`${bare} is not on the public internet`);
}
