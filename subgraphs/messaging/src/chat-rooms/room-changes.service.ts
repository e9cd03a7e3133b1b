import type { EntityManager } from '@mikro-orm/postgresql';
import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { transaction } from '@tutorgraph/kit/database/transaction';
import { recordEvent } from '@tutorgraph/kit/events/outbox';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept, Refusal } from '@tutorgraph/kit/graphql/refusal';
import { lockKnownRoom, lockManagedRoom, type RoomAccess } from '../chat-members/membership.js';
import type { MessagingErrorCode } from '../errors.js';
import { chatRoomUpdated } from '../events.js';
import type { ChatRoom } from './chat-room.entity.js';
import { roomChange, roomReference } from './chat-room.inputs.js';
import { isManaged } from './chat-room.rules.js';

/** Changes of rooms themselves. */
export class RoomChangesService {
  /** @throws Refusal NOT_FOUND, NOT_IN_SUCH_ROOMS, NOT_A_MODERATOR */
  async update(context: RequestContext, input: unknown): Promise<ChatRoom> {
    const { roomId, title, description } = accept(roomChange, input, context.locale);
    return transaction(context.em, async (tx) => {
      const access = await lockManagedRoom(context, tx, roomId);
      const { room } = access;
      room.title = title ?? room.title;
      if (description !== undefined) room.description = description;
      const fields = [...(title ? ['title'] : []), ...(description === undefined ? [] : ['description'])];
      recordChange(context, tx, access, { action: 'messaging.room.update', fields });
      return room;
    });
  }

  /** Nobody writes in the room any more. @throws Refusal NOT_FOUND, NOT_IN_SUCH_ROOMS, NOT_A_MODERATOR */
  close(context: RequestContext, input: unknown): Promise<ChatRoom> {
    return this.setClosed(context, input, true);
  }

  /** People write in the room again. @throws Refusal NOT_FOUND, NOT_IN_SUCH_ROOMS, NOT_A_MODERATOR */
  reopen(context: RequestContext, input: unknown): Promise<ChatRoom> {
    return this.setClosed(context, input, false);
  }

  private async setClosed(context: RequestContext, input: unknown, isClosed: boolean): Promise<ChatRoom> {
    const { roomId } = accept(roomReference, input, context.locale);
    return transaction(context.em, async (tx) => {
      const access = await lockClosableRoom(context, tx, roomId);
      const { room } = access;
      if ((room.closedAt !== null) === isClosed) return room;
      room.closedAt = isClosed ? new Date() : null;
      recordChange(context, tx, access, { action: isClosed ? 'messaging.room.close' : 'messaging.room.reopen' });
      return room;
    });
  }
}

/** Support rooms are closed by those who answer in them, DIRECT ones by those who moderate them all. */
async function lockClosableRoom(context: RequestContext, tx: EntityManager, roomId: string): Promise<RoomAccess> {
  const access = await lockKnownRoom(context, tx, roomId);
  const { kind } = access.room;
  if (isManaged(kind)) return lockManagedRoom(context, tx, roomId);
  const permission = kind === 'SUPPORT' ? 'messaging.support.answer' : 'messaging.rooms.moderate';
  if (context.can(permission)) return access;
  throw new Refusal<MessagingErrorCode>('NOT_A_MODERATOR');
}

function recordChange(
  context: RequestContext,
  tx: EntityManager,
  { room, member }: RoomAccess,
  staffAction: { action: `messaging.room.${string}`; fields?: readonly string[] },
): void {
  room.updatedAt = new Date();
  recordEvent(tx, chatRoomUpdated.create({ subject: room.id, data: {} }));
  // Whoever moderates the room themselves does not act as staff.
  if (member?.role === 'MODERATOR') return;
  recordStaffAction(tx, context, { ...staffAction, resource: 'ChatRoom', resourceId: room.id });
}
