import type { MessagingCore, MessagingPart } from '../core.js';
import { MailboxResolver } from '../mailbox/mailbox.resolver.js';
import { MailboxService } from '../mailbox/mailbox.service.js';
import { ChannelsResolver } from './channels.resolver.js';

/** Wires what can be asked about channels, and the development mailbox. */
export function createChannelsPart({ channels }: MessagingCore): MessagingPart {
  return { resolvers: [new ChannelsResolver(channels), new MailboxResolver(new MailboxService(channels.usesMailbox))] };
}
