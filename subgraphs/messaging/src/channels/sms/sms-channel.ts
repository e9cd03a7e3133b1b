import type { Contact } from '../../accounts/contacts.js';
import type { Channel, OutgoingMessage, SendResult } from '../channel.js';
import { refused } from '../delivery-error.js';
import type { TwilioSmsSender } from './twilio-sms-sender.js';

/** Text messages to proven phone numbers. */
export class SmsChannel implements Channel {
  readonly name = 'SMS';

  /** @param statusCallback where Twilio reports what became of a message, if it can reach us */
  constructor(
    private readonly sender: TwilioSmsSender,
    private readonly statusCallback: string | undefined,
  ) {}

  async send(message: OutgoingMessage, { phone }: Contact): Promise<SendResult> {
    if (!phone) throw refused('NO_ADDRESS', 'The person has no proven phone number');
    // Nobody waits for a report of a code: who asked for it enters it.
    const statusCallback = message.isAskedFor ? undefined : this.statusCallback;
    const providerMessageId = await this.sender.send({ to: phone, text: smsText(message), statusCallback });
    return { status: 'SENT', providerMessageId };
  }
}

/** A text message is the body and where it leads; it has no title. */
export function smsText({ body, url }: OutgoingMessage): string {
  return url ? `${body} ${url}` : body;
}
