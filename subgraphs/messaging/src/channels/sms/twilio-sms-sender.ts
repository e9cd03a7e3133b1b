import { assertOutsideTransaction } from '@tutorgraph/kit/database/transaction';
import type { Twilio } from 'twilio';
import { refused } from '../delivery-error.js';
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

/** A text message to one phone. */
export interface Sms {
  /** In E.164. */
  to: string;
  text: string;
  /** Where Twilio reports what became of it; without one it does not. */
  statusCallback?: string | undefined;
}

const PHONE = /^\+[1-9]\d{6,14}$/;

/** Sends text messages with Twilio. */
export class TwilioSmsSender {
  private opening: Promise<Twilio> | undefined;

  constructor(private readonly options: TwilioOptions) {}

  /**
   * Settles once the message was taken over, within 15 seconds.
   *
   * @returns what Twilio calls the message
   * @throws DeliveryError; Error inside an open database transaction
   */
  async send({ to, text, statusCallback }: Sms): Promise<string> {
    assertOutsideTransaction('Twilio');
    if (!PHONE.test(to)) throw refused('NO_ADDRESS', 'The recipient is not a phone number in E.164');
    this.opening ??= openClient(this.options);
    const client = await this.opening;
    const { from } = this.options;
    const sender = from.startsWith('MG') ? { messagingServiceSid: from } : { from };
    try {
      const { sid } = await client.messages.create({
        to,
        body: text,
        ...sender,
        ...(statusCallback && { statusCallback }),
      });
      return sid;
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
