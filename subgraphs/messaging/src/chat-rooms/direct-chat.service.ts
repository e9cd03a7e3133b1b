import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { z } from 'zod';
import type { Dealings } from '../dealings/dealings.js';
import type { MessagingErrorCode } from '../errors.js';
import { ChatRoom } from './chat-room.entity.js';
import type { DirectRooms } from './direct-rooms.js';
import { directKey } from './unique-key.js';

const withWhom = z.object({ userId: z.uuid().toLowerCase() });

/** How somebody comes to the room that they share with one other person. */
export class DirectChatService {
  constructor(
    private readonly rooms: DirectRooms,
    private readonly dealings: Dealings,
  ) {}

  /**
   * The room of the viewer and somebody else. It is there as a rule; when the event that makes it is still on its way, or
   * came before there was chat, it is made now.
   *
   * @throws Refusal NOTHING_IN_COMMON, NOT_YOURSELF; SERVICE_UNAVAILABLE
   */
  async open(context: RequestContext, input: unknown): Promise<ChatRoom> {
    const { userId: otherId } = accept(withWhom, input, context.locale);
    const { userId } = context.user;
    if (userId === otherId) throw new Refusal<MessagingErrorCode>('NOT_YOURSELF', ['input', 'userId']);
    const known = await context.em.findOne(ChatRoom, { uniqueKey: directKey(userId, otherId) });
    if (known) return known;
    const dealing = await this.dealings.between(userId, otherId);
    if (!dealing) throw new Refusal<MessagingErrorCode>('NOTHING_IN_COMMON', ['input', 'userId']);
    const pair = { userIds: [userId, otherId] as const, isPaid: dealing.isPaid };
    return transaction(context.em, (tx) => this.rooms.open(tx, pair, new Date()));
  }
}
