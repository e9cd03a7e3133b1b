import type { EntityManager } from '@mikro-orm/postgresql';
import { assertOutsideTransaction, transaction } from '@tutorgraph/kit/database/transaction';
import type { Contact } from '../accounts/contacts.js';
import type { Channel, OutgoingMessage, SendResult } from '../channels/channel.js';
import type { OutsideChannel } from '../channels/channel.rules.js';
import { refused } from '../channels/delivery-error.js';
import { layoutMail, type MailLayoutOptions } from '../channels/email/mail-layout.js';
import { smsText } from '../channels/sms/sms-channel.js';
import { findDevicesOf } from '../devices/device.repository.js';
import { type KeptMessage, keepMessage } from './mailbox.repository.js';

/** Takes messages of one channel instead of sending them, for whoever develops to read. */
export class MailboxChannel implements Channel {
  constructor(
    readonly name: OutsideChannel,
    private readonly em: EntityManager,
    private readonly layout: MailLayoutOptions,
  ) {}

  async send(message: OutgoingMessage, contact: Contact): Promise<SendResult> {
    assertOutsideTransaction('The development mailbox');
    const recipient = await this.recipientOf(message, contact);
    if (!recipient) {
      throw refused(this.name === 'PUSH' ? 'NO_DEVICE' : 'NO_ADDRESS', 'The person cannot be reached on this channel');
    }
    const { deliveryId: id, userId } = message;
    const kept: KeptMessage = { id, userId, channel: this.name, recipient, ...this.textsOf(message) };
    await transaction(this.em, (tx) => keepMessage(tx, kept));
    return { status: 'DELIVERED' };
  }

  private async recipientOf({ userId }: OutgoingMessage, contact: Contact): Promise<string | null> {
    if (this.name === 'EMAIL') return contact.email;
    if (this.name === 'SMS') return contact.phone;
    if (this.name === 'TELEGRAM') return contact.telegramId;
    const devices = await findDevicesOf(this.em.fork(), userId);
    return devices.map(({ platform }) => platform).join(', ') || null;
  }

  private textsOf(message: OutgoingMessage): Pick<KeptMessage, 'subject' | 'text' | 'html'> {
    const { title: subject, body, url } = message;
    if (this.name === 'EMAIL') return { subject, ...layoutMail(message, this.layout) };
    if (this.name === 'SMS') return { subject: null, html: null, text: smsText(message) };
    return { subject, html: null, text: url ? `${body}\n\n${url}` : body };
  }
}
