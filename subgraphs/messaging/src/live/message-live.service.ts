import { isId } from '@tutorgraph/kit/database/id';
import type { DomainEvent } from '@tutorgraph/kit/events/event';
import type { LiveMessage, LiveStream } from '@tutorgraph/kit/events/live-stream';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { forbidden } from '@tutorgraph/kit/graphql/errors';
import type { ChatMessage } from '../chat-messages/chat-message.entity.js';
import type { SharedRooms } from '../chat-rooms/live/shared-rooms.js';
import { changeOf, heardInRoom } from './message-live.rules.js';
import type { SharedMessages } from './shared-messages.js';

/**
 * Messages of one room, live. For members only, as the database says when a subscription starts and again at each message:
 * the gateway, which listens once for all members, learns who hears no more from the end of their membership alone. So
 * staff that wants to listen joins the room first.
 */
export class MessageLiveService {
  constructor(
    private readonly live: LiveStream,
    private readonly rooms: SharedRooms,
    private readonly messages: SharedMessages,
  ) {}

  /** What happens in a room. @throws FORBIDDEN */
  async watch(
    context: RequestContext,
    roomId: string,
    after: string | null | undefined,
  ): Promise<AsyncIterable<LiveMessage>> {
    await this.assertHears(context, roomId);
    return this.live.subscribe({ after, keys: [`room:${roomId}`], types: heardInRoom, signal: context.signal });
  }

  /** The message that an event is about. @throws FORBIDDEN when the viewer does not belong to the room any longer */
  async heard(context: RequestContext, roomId: string, event: DomainEvent | null): Promise<ChatMessage | null> {
    await this.assertHears(context, roomId);
    return event && changeOf(event) ? this.messages.message(context, event.id, event.subject) : null;
  }

  /** The refusal does not tell whether the room exists. */
  private async assertHears(context: RequestContext, roomId: string): Promise<void> {
    if (context.isService) return;
    if (!(isId(roomId) && (await this.rooms.member(roomId, context.user.userId)))) {
      throw forbidden('Only members of this room may listen to it');
    }
  }
}
