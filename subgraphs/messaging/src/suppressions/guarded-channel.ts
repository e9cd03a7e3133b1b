import type { EntityManager } from '@mikro-orm/postgresql';
import { assertOutsideTransaction } from '@tutorgraph/kit/database/transaction';
import type { Contact } from '../accounts/contacts.js';
import type { Channel, OutgoingMessage, SendResult } from '../channels/channel.js';
import { DeliveryError, refused } from '../channels/delivery-error.js';
import { type AddressHash, addressOn, type SuppressibleChannel } from './address-hash.js';
import { isSuppressed, lift, type SuppressedAddress, suppress } from './suppression.repository.js';

/**
 * Sends nothing to an address that does not exist, as its server said: who goes on sending there is taken for a spammer. A
 * code is tried all the same, for its owner waits for it; an address that takes it exists again.
 */
export class GuardedChannel implements Channel {
  readonly name: SuppressibleChannel;

  constructor(
    private readonly channel: Channel & { readonly name: SuppressibleChannel },
    private readonly em: EntityManager,
    private readonly hash: AddressHash,
  ) {
    this.name = channel.name;
  }

  async send(message: OutgoingMessage, contact: Contact): Promise<SendResult> {
    const { name: channel } = this;
    // Before the address is looked up: inside a transaction the embedded database would wait for itself.
    assertOutsideTransaction(channel);
    const written = addressOn(channel, contact);
    if (!written) return this.channel.send(message, contact);
    const address: SuppressedAddress = { channel, addressHash: this.hash.of(channel, written) };
    const isKnown = await isSuppressed(this.em.fork(), address);
    if (isKnown && !message.isAskedFor) throw refused('SUPPRESSED', 'The address did not exist when it was last tried');
    try {
      const result = await this.channel.send(message, contact);
      if (isKnown) await lift(this.em.fork(), [address]);
      return result;
    } catch (error) {
      if (error instanceof DeliveryError && error.reason === 'HARD_BOUNCE') {
        await suppress(this.em.fork(), address, error.reason);
      }
      throw error;
    }
  }
}
