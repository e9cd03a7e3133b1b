import type { Contact } from '../../accounts/contacts.js';
import type { Channel, OutgoingMessage, SendResult } from '../channel.js';
import { refused } from '../delivery-error.js';
import { layoutMail, type MailLayoutOptions } from './mail-layout.js';
import type { SmtpMailer } from './smtp-mailer.js';

/** Mails to proven addresses. */
export class EmailChannel implements Channel {
  readonly name = 'EMAIL';

  constructor(
    private readonly mailer: SmtpMailer,
    private readonly layout: MailLayoutOptions,
  ) {}

  async send(message: OutgoingMessage, { email }: Contact): Promise<SendResult> {
    if (!email) throw refused('NO_ADDRESS', 'The person has no proven mail address');
    await this.mailer.send({
      // No name: whoever has got into the account may have changed it, and the mail goes out under ours.
      to: email,
      subject: message.title,
      ...layoutMail(message, this.layout),
      messageId: message.deliveryId,
      ...(message.urgency !== 'CRITICAL' && { unsubscribeUrl: this.layout.settingsUrl }),
    });
    return { status: 'SENT' };
  }
}
