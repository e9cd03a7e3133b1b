import { SharedRooms } from '../chat-rooms/live/shared-rooms.js';
import type { MessagingCore, MessagingPart } from '../core.js';
import { MessageLiveResolver } from '../live/message-live.resolver.js';
import { MessageLiveService } from '../live/message-live.service.js';
import { SharedMessages } from '../live/shared-messages.js';
import { TypingResolver } from '../live/typing.resolver.js';
import { TypingService } from '../live/typing.service.js';
import { ChatAttachmentResolver, ChatMessageResolver, RoomMessagesResolver } from './chat-message.resolver.js';
import { MessageEditingService } from './message-editing.service.js';
import { MessageMarkResolver } from './message-mark.resolver.js';
import { MessageMarkService } from './message-mark.service.js';
import { MessageReadingService } from './message-reading.service.js';
import { MessageSendingService } from './message-sending.service.js';
import { MessageWritingResolver } from './message-writing.resolver.js';
import { removeAttachmentsJob } from './remove-attachments.job.js';
import { SpamGuard } from './spam-guard.js';

/** Wires messages of chat rooms. */
export function createChatMessages({ tools }: MessagingCore): MessagingPart {
  const reading = new MessageReadingService(tools.storage);
  const guard = new SpamGuard(tools);
  const rooms = new SharedRooms(tools.orm.em);
  return {
    resolvers: [
      new ChatMessageResolver(reading),
      new ChatAttachmentResolver(reading),
      new RoomMessagesResolver(reading),
      new MessageWritingResolver(new MessageSendingService(tools, guard), new MessageEditingService(guard)),
      new MessageMarkResolver(new MessageMarkService()),
      new MessageLiveResolver(new MessageLiveService(tools.live, rooms, new SharedMessages(tools.orm.em))),
      new TypingResolver(new TypingService(tools.signals, tools.live, rooms)),
    ],
    jobs: [removeAttachmentsJob(tools.orm.em, tools.storage)],
  };
}
