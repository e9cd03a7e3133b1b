import type { Logger } from '@tutorgraph/kit/telemetry/logger';
import type { Contact } from '../accounts/contacts.js';
import type { Channel, Channels } from '../channels/channel.js';
import type { OutsideChannel } from '../channels/channel.rules.js';
import { DeliveryError } from '../channels/delivery-error.js';
import type { Notification } from '../notifications/notification.entity.js';
import type { Dispatch } from './claim.repository.js';
import { type DeliveryReason, nextTry } from './delivery.rules.js';
import type { OutgoingWriter } from './outgoing.js';
import type { Outcome } from './settle.repository.js';

/** One message and whom it goes to. */
interface Addressed {
  dispatch: Pick<Dispatch, 'id' | 'attempts'>;
  /** What it tells. */
  notifications: readonly [Notification, ...Notification[]];
  contact: Contact;
  /** How many notifications the person has not read; for pushes. */
  unread: number | undefined;
}

/** Hands single messages to their channel, and reads from how it goes what is to be done next. */
export class MessageSender {
  constructor(
    private readonly channels: Channels,
    private readonly writer: OutgoingWriter,
  ) {}

  /** Never rejects. */
  async send(name: OutsideChannel, addressed: Addressed, logger: Logger): Promise<Outcome> {
    const channel = this.channels.get(name);
    if (!channel) return { kind: 'ended', reason: 'NO_CHANNEL' };
    try {
      return await this.hand(channel, addressed);
    } catch (err) {
      const { attempts } = addressed.dispatch;
      if (!(err instanceof DeliveryError)) {
        logger.error(
          { err, deliveryId: addressed.dispatch.id },
          'A notification could not be sent for a fault of ours',
        );
        return triedLater(attempts, 'FAULT');
      }
      if (err.reason !== 'UNAVAILABLE') return { kind: 'ended', reason: err.reason };
      logger.warn({ err, deliveryId: addressed.dispatch.id, attempts }, 'A notification could not be sent now');
      return triedLater(attempts, 'UNAVAILABLE', err.retryAfterSeconds);
    }
  }

  private async hand(channel: Channel, { dispatch, notifications, contact, unread }: Addressed): Promise<Outcome> {
    const message = this.writer.write(dispatch.id, channel.name, notifications, contact);
    const badge = unread === undefined ? {} : { badge: unread };
    const { status, providerMessageId = null } = await channel.send({ ...message, ...badge }, contact);
    return { kind: 'sent', status, providerMessageId };
  }
}

/** Tried again while there are tries left. */
export function triedLater(attempts: number, reason: DeliveryReason, retryAfterSeconds?: number): Outcome {
  const dueAt = nextTry(attempts, new Date(), { retryAfterSeconds });
  return dueAt ? { kind: 'later', dueAt, wasTried: true } : { kind: 'ended', reason };
}
