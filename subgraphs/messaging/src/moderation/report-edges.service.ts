import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { findReadableRoom, findRoom } from '../chat-members/membership.js';
import type { ChatMessage } from '../chat-messages/chat-message.entity.js';
import { chatMessagesById } from '../chat-messages/chat-message.repository.js';
import type { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import type { Report } from './report.entity.js';

/** What lies around a report, for the reporter and those who moderate. */
export class ReportEdgesService {
  /** The reported message. */
  async message(context: RequestContext, { messageId, roomId }: Report): Promise<ChatMessage | null> {
    const maySee = context.can('messaging.rooms.moderate') || (await findReadableRoom(context, roomId));
    return maySee ? context.loader(chatMessagesById).load(messageId) : null;
  }

  /** The room of the message. */
  async room(context: RequestContext, { roomId }: Report): Promise<ChatRoom | null> {
    return (await findRoom(context, roomId))?.room ?? null;
  }

  /** Who decided, for those who moderate. */
  decidedBy(context: RequestContext, { decidedBy }: Report): { id: string } | null {
    return decidedBy && context.can('messaging.rooms.moderate') ? { id: decidedBy } : null;
  }
}
