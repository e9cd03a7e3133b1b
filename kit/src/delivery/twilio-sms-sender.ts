import type { Twilio } from 'twilio';
import { assertOutsideTransaction } from '../database/transaction.js';
import { DeliveryError } from './delivery-error.js';
import type { Sms, SmsSender } from './message.js';
import { readTwilioFailure } from './twilio-failure.js';

/** The account that sends, and how long it may take. */
export interface TwilioOptions {
  /** Begins with `AC`. */
  accountSid: string;
  authToken: string;
  /** A number of the account in E.164, a sender's name, or a messaging service (`MG…`). */
  from: string;
  /** Where the API is. @default Twilio itself */
  baseUrl?: string | undefined;
  /** Milliseconds for one message in all. @default 15000 */
  budgetMs?: number;
}

const PHONE = /^\+[1-9]\d{6,14}$/;

/** Sends text messages with Twilio. */
export class TwilioSmsSender implements SmsSender {
  private opening: Promise<Twilio> | undefined;

  constructor(private readonly options: TwilioOptions) {}

  async send({ to, text }: Sms): Promise<void> {
    assertOutsideTransaction('Twilio');
    if (!PHONE.test(to)) throw new DeliveryError('DELIVERY_REFUSED', 'The recipient is not a phone number in E.164');
    this.opening ??= openClient(this.options);
    const client = await this.opening;
    const { from } = this.options;
    const sender = from.startsWith('MG') ? { messagingServiceSid: from } : { from };
    try {
      await client.messages.create({ to, body: text, ...sender });
    } catch (error) {
      throw readTwilioFailure(error);
    }
  }
}

/** Loaded at the first message only: the SDK is large, and most who start this have no account. */
async function openClient(options: TwilioOptions): Promise<Twilio> {
  const { createTwilioClient } = await import('./twilio-client.js');
  return createTwilioClient(options);
}
