import type { MessagingCore, MessagingPart } from '../core.js';
import { MailboxResolver } from '../mailbox/mailbox.resolver.js';
import { MailboxService } from '../mailbox/mailbox.service.js';
import { AddressHash } from '../suppressions/address-hash.js';
import { ChannelsResolver } from './channels.resolver.js';
import { statusCallback } from './sms/sms-settings.js';
import { repeatReportJob, TwilioReports } from './sms/twilio-reports.js';
import { registerTwilioWebhook } from './sms/twilio-webhook.js';

/** Wires what can be asked about channels, the development mailbox, and what Twilio reports. */
export function createChannelsPart({ channels, environment, tools }: MessagingCore): MessagingPart {
  const repeatReport = repeatReportJob(tools.orm.em);
  const reports = new TwilioReports(tools.orm.em, new AddressHash(environment.SECRET_KEY), repeatReport);
  const { TWILIO_AUTH_TOKEN: authToken } = environment;
  const url = statusCallback(environment);
  return {
    resolvers: [new ChannelsResolver(channels), new MailboxResolver(new MailboxService(channels.usesMailbox))],
    jobs: [repeatReport],
    routes: (app) => {
      if (authToken && url) registerTwilioWebhook(app, reports, { authToken, url, logger: tools.logger });
    },
  };
}
