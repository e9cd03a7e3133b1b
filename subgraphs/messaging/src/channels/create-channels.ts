import type { EntityManager } from '@mikro-orm/postgresql';
import type { Messages } from '@tutorgraph/kit/messages/messages';
import type { MessagingEnvironment } from '../environment.js';
import { MailboxChannel } from '../mailbox/mailbox-channel.js';
import { linkToSettings } from '../notifications/link.rules.js';
import { AddressHash } from '../suppressions/address-hash.js';
import { GuardedChannel } from '../suppressions/guarded-channel.js';
import type { Channel, Channels } from './channel.js';
import { type OutsideChannel, outsideChannels } from './channel.rules.js';
import { EmailChannel } from './email/email-channel.js';
import { openMailer } from './email/mail-settings.js';
import { PushChannel } from './push/push-channel.js';
import { openFcm, openWebPush } from './push/push-settings.js';
import { SmsChannel } from './sms/sms-channel.js';
import { statusCallback, twilioAccount } from './sms/sms-settings.js';
import { TwilioSmsSender } from './sms/twilio-sms-sender.js';
import { TelegramChannel } from './telegram/telegram-channel.js';

/** What channels are made of. */
export interface ChannelsOptions {
  environment: MessagingEnvironment;
  em: EntityManager;
  messages: Messages;
}

/**
 * Makes the channels that the settings name. In development a channel without settings goes to the development mailbox; in
 * production it is not there.
 *
 * @throws EnvironmentError when half of a channel's settings is missing
 */
export function createChannels({ environment, em, messages }: ChannelsOptions): Channels {
  const isProduction = environment.NODE_ENV === 'production';
  const layout = { messages, settingsUrl: linkToSettings(environment.APP_URL) };
  const mailer = openMailer(environment);
  const twilio = twilioAccount(environment);
  const { TELEGRAM_BOT_TOKEN: token, TELEGRAM_API_URL: apiUrl } = environment;
  const pushes = { fcm: openFcm(environment), webPush: openWebPush(environment) };
  const hash = new AddressHash(environment.SECRET_KEY);
  const real: readonly (Channel | undefined)[] = [
    mailer && new GuardedChannel(new EmailChannel(mailer, layout), em, hash),
    twilio && new GuardedChannel(new SmsChannel(new TwilioSmsSender(twilio), statusCallback(environment)), em, hash),
    (pushes.fcm || pushes.webPush) && new PushChannel(em, pushes),
    token ? new TelegramChannel({ token, apiUrl }) : undefined,
  ];
  const found = new Map<OutsideChannel, Channel>();
  for (const channel of real) if (channel) found.set(channel.name, channel);
  const usesMailbox = !isProduction && found.size < outsideChannels.length;
  for (const name of usesMailbox ? outsideChannels : []) {
    if (!found.has(name)) found.set(name, new MailboxChannel(name, em, layout));
  }
  return { get: (name) => found.get(name), usesMailbox, close: async () => mailer?.close() };
}
