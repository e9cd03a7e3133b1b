import type { MessagingCore, MessagingPart } from '../core.js';
import { InboxResolver } from './inbox.resolver.js';
import { InboxService } from './inbox.service.js';

/** Wires the inbox. */
export function createInbox(_core: MessagingCore): MessagingPart {
  return { resolvers: [new InboxResolver(new InboxService())] };
}
