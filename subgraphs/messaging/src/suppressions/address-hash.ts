import { createHmac, hkdfSync } from 'node:crypto';
import type { Contact } from '../accounts/contacts.js';
import type { OutsideChannel } from '../channels/channel.rules.js';

/** Channels whose addresses can turn out not to exist. A device is dropped instead, and a bot may be let in again. */
export const suppressibleChannels = ['EMAIL', 'SMS'] as const satisfies readonly OutsideChannel[];
/** @see suppressibleChannels */
export type SuppressibleChannel = (typeof suppressibleChannels)[number];

/** Makes of an address what can be found again and not be read: without our secret nobody can try addresses against it. */
export class AddressHash {
  private readonly key: Buffer;

  /** @param secret the settings' secret, from which a key for nothing else is derived */
  constructor(secret: string) {
    this.key = Buffer.from(hkdfSync('sha256', secret, '', 'tutorgraph suppressed addresses', 32));
  }

  /** The same for one address however it is written. */
  of(channel: SuppressibleChannel, address: string): string {
    return createHmac('sha256', this.key).update(`${channel} ${address.trim().toLowerCase()}`).digest('base64url');
  }
}

/** Where somebody is reached on a channel, if they are. */
export function addressOn(
  channel: SuppressibleChannel,
  { email, phone }: Pick<Contact, 'email' | 'phone'>,
): string | null {
  return channel === 'EMAIL' ? email : phone;
}
