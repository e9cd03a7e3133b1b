import type { MessagingCore, MessagingPart } from '../core.js';
import { MessageLiveResolver } from '../live/message-live.resolver.js';
import { MessageLiveService } from '../live/message-live.service.js';
import { SharedLoads } from '../live/shared-loads.js';
import { ChatAttachmentResolver, ChatMessageResolver } from './chat-message.resolver.js';
import { MessageReadingService } from './message-reading.service.js';
import { MessageSendingService } from './message-sending.service.js';
import { MessageWritingResolver } from './message-writing.resolver.js';
import { SpamGuard } from './spam-guard.js';

/** Wires messages of chat rooms. */
export function createChatMessages({ tools }: MessagingCore): MessagingPart {
  const reading = new MessageReadingService(tools.storage);
  return {
    resolvers: [
      new ChatMessageResolver(reading),
      new ChatAttachmentResolver(reading),
      new MessageWritingResolver(new MessageSendingService(tools, new SpamGuard(tools))),
      new MessageLiveResolver(new MessageLiveService(tools.live, new SharedLoads(tools.orm.em))),
    ],
  };
}
