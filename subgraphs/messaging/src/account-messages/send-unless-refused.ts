import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { Contact } from '../accounts/contacts.js';
import type { Channel, OutgoingMessage } from '../channels/channel.js';
import { DeliveryError } from '../channels/delivery-error.js';

/** What accounts has us tell somebody: it is about the account itself, so nothing holds it back. */
export type AccountMessage = Pick<
  OutgoingMessage,
  'deliveryId' | 'userId' | 'locale' | 'title' | 'body' | 'isAskedFor'
>;

/**
 * Sends a message to the address that accounts names, which need not be proven; when it is refused for good that is noted,
 * for trying again is of no use.
 *
 * @param url where it leads
 * @throws DeliveryError DELIVERY_UNAVAILABLE
 */
export async function sendUnlessRefused(
  channel: Channel,
  message: AccountMessage,
  address: Partial<Pick<Contact, 'email' | 'phone'>>,
  logger: Logger,
  url: string | null = null,
): Promise<void> {
  const contact = { displayName: '', email: null, phone: null, telegramId: null, timeZone: 'UTC', ...address };
  try {
    await channel.send({ ...message, url, urgency: 'CRITICAL' }, { ...contact, locale: message.locale });
  } catch (err) {
    if (!(err instanceof DeliveryError) || err.isTemporary) throw err;
    logger.warn({ err }, 'A message was refused for good and is given up');
  }
}
