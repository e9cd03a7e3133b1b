import type { EntityManager } from '@mikro-orm/postgresql';
import { commonSettings, EnvironmentError, readEnvironment } from '../environment/environment.js';
import { deliverySettings } from './delivery-settings.js';
import { DevelopmentMailbox } from './development-mailbox.js';
import type { Mailer, SmsSender } from './message.js';
import { SmtpMailer } from './smtp-mailer.js';
import { TwilioSmsSender } from './twilio-sms-sender.js';

/** Where messages may go. */
export interface DeliveryOptions {
  /** NODE_ENV, SMTP_URL, MAIL_FROM and TWILIO_* of the process. */
  settings: Record<string, string | undefined>;
  /** Of a room that has the entity DevelopmentMessage. */
  em: EntityManager;
}

/** The ways to reach people. */
export interface Delivery {
  mailer: Mailer;
  /** Undefined where nobody can be reached by phone: in production without Twilio. */
  smsSender: SmsSender | undefined;
  /** Do messages of any channel go to the development mailbox, for whoever develops to read? Never in production. */
  usesMailbox: boolean;
  /** Ends what is open; call it when nothing is being sent any more. */
  close(): Promise<void>;
}

/**
 * Makes the senders that the settings name. In development a channel without settings goes to the development mailbox.
 *
 * @throws EnvironmentError in production without SMTP_URL, or when half of a channel's settings is missing
 */
export function createDelivery({ settings, em }: DeliveryOptions): Delivery {
  const environment = readEnvironment({ ...deliverySettings, NODE_ENV: commonSettings.NODE_ENV }, settings);
  const isProduction = environment.NODE_ENV === 'production';
  const smtp = createSmtp(environment);
  if (!smtp && isProduction) {
    throw new EnvironmentError(
      'Set SMTP_URL and MAIL_FROM in production: without mail nobody can prove an address or reset a password',
    );
  }
  const twilio = createTwilio(environment);
  return {
    mailer: smtp ?? new DevelopmentMailbox(em, 'EMAIL'),
    smsSender: twilio ?? (isProduction ? undefined : new DevelopmentMailbox(em, 'SMS')),
    usesMailbox: !isProduction && !(smtp && twilio),
    close: async () => smtp?.close(),
  };
}

type DeliveryEnvironment = ReturnType<typeof readEnvironment<typeof deliverySettings>>;

function createSmtp({ SMTP_URL: url, MAIL_FROM: from }: DeliveryEnvironment): SmtpMailer | undefined {
  if (!url) return undefined;
  if (!from)
    throw new EnvironmentError('SMTP_URL is set, so set MAIL_FROM as well, such as: Us <no-reply@example.com>');
  return new SmtpMailer({ url, from });
}

function createTwilio(environment: DeliveryEnvironment): TwilioSmsSender | undefined {
  const {
    TWILIO_ACCOUNT_SID: accountSid,
    TWILIO_AUTH_TOKEN: authToken,
    TWILIO_FROM: from,
    TWILIO_BASE_URL: baseUrl,
  } = environment;
  if (!accountSid && !authToken && !from) return undefined;
  if (!accountSid || !authToken || !from) {
    throw new EnvironmentError('Set all of TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM, or none');
  }
  return new TwilioSmsSender({ accountSid, authToken, from, baseUrl });
}
