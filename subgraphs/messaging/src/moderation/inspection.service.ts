import { recordStaffAction } from '@tutorgraph/kit/audit/staff-audit';
import { transaction } from '@tutorgraph/kit/database/transaction';
import type { RequestContext } from '@tutorgraph/kit/graphql/context';
import { accept } from '@tutorgraph/kit/graphql/refusal';
import { sql } from 'kysely';
import { lockKnownRoom } from '../chat-members/membership.js';
import type { ChatRoom } from '../chat-rooms/chat-room.entity.js';
import { roomReference } from '../chat-rooms/chat-room.inputs.js';
import { RoomInspection } from './room-inspection.entity.js';

/** How long an inspection lasts. */
const INSPECTION_MINUTES = 60;

/** A room that is inspected, and until when. */
export interface Inspection {
  room: ChatRoom;
  inspectedUntil: Date;
}

/** What those who moderate read of rooms to which they do not belong. */
export class InspectionService {
  /** Anew when it is repeated, and each time in the audit log. @throws Refusal NOT_FOUND */
  async inspect(context: RequestContext, input: unknown): Promise<Inspection> {
    const { roomId } = accept(roomReference, input, context.locale);
    const { userId } = context.user;
    const now = new Date();
    const inspectedUntil = new Date(now.getTime() + INSPECTION_MINUTES * 60_000);
    return transaction(context.em, async (tx) => {
      const { room } = await lockKnownRoom(context, tx, roomId);
      await tx.nativeDelete(RoomInspection, { expiresAt: { $lte: now } });
      await sql`insert into messaging.room_inspections (moderator_id, room_id, expires_at)
        values (${userId}, ${room.id}, ${inspectedUntil})
        on conflict (moderator_id, room_id) do update set expires_at = excluded.expires_at`.execute(tx.getKysely());
      const action = 'messaging.room.inspect';
      recordStaffAction(tx, context, { action, resource: 'ChatRoom', resourceId: room.id });
      return { room, inspectedUntil };
    });
  }
}
