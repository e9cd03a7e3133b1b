import { createHmac } from 'node:crypto';
import { networkOf } from '@tutorgraph/kit/rate-limits/network';
import ipaddr from 'ipaddr.js';

/**
 * By which reviews from one network are known without anybody knowing the network; null for an address that says
 * nothing of who it is, such as one of a private network or of this machine.
 */
export function networkHash(address: string | undefined, secret: string): string | null {
  if (!address || !ipaddr.isValid(address) || ipaddr.process(address).range() !== 'unicast') return null;
  return createHmac('sha256', `tutorgraph review networks ${secret}`).update(networkOf(address)).digest('base64url');
}
